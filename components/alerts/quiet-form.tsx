'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { Button } from '@/components/ui/button'
import { ProblemNote } from '@/components/ui/problem-note'
import { Section } from '@/components/ui/section'
import type { QuietHours } from '@/lib/contracts/alerts'
import { CheckField, TimeField } from './form-fields'

interface QuietFormProps {
  siteId: string
  timeZone: string
  quiet: QuietHours | null
  mayManage: boolean
}

export function QuietForm({ siteId, timeZone, quiet, mayManage }: QuietFormProps) {
  const t = useTranslations('alerts')
  const change = useChange()
  const [isOn, setOn] = useState(quiet !== null)
  const [draft, setDraft] = useState<QuietHours>(quiet ?? { from: '22:00', until: '07:00', criticalPasses: true })
  const save = () =>
    change.run(() =>
      requestApi(`/api/v1/sites/${encodeURIComponent(siteId)}/alerts/quiet-hours`, { method: 'PUT', body: { quiet: isOn ? draft : null } }),
    )
  return (
    <Section id="quiet" title={t('quiet.title')} text={t('quiet.text', { timeZone })}>
      <form
        className="mt-2 space-y-3"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <fieldset disabled={!mayManage} className="space-y-3">
          <CheckField label={t('quiet.enabled')} checked={isOn} onChange={setOn} />
          {isOn && (
            <>
              <div className="grid max-w-sm grid-cols-2 gap-4">
                <TimeField label={t('quiet.from')} value={draft.from} onChange={(from) => setDraft({ ...draft, from })} />
                <TimeField label={t('quiet.until')} value={draft.until} onChange={(until) => setDraft({ ...draft, until })} />
              </div>
              <CheckField
                label={t('quiet.criticalPasses')}
                checked={draft.criticalPasses}
                onChange={(criticalPasses) => setDraft({ ...draft, criticalPasses })}
              />
            </>
          )}
        </fieldset>
        <ProblemNote text={change.problem} />
        {mayManage && <Button type="submit" disabled={change.isBusy}>{t('save')}</Button>}
      </form>
    </Section>
  )
}
