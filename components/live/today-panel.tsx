'use client'

import { memo, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { STACK_ORDER, type Series } from '@/components/charts/appliance-colors'
import { ChartPanel, EstimateLegend } from '@/components/charts/chart-panel'
import { prepareToday, todayHours, type TodayData } from '@/components/charts/prepare-today'
import { LazyTodayChart } from '@/components/charts/lazy-today-chart'
import { useSeriesLabel } from '@/components/charts/use-series-label'
import { useFormat } from '@/components/format/format-context'
import type { Today } from '@/lib/contracts/live-events'

const COVERAGE_WORTH_SAYING = 0.99

export const TodayPanel = memo(function TodayPanel({ today, isSimulated, timeZone, highlighted }: {
  today: Today
  isSimulated: boolean
  timeZone: string
  highlighted: Series | null
}) {
  const t = useTranslations('live.today')
  const format = useFormat()
  const data = useMemo(() => prepareToday(today, timeZone), [today, timeZone])
  const isPartial = today.coverage < COVERAGE_WORTH_SAYING
  return (
    <ChartPanel
      title={t('title')}
      summary={
        <p className="figures text-sm text-ink-soft">
          <span className="font-semibold text-ink">{format.energyText(today.meterEnergyKwh)}</span>
          {' · '}
          <span className="font-semibold text-ink">{today.cost === null ? t('unpriced') : format.money(today.cost)}</span>
          {today.cost !== null && <> {t('withoutStanding')}</>}
          {isPartial && <> · {t('partly', { share: format.percent(today.coverage) })}</>}
        </p>
      }
      note={<EstimateLegend hasGaps={isPartial} isSimulated={isSimulated} />}
      chart={
        <div className="h-60">
          {data.rows.length === 0
            ? <p className="grid h-full place-items-center text-ink-soft">{t('empty')}</p>
            : <LazyTodayChart data={data} highlighted={highlighted} label={t('label')} />}
        </div>
      }
      table={<TodayTable data={data} />}
    />
  )
})

function TodayTable({ data }: { data: TodayData }) {
  const t = useTranslations('live.today')
  const seriesLabel = useSeriesLabel()
  const format = useFormat()
  const hours = todayHours(data)
  const series = [...STACK_ORDER].reverse().filter((name) => hours.some((hour) => (hour.bandEnergyKwh?.[name] ?? 0) >= 0.0005))
  const cell = 'px-2.5 py-2 text-right whitespace-nowrap'
  return (
    <div className="-mx-4 scroll-shade overflow-x-auto px-4 sm:-mx-5 sm:px-5" role="region" aria-label={t('byHour')} tabIndex={0}>
      <table className="figures w-full text-sm">
        <caption className="sr-only">{t('caption')}</caption>
        <thead>
          <tr className="border-b border-line align-bottom text-ink-soft">
            <th scope="col" className="py-2 pr-2.5 text-left font-medium">{t('from')}</th>
            <th scope="col" className={`${cell} font-medium`}>{t('measured')}</th>
            {series.map((name) => (
              <th key={name} scope="col" className={`${cell} font-medium`}>{seriesLabel(name)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.map((hour) => (
            <tr key={hour.startSeconds} className="border-b border-line/60 last:border-0">
              <th scope="row" className="py-2 pr-2.5 text-left font-normal">{format.clock(hour.startSeconds)}</th>
              <td className={`${cell} font-semibold`}>
                {hour.meterEnergyKwh === null ? t('notMeasured') : format.energyText(hour.meterEnergyKwh)}
                {hour.meterEnergyKwh !== null && hour.coverage < COVERAGE_WORTH_SAYING && (
                  <span className="font-normal text-ink-soft"> {t('inShare', { share: format.percent(hour.coverage) })}</span>
                )}
              </td>
              {series.map((name) => (
                <td key={name} className={cell}>{hour.bandEnergyKwh ? format.energyText(hour.bandEnergyKwh[name]) : '–'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
