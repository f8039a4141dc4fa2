'use client'

import { ChartArea, Table2 } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Card } from '@/components/ui/card'
import { classNames } from '@/components/ui/class-names'

const VIEWS = [
  { value: 'chart', Icon: ChartArea },
  { value: 'table', Icon: Table2 },
] as const

/** A chart with its heading, and the same content as a table for whoever reads better that way. */
export function ChartPanel({ title, note, summary, chart, table, className }: {
  title: string
  note?: ReactNode
  /** Beside the heading; the chart's own figures. */
  summary?: ReactNode
  chart: ReactNode
  table: ReactNode
  className?: string
}) {
  const t = useTranslations('charts')
  const [view, setView] = useState<'chart' | 'table'>('chart')
  const headingId = useId()
  return (
    <Card aria-labelledby={headingId} className={classNames('min-w-0 p-4 sm:p-5', className)}>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1">
        <h2 id={headingId} className="text-base font-semibold tracking-[-0.01em]">{title}</h2>
        {summary}
        <div role="group" aria-label={t('as', { title })} className="ml-auto flex gap-0.5 rounded-lg bg-sunken p-0.5">
          {VIEWS.map(({ value, Icon }) => (
            <button
              key={value}
              type="button"
              aria-pressed={view === value}
              onClick={() => setView(value)}
              className={classNames(
                'relative inline-flex h-8 items-center gap-1.5 rounded-md px-2.5 text-[0.8125rem] font-medium',
                'after:absolute after:-inset-y-2 after:inset-x-0',
                view === value ? 'bg-surface text-ink shadow-sm dark:bg-line' : 'text-ink-soft hover:text-ink',
              )}
            >
              <Icon aria-hidden className="size-3.5" />
              {t(value)}
            </button>
          ))}
        </div>
      </div>
      {view === 'chart' ? chart : table}
      {note && <div className="mt-3 text-[0.8125rem] text-ink-soft">{note}</div>}
    </Card>
  )
}

/** Says what solid, hatched and empty mean, and whether a simulator made it all. */
export function EstimateLegend({ hasGaps, isSimulated }: { hasGaps: boolean; isSimulated: boolean }) {
  const t = useTranslations('charts')
  const ui = useTranslations('ui')
  return (
    <span className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
      <span className="inline-flex items-center gap-2">
        <span aria-hidden className="h-0.5 w-5 rounded-full bg-measured" />
        {t('measuredTotal')}
      </span>
      <span className="inline-flex items-center gap-2">
        <span
          aria-hidden
          className="h-3 w-5 rounded-[3px] border border-line-strong"
          style={{
            backgroundImage:
              'repeating-linear-gradient(135deg, color-mix(in oklab, var(--ink-soft) 50%, transparent) 0 1.5px, ' +
              'transparent 1.5px 4px)',
          }}
        />
        {t('estimatedByAppliance')}
      </span>
      {hasGaps && <span>{t('gaps')}</span>}
      {isSimulated && <span className="font-medium text-accent">{ui('simulated')}</span>}
    </span>
  )
}
