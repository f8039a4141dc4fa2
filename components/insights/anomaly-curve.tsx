'use client'

import { useTranslations } from 'use-intl'
import type { CurvePoint } from '@/lib/contracts/anomalies'

const WIDTH = 320
const HEIGHT = 88
const PADDING = 4

/** What was measured (line) against what was expected (dashes); gaps stay gaps. */
export function AnomalyCurve({ curve, className }: { curve: readonly CurvePoint[]; className?: string }) {
  const t = useTranslations('anomalies.curve')
  const first = curve[0]
  const last = curve.at(-1)
  if (!first || !last || curve.length < 2) return null
  const values = curve.flatMap(([, value, expected]) => [value, expected].filter((number) => number !== null))
  const low = Math.min(0, ...values)
  const high = Math.max(...values)
  const x = (at: number) => PADDING + ((at - first[0]) / Math.max(last[0] - first[0], 1)) * (WIDTH - 2 * PADDING)
  const y = (value: number) => HEIGHT - PADDING - ((value - base) / Math.max(high - base, 1e-9)) * (HEIGHT - 2 * PADDING)
  // A voltage that sags by a fifth would be a flat line above an axis from zero.
  const smallest = Math.min(...values)
  const base = low >= 0 && smallest > 0.5 * high ? smallest - 0.1 * (high - smallest) : low
  const path = (column: 1 | 2) => {
    return curve.map((point, index) => {
      const value = point[column]
      const begins = index === 0 || curve[index - 1]?.[column] === null
      return value === null ? '' : `${begins ? 'M' : 'L'}${x(point[0]).toFixed(1)} ${y(value).toFixed(1)}`
    }).join('')
  }
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t('label')} className={className}>
      <path d={path(2)} fill="none" stroke="var(--ink-faint)" strokeDasharray="4 4" vectorEffect="non-scaling-stroke" />
      <path d={path(1)} fill="none" stroke="var(--measured)" strokeWidth={1.75} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
