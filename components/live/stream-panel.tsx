'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import type { Series } from '@/components/charts/appliance-colors'
import { STACK_ORDER } from '@/components/charts/appliance-colors'
import { ChartPanel, EstimateLegend } from '@/components/charts/chart-panel'
import { prepareStream, seriesPointIndex, windowMeans } from '@/components/charts/prepare-stream'
import { SeriesSwatch } from '@/components/charts/series-identity'
import { StreamChart } from '@/components/charts/stream-chart'
import { useSeriesLabel } from '@/components/charts/use-series-label'
import { gapSeconds, type BuildingState } from './live-state'

const DEFAULT_WINDOW_SECONDS = 1536
/** About 300 points a band: as many as a phone has room for, and quick to draw each second. */
const BUCKET_SECONDS = 5

export function StreamPanel({ building, endSeconds, highlighted }: {
  building: BuildingState
  /** The right edge: the newest reading, or now once readings have stopped. */
  endSeconds: number
  highlighted: Series | null
}) {
  const t = useTranslations('live.stream')
  const windowSeconds = building.status?.window_size ?? DEFAULT_WINDOW_SECONDS
  const minutes = Math.floor(windowSeconds / 60)
  const gap = gapSeconds(building)
  const bucketSeconds = Math.max(BUCKET_SECONDS, building.status?.meter_interval_seconds ?? 1)
  const data = useMemo(
    () => prepareStream(building.window, { endSeconds, windowSeconds, gapSeconds: gap, bucketSeconds }),
    [building.window, endSeconds, windowSeconds, gap, bucketSeconds],
  )
  return (
    <ChartPanel
      title={t('title', { minutes })}
      note={<EstimateLegend hasGaps={data.segments.length > 1} isSimulated={building.simulated} />}
      chart={
        <StreamChart
          data={data}
          highlighted={highlighted}
          label={t('label', { minutes })}
        />
      }
      table={<StreamTable building={building} minutes={minutes} />}
    />
  )
}

function StreamTable({ building, minutes }: { building: BuildingState; minutes: number }) {
  const t = useTranslations('live.stream')
  const seriesLabel = useSeriesLabel()
  const format = useFormat()
  const means = windowMeans(building.window)
  const newest = building.window.at(-1)
  const power = (watts: number | undefined) => (watts === undefined ? '–' : format.powerText(watts))
  const rows = [...STACK_ORDER].reverse()
  return (
    <table className="figures w-full max-w-2xl text-sm">
      <caption className="sr-only">{t('caption', { minutes })}</caption>
      <thead>
        <tr className="border-b border-line text-left text-ink-soft">
          <th scope="col" className="py-2 font-medium">{t('appliance')}</th>
          <th scope="col" className="py-2 text-right font-medium">{t('now')}</th>
          <th scope="col" className="py-2 text-right font-medium">{t('mean', { minutes })}</th>
        </tr>
      </thead>
      <tbody>
        <tr className="border-b border-line font-semibold">
          <th scope="row" className="py-2 text-left">{t('total')}</th>
          <td className="py-2 text-right">{power(newest?.[1])}</td>
          <td className="py-2 text-right">{power(means?.totalWatts)}</td>
        </tr>
        {rows.map((series) => (
          <tr key={series} className="border-b border-line/60 last:border-0">
            <th scope="row" className="flex items-center gap-2.5 py-2 text-left font-normal">
              <SeriesSwatch series={series} />
              {seriesLabel(series)}
            </th>
            <td className="py-2 text-right">{power(newest?.[seriesPointIndex(series)])}</td>
            <td className="py-2 text-right">{power(means?.seriesWatts[STACK_ORDER.indexOf(series)])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
