'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ChangeNote } from '@/components/tariffs/fields'
import { send } from '@/components/tariffs/send-json'
import { emptyDraft } from '@/components/tariffs/tariff-draft'
import { TariffForm } from '@/components/tariffs/tariff-form'
import { useChange } from '@/components/tariffs/use-change'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/section'
import type { TariffCandidates } from '@/lib/contracts/optimisation'
import type { NewTariff } from '@/lib/contracts/tariffs'

interface CandidateListProps {
  siteId: string
  currency: string
  candidates: TariffCandidates
  /** YYYY-MM-DD at the site. */
  today: string
  mayWrite: boolean
}

/** Tariffs one could change to, for comparison only. */
export function CandidateList({ siteId, currency, candidates: { data }, today, mayWrite }: CandidateListProps) {
  const t = useTranslations('savings.candidates')
  const words = useTranslations('tariffs')
  const change = useChange()
  const [isAdding, setIsAdding] = useState(false)
  const save = async (tariffs: readonly NewTariff[]) => {
    await send(`/api/v1/sites/${encodeURIComponent(siteId)}/tariff-candidates`, 'PUT', JSON.stringify({ data: tariffs }))
    return words('saved')
  }
  const add = mayWrite && !isAdding ? <Button onClick={() => setIsAdding(true)}>{t('add')}</Button> : undefined
  return (
    <Section id="candidates" title={t('title')} text={t('text')} action={add}>
      <div className="mt-4 space-y-3">
        {isAdding && (
          <TariffForm
            first={emptyDraft(today, words)}
            currency={currency}
            change={change}
            saveText={t('save')}
            onSave={(tariff) => save([...data, tariff])}
            onCancel={() => setIsAdding(false)}
          />
        )}
        {data.length === 0 && <p className="text-sm text-ink-soft">{t('none')}</p>}
        <ul className="divide-y divide-line">
          {data.map((tariff, index) => (
            // Two may have the same name.
            <li key={index} className="flex flex-wrap items-center justify-between gap-3 py-2">
              <span>
                {tariff.name} <span className="text-sm text-ink-soft">{words(`kinds.${tariff.rate.kind}`)}</span>
              </span>
              {mayWrite && (
                <Button
                  disabled={change.isBusy}
                  aria-label={t('removeNamed', { name: tariff.name })}
                  onClick={() => void change.run(() => save(data.filter((_, at) => at !== index)))}
                >
                  {t('remove')}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {!isAdding && <ChangeNote change={change} />}
      </div>
    </Section>
  )
}
