'use client'

import { useTranslations } from 'use-intl'
import { ChartPanel } from '@/components/charts/chart-panel'
import { lazyChart } from '@/components/charts/lazy-chart'
import { useFormat } from '@/components/format/format-context'
import { Badge } from '@/components/ui/badge'
import type { SignatureReport } from '@/lib/contracts/maintenance'
import { amountText, dateText, stateText, trendText } from './maintenance-words'

const LazyTrendChart = lazyChart(() => import('./trend-chart'))

/** One signature of an asset: its curve, what it comes to, and why nothing is said where nothing is. */
export function SignaturePanel({ report }: { report: SignatureReport }) {
  const t = useTranslations('maintenance')
  const format = useFormat()
  const { limit, points, projection, state, unit } = report
  const amount = (value: number) => amountText(value, unit, format.settings.locale, t)
  const noteKey = projection ? 'chart.limitNote' : 'chart.plainNote'
  return (
    <ChartPanel
      title={t(`types.${report.kind}`)}
      summary={<Badge tone={state === 'rising' ? 'warn' : state === 'normal' ? 'accent' : 'neutral'}>{stateText(report, t)}</Badge>}
      note={
        <>
          {projection && <p className="mb-1 text-sm text-ink">{trendText(report, format, t)}</p>}
          {limit !== null && points.length > 0 && <p>{t(noteKey, { limit: amount(limit) })}</p>}
        </>
      }
      chart={
        <div className="h-56">
          {points.length > 0
            ? <LazyTrendChart report={report} />
            : <p className="grid h-full place-items-center text-ink-soft">{t('chart.none')}</p>}
        </div>
      }
      table={
        <div className="max-h-80 overflow-auto" role="region" aria-label={t('chart.of', { title: t(`types.${report.kind}`) })} tabIndex={0}>
          <table className="figures w-full text-sm">
            <thead>
              <tr className="border-b border-line text-ink-soft">
                <th scope="col" className="py-2 text-left font-medium">{t('chart.week')}</th>
                <th scope="col" className="py-2 text-right font-medium">{t('chart.amount')}</th>
              </tr>
            </thead>
            <tbody>
              {points.toReversed().map(({ startTimestamp, value }) => (
                <tr key={startTimestamp} className="border-b border-line/60 last:border-0">
                  <th scope="row" className="py-2 text-left font-normal">{dateText(startTimestamp, format)}</th>
                  <td className="py-2 text-right">{amount(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      }
    />
  )
}
