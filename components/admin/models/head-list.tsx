'use client'

import { useTranslations } from 'use-intl'
import { Moment } from '@/components/format/moment'
import { gainText } from '@/components/runs/run-words'
import { Badge } from '@/components/ui/badge'
import type { Appliance } from '@/lib/contracts/appliances'
import type { HeadStatus } from '@/lib/contracts/home-learning'
import type { RegisteredHead } from '@/lib/contracts/model-registry'

const TEXT = {
  none: 'No home has learned anything yet. People label runs on the page Runs.',
  states: { active: 'In effect', replaced: 'Replaced', rolled_back: 'Taken back', rejected: 'Not used' } satisfies Record<HeadStatus, string>,
  version: (version: string) => `model ${version}`,
} as const

const TONES = { active: 'accent', replaced: 'neutral', rolled_back: 'warn', rejected: 'neutral' } as const

/** Homes' own heads, with what they are worth and whether they count. */
export function HeadList({ heads, labels, locale }: {
  heads: readonly RegisteredHead[]
  labels: Record<Appliance, string>
  locale: string
}) {
  const tRuns = useTranslations('runs')
  if (heads.length === 0) return <p className="mt-3 text-ink-soft">{TEXT.none}</p>
  return (
    <ul className="mt-2">
      {heads.map(({ id, appliance, status, metrics, site, building, modelVersion, createdAt }) => (
        <li key={id} className="border-b border-line/60 py-3 last:border-0 last:pb-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
            {labels[appliance]}
            <Badge tone={TONES[status]}>{TEXT.states[status]}</Badge>
          </p>
          <p className="text-[0.8125rem] wrap-anywhere text-ink-soft">
            {[site?.name, building.name, TEXT.version(modelVersion)].filter(Boolean).join(' · ')} ·{' '}
            <span className="figures"><Moment at={createdAt} locale={locale} /></span>
          </p>
          <p className="mt-1 text-sm">{metrics.refusal ?? gainText(metrics, locale, tRuns)}</p>
        </li>
      ))}
    </ul>
  )
}
