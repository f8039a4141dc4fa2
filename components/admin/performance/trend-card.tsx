'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { lazyChart } from '@/components/charts/lazy-chart'
import { Card } from '@/components/ui/card'
import type { PerformancePoint } from '@/lib/contracts/performance'
import type { TrendChartProps } from './trend-chart'

const LazyTrendChart = lazyChart<TrendChartProps>(() => import('./trend-chart'))

/** As the chart draws the second series. */
const BESIDE_COLOR = 'var(--bad)'

export type Quantity = Exclude<keyof PerformancePoint, 'at'>

export interface Trend {
  main: Exclude<Quantity, 'failuresPerSecond'>
  beside?: Quantity
}

interface TrendCardProps {
  trend: Trend
  points: readonly PerformancePoint[]
  binSeconds: number
  valueText: (value: number) => string
  locale: string
}

/** A quantity as it is now and how it was in the last half hour. */
export function TrendCard({ trend, points, binSeconds, valueText, locale }: TrendCardProps) {
  const t = useTranslations('adminPerformance')
  const { main, beside } = trend
  const title = t(`trends.${main}`)
  const mainName = t(`quantities.${main}`)
  const besideName = beside ? t(`quantities.${beside}`) : null
  const drawn = useMemo(() => {
    return points.map((point) => ({ at: point.at, main: point[main], beside: beside ? point[beside] : null }))
  }, [points, main, beside])
  const nowOf = (quantity: Quantity) => points.findLast((point) => point[quantity] !== null)?.[quantity] ?? null
  const textOf = (value: number | null) => (value === null ? t('nothingMeasured') : valueText(value))
  const series: { quantity: Quantity; name: string; color: string }[] = [
    { quantity: main, name: mainName, color: 'var(--accent)' },
  ]
  if (beside && besideName) series.push({ quantity: beside, name: besideName, color: BESIDE_COLOR })
  return (
    <Card aria-label={title} className="p-4 sm:p-5">
      <h2 className="text-sm font-medium text-ink-soft">{title}</h2>
      <ul className="figures mt-1 flex flex-wrap gap-x-6 gap-y-1">
        {series.map(({ quantity, name, color }) => {
          const now = nowOf(quantity)
          return (
            <li key={quantity}>
              <span className={now === null ? 'text-ink-soft' : 'text-xl font-semibold'}>{textOf(now)}</span>
              <span className="ml-2 inline-flex items-center gap-1.5 text-[0.8125rem] text-ink-soft">
                {series.length > 1 && <span aria-hidden className="size-2 rounded-full" style={{ background: color }} />}
                {name}
              </span>
              <span className="sr-only">
                {t('summary', { name, now: textOf(now), most: textOf(highestOf(points, quantity)) })}
              </span>
            </li>
          )
        })}
      </ul>
      <div aria-hidden className="mt-3 h-36">
        <LazyTrendChart
          points={drawn}
          binSeconds={binSeconds}
          mainName={mainName}
          besideName={besideName}
          valueText={valueText}
          locale={locale}
        />
      </div>
    </Card>
  )
}

function highestOf(points: readonly PerformancePoint[], quantity: Quantity): number | null {
  const known = points.flatMap((point) => point[quantity] ?? [])
  return known.length > 0 ? Math.max(...known) : null
}
