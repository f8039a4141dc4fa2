'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import type { AnomalyDetail, CurvePoint } from '@/lib/contracts/anomalies'
import { curveUnit, numberText } from './anomaly-words'

const WIDTH = 320
const HEIGHT = 88
const PADDING = 4

/** What was measured (line) against what was expected (dashes); gaps stay gaps. */
export function AnomalyCurve({ curve, className }: { curve: readonly CurvePoint[]; className?: string }) {
  const t = useTranslations('anomalies.curve')
  const first = curve[0]
  const last = curve.at(-1)
  if (!first || !last || curve.length < 2) return null
  const { base, high } = rangeOf(curve)
  const x = (at: number) => PADDING + ((at - first[0]) / Math.max(last[0] - first[0], 1)) * (WIDTH - 2 * PADDING)
  const y = (value: number) => HEIGHT - PADDING - ((value - base) / Math.max(high - base, 1e-9)) * (HEIGHT - 2 * PADDING)
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

function rangeOf(curve: readonly CurvePoint[]): { base: number; high: number } {
  const values = curve.flatMap(([, value, expected]) => [value, expected].filter((number) => number !== null))
  const low = Math.min(0, ...values)
  const high = Math.max(...values)
  // A voltage that sags by a fifth would be a flat line above an axis from zero.
  const smallest = Math.min(...values)
  return { high, base: low >= 0 && smallest > 0.5 * high ? smallest - 0.1 * (high - smallest) : low }
}

/** The same, large, with what its height and its ends stand for. */
export function AnomalyChart({ anomaly: { curve, type, unit } }: { anomaly: AnomalyDetail }) {
  const t = useTranslations('anomalies.curve')
  const format = useFormat()
  const first = curve[0]
  const last = curve.at(-1)
  if (!first || !last || curve.length < 2) return null
  const { base, high } = rangeOf(curve)
  const amount = (value: number) => `${numberText(value, unit, format.settings.locale)} ${curveUnit(type, unit)}`
  const when = (at: number) => format.local(at, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
  return (
    <figure className="figures text-[0.8125rem] text-ink-soft">
      <figcaption className="mb-2 flex flex-wrap gap-x-5 gap-y-1">
        {(['measured', 'expected'] as const).map((line) => (
          <span key={line} className="flex items-center gap-2">
            <svg aria-hidden viewBox="0 0 24 4" className="h-1 w-6">
              <path
                d="M0 2H24"
                strokeWidth="2"
                stroke={line === 'measured' ? 'var(--measured)' : 'var(--ink-faint)'}
                strokeDasharray={line === 'measured' ? undefined : '4 3'}
              />
            </svg>
            {t(line)}
          </span>
        ))}
      </figcaption>
      <p>{amount(high)}</p>
      <AnomalyCurve curve={curve} className="h-60 w-full border-b border-line" />
      <p className="mt-1 flex justify-between gap-4">
        <span>{when(first[0])}</span>
        <span>{base === 0 ? '' : t('from', { value: amount(base) })}</span>
        <span>{when(last[0])}</span>
      </p>
    </figure>
  )
}
