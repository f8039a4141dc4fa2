'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/section'
import type { SiteModelVersion } from '@/lib/contracts/training'
import { refusalText } from './refusal-text'

interface VersionListProps {
  versions: readonly SiteModelVersion[]
  mayTrain: boolean
  isBusy: boolean
  onDecide: (versionId: string, action: 'roll-back' | 'activate') => void
}

/** Every version with what it changed, and the way back. */
export function VersionList({ versions, mayTrain, isBusy, onDecide }: VersionListProps) {
  const t = useTranslations('models')
  const appliances = useTranslations('appliances')
  const format = useFormat()
  const score = new Intl.NumberFormat(format.settings.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const scoreText = (f1: number | null) => (f1 === null ? t('versions.unknown') : score.format(f1))
  return (
    <Section id="versions" title={t('versions.title')}>
      {versions.length === 0 && <p className="mt-3 text-ink-soft">{t('versions.none')}</p>}
      <ul className="mt-3 divide-y divide-line">
        {versions.map(({ id, appliance, status, metrics, createdAt, baseVersion }) => {
          const name = appliances(`label.${appliance}`)
          const { before, after, runs, notRuns, refusal } = metrics
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
              <div className="min-w-0 grow">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  {name}
                  <Badge tone={status === 'active' ? 'accent' : 'neutral'}>{t(`versions.status.${status}`)}</Badge>
                </p>
                <p className="figures text-sm text-ink-soft">
                  {t('versions.score', { before: scoreText(before.f1), after: scoreText(after.f1), runs: runs + notRuns })}
                </p>
                {refusal && <p className="text-sm text-ink-soft">{refusalText(refusal, t)}</p>}
                <p className="figures text-sm text-ink-soft">{format.day(createdAt)} · {baseVersion}</p>
              </div>
              {mayTrain && status === 'active' && (
                <Button disabled={isBusy} onClick={() => onDecide(id, 'roll-back')} aria-label={t('versions.rollBackNamed', { appliance: name })}>
                  {t('versions.rollBack')}
                </Button>
              )}
              {mayTrain && (status === 'replaced' || status === 'rolled_back') && (
                <Button disabled={isBusy} onClick={() => onDecide(id, 'activate')} aria-label={t('versions.activateNamed', { appliance: name })}>
                  {t('versions.activate')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
