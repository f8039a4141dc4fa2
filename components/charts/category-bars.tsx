'use client'

import { seriesColor, type Series } from './appliance-colors'
import { SeriesIcon } from './series-identity'

export interface CategoryBarRow {
  key: string
  /** null: something that is no appliance, such as a room. */
  series: Series | null
  name: string
  value: number
  text: string
  /** The same of the time it is compared with. */
  before?: { value: number; text: string }
}

/** Values side by side as lines of text with a bar each, largest first as given; what is estimated is hatched. */
export function CategoryBars({ rows, isEstimated, describe }: {
  rows: readonly CategoryBarRow[]
  isEstimated: boolean
  /** Says a compared row to who cannot see its two bars. */
  describe?: (row: CategoryBarRow) => string
}) {
  const largest = Math.max(...rows.flatMap(({ value, before }) => [Math.abs(value), Math.abs(before?.value ?? 0)]), 1e-9)
  const width = (value: number) => `${Math.max((Math.abs(value) / largest) * 100, value === 0 ? 0 : 0.6)}%`
  return (
    <ul className="figures grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-2.5 gap-y-2.5 text-[0.9375rem]">
      {rows.map((row) => (
        <li key={row.key} className="col-span-full grid grid-cols-subgrid items-baseline">
          {row.series ? <SeriesIcon series={row.series} className="size-4 self-center text-ink-soft" /> : <span />}
          <span className="truncate">{row.name}</span>
          <span className="text-right whitespace-nowrap">
            <span aria-hidden={row.before ? true : undefined} className="font-semibold">{row.text}</span>
            {row.before && <span aria-hidden className="ml-2 text-sm text-ink-soft">{row.before.text}</span>}
            {row.before && <span className="sr-only">{describe?.(row)}</span>}
          </span>
          <span aria-hidden className="col-span-2 col-start-2 mt-1 space-y-0.5">
            <span className="block h-1.5 rounded-full bg-sunken">
              <span
                className="block h-full rounded-full"
                style={{ width: width(row.value), background: fill(row.series, isEstimated) }}
              />
            </span>
            {row.before && (
              <span className="block h-1 rounded-full bg-sunken">
                <span className="block h-full rounded-full bg-line-strong" style={{ width: width(row.before.value) }} />
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

function fill(series: Series | null, isEstimated: boolean): string {
  const color = series ? seriesColor(series) : 'var(--accent)'
  if (!isEstimated) return color
  return (
    `repeating-linear-gradient(135deg, color-mix(in oklab, ${color} 90%, transparent) 0 1.5px, ` +
    `color-mix(in oklab, ${color} 55%, transparent) 1.5px 4px)`
  )
}
