'use client'

import { useTranslations } from 'use-intl'
import { ChartPanel } from '@/components/charts/chart-panel'
import { lazyChart } from '@/components/charts/lazy-chart'
import { useFormat } from '@/components/format/format-context'
import { Badge } from '@/components/ui/badge'
import type { VibrationReport } from '@/lib/contracts/maintenance'

const LazyVibrationChart = lazyChart(() => import('./vibration-chart'))
const TONES = { critical: 'bad', worn: 'warn', healthy: 'accent' } as const

/** How a bearing is judged, and the curve it is judged by. */
export function VibrationPanel({ vibration, sensor }: { vibration: VibrationReport; sensor: string }) {
  const t = useTranslations('maintenance.vibration')
  const format = useFormat()
  const { judged, points, snapshots, leastSnapshots, isModelMissing } = vibration
  const number = (value: number) => t('g', { value: new Intl.NumberFormat(format.settings.locale, { maximumSignificantDigits: 3 }).format(value) })
  return (
    <ChartPanel
      title={t('title')}
      summary={judged && <Badge tone={TONES[judged.health]}>{t(`health.${judged.health}`)}</Badge>}
      note={
        <>
          <p className="text-sm text-ink">
            {judged
              ? t('left', {
                  share: format.percent(judged.remainingShare.value),
                  low: format.percent(judged.remainingShare.low),
                  high: format.percent(judged.remainingShare.high),
                })
              : isModelMissing ? t('noModel') : t('few', { count: snapshots, least: leastSnapshots })}
          </p>
          <p>{t('sensor', { place: sensor })} {judged && t('limits')}</p>
          <p className="mt-1 flex flex-wrap gap-x-4">
            <span className="inline-flex items-center gap-2"><span aria-hidden className="h-0.5 w-5 bg-measured" />{t('horizontal')}</span>
            <span className="inline-flex items-center gap-2">
              <span aria-hidden className="w-5 border-t-2 border-dashed border-warn" />{t('vertical')}
            </span>
          </p>
        </>
      }
      chart={<div className="h-56">{points.length > 0 && <LazyVibrationChart points={points} />}</div>}
      table={
        <div className="max-h-80 overflow-auto" role="region" aria-label={t('title')} tabIndex={0}>
          <table className="figures w-full text-sm">
            <thead>
              <tr className="border-b border-line text-ink-soft">
                <th scope="col" className="py-2 text-left font-medium"><span className="sr-only">{t('title')}</span></th>
                <th scope="col" className="py-2 text-right font-medium">{t('horizontal')}</th>
                <th scope="col" className="py-2 text-right font-medium">{t('vertical')}</th>
              </tr>
            </thead>
            <tbody>
              {points.toReversed().map(({ timestamp, rmsHorizontal, rmsVertical }) => (
                <tr key={timestamp} className="border-b border-line/60 last:border-0">
                  <th scope="row" className="py-2 text-left font-normal">
                    {format.local(timestamp, { dateStyle: 'medium', timeStyle: 'short' })}
                  </th>
                  <td className="py-2 text-right">{number(rmsHorizontal)}</td>
                  <td className="py-2 text-right">{number(rmsVertical)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      }
    />
  )
}
