'use client'

import { useTranslations } from 'use-intl'
import { Moment } from '@/components/format/moment'
import { gainText, refusalText } from '@/components/runs/run-words'
import { Badge } from '@/components/ui/badge'
import type { RegisteredHead } from '@/lib/contracts/model-registry'

const TONES = { active: 'accent', replaced: 'neutral', rolled_back: 'warn', rejected: 'neutral', retired: 'neutral' } as const

/** Homes' own heads, with what they are worth and whether they count. */
export function HeadList({ heads, locale }: { heads: readonly RegisteredHead[]; locale: string }) {
  const t = useTranslations('adminModels.heads')
  const label = useTranslations('appliances.label')
  const tRuns = useTranslations('runs')
  if (heads.length === 0) return <p className="mt-3 text-ink-soft">{t('none')}</p>
  return (
    <ul className="mt-2">
      {heads.map(({ id, appliance, status, metrics, site, building, modelVersion, createdAt }) => (
        <li key={id} className="border-b border-line/60 py-3 last:border-0 last:pb-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
            {label(appliance)}
            <Badge tone={TONES[status]}>{t(`states.${status}`)}</Badge>
          </p>
          <p className="text-[0.8125rem] wrap-anywhere text-ink-soft">
            {[site?.name, building.name, t('ofModel', { version: modelVersion })].filter(Boolean).join(' · ')} ·{' '}
            <span className="figures"><Moment at={createdAt} locale={locale} /></span>
          </p>
          <p className="mt-1 text-sm">
            {metrics.refusal === null ? gainText(metrics, locale, tRuns) : refusalText(metrics.refusal, tRuns)}
          </p>
        </li>
      ))}
    </ul>
  )
}
