'use client'

import { useTranslations } from 'use-intl'
import type { Series } from './appliance-colors'
import { SeriesSwatch } from './series-identity'
import { useSeriesLabel } from './use-series-label'

export interface ReadingRow {
  series: Series
  /** Estimated mean watts. */
  watts: number
}

const MOST_ROWS = 6
const LEAST_WATTS = 5

/** The bands worth naming at one moment: what draws something, largest first. */
export function readingRows(rows: readonly ReadingRow[]): ReadingRow[] {
  return rows.filter((row) => Math.abs(row.watts) >= LEAST_WATTS).sort((a, b) => b.watts - a.watts).slice(0, MOST_ROWS)
}

/** What a chart says about one moment; the tooltip of every chart. */
export function ReadingCard({ title, totalText, rows, powerText }: {
  title: string
  /** Null where nothing was measured. */
  totalText: string | null
  rows: readonly ReadingRow[]
  powerText: (watts: number) => string
}) {
  const t = useTranslations('charts')
  const seriesLabel = useSeriesLabel()
  return (
    <div className="figures w-56 rounded-xl border border-line bg-surface px-3.5 py-3 text-sm shadow-lg">
      <div className="flex items-baseline justify-between gap-3">
        <span className="text-ink-soft">{title}</span>
        <span className="font-semibold">{totalText ?? t('notMeasured')}</span>
      </div>
      {rows.length > 0 && (
        <ul className="mt-2 space-y-1 border-t border-line pt-2">
          {rows.map(({ series, watts }) => (
            <li key={series} className="flex items-center gap-2">
              <SeriesSwatch series={series} />
              <span className="grow truncate">{seriesLabel(series)}</span>
              <span className="text-ink-soft">{powerText(watts)}</span>
            </li>
          ))}
        </ul>
      )}
      {totalText !== null && <p className="mt-2 text-xs text-ink-faint">{t('totalMeasured')}</p>}
    </div>
  )
}
