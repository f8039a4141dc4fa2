import { DateTime } from 'luxon'
import type { PowerQuality, QualitySeries, QualityValue } from '@/lib/contracts/power-quality'

export interface QualityRow {
  startSeconds: number
  /** Null where nothing was measured: a gap. */
  mean: number | null
  /** Lowest and highest reading. */
  range: [number, number] | null
}

export interface QualityScale {
  min: number
  max: number
  ticks: number[]
}

export interface QualityChartData {
  rows: QualityRow[]
  scale: QualityScale
  startSeconds: number
  endSeconds: number
  binSeconds: number
}

const STEPS = [1, 2, 2.5, 5, 10]
/** A quantity that hardly moves is not drawn as if it did. */
const LEAST_SPAN: Record<QualitySeries['quantity'], number> = { voltage: 10, frequency: 0.4, power_factor: 0.2, thd: 4 }

/** A series as it is drawn. The limits are in view where the values come near them. */
export function prepareQuality(quality: PowerQuality, series: QualitySeries): QualityChartData {
  const { fromTimestamp, toTimestamp, binSeconds } = quality
  const rows = series.values.map((value, index): QualityRow => ({
    startSeconds: fromTimestamp + index * binSeconds,
    mean: value?.mean ?? null,
    range: value ? [value.min, value.max] : null,
  }))
  const measured = series.values.filter((value) => value !== null)
  const scale = qualityScale(measured, LEAST_SPAN[series.quantity])
  return { rows, scale, startSeconds: fromTimestamp, endSeconds: toTimestamp, binSeconds }
}

function qualityScale(values: readonly QualityValue[], leastSpan: number): QualityScale {
  const low = Math.min(...values.map(({ min }) => min))
  const high = Math.max(...values.map(({ max }) => max))
  const middle = (low + high) / 2
  const span = Math.max(high - low, leastSpan)
  const step = niceStep(span / 4)
  const first = Math.floor((middle - span / 2) / step + 1e-9)
  const last = Math.ceil((middle + span / 2) / step - 1e-9)
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
  return { min: ticks[0] ?? 0, max: ticks.at(-1) ?? 1, ticks }
}

function niceStep(raw: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(raw))
  return (STEPS.find((step) => step * magnitude >= raw - 1e-9) ?? 10) * magnitude
}

/** The same by the site's hours or days, for the table; one without measurements is null. */
export function qualityTable(quality: PowerQuality, series: QualitySeries, unit: 'hour' | 'day', timeZone: string): {
  startSeconds: number
  value: QualityValue | null
}[] {
  const parts = new Map<number, QualityValue[]>()
  series.values.forEach((value, index) => {
    const at = quality.fromTimestamp + index * quality.binSeconds
    const start = Math.max(quality.fromTimestamp, DateTime.fromSeconds(at, { zone: timeZone }).startOf(unit).toSeconds())
    const part = parts.get(start) ?? []
    parts.set(start, value ? [...part, value] : part)
  })
  return [...parts].map(([startSeconds, part]) => ({
    startSeconds,
    value: part.length === 0
      ? null
      : {
          mean: part.reduce((sum, { mean }) => sum + mean, 0) / part.length,
          min: Math.min(...part.map(({ min }) => min)),
          max: Math.max(...part.map(({ max }) => max)),
        },
  }))
}

/** Where the colours of a line change: [share from the top 0..1, colour], for a gradient over the line's own height. */
export function limitStops(
  means: readonly number[],
  limits: NonNullable<QualitySeries['limits']>,
): { share: number; color: string }[] | null {
  const [top, bottom] = [Math.max(...means), Math.min(...means)]
  if (!(top > bottom)) return null
  const colorAt = (value: number) => {
    const inside = (band: { low: number | null; high: number | null }) =>
      (band.low === null || value >= band.low) && (band.high === null || value <= band.high)
    return inside(limits.usual) ? 'var(--good)' : inside(limits.extreme) ? 'var(--warn)' : 'var(--bad)'
  }
  const edges = [limits.usual.low, limits.usual.high, limits.extreme.low, limits.extreme.high]
    .filter((edge): edge is number => edge !== null && edge < top && edge > bottom)
    .toSorted((a, b) => b - a)
  const levels = [top, ...edges, bottom]
  return levels.slice(1).flatMap((level, index) => {
    const above = levels[index] ?? top
    const color = colorAt((above + level) / 2)
    return [above, level].map((value) => ({ share: (top - value) / (top - bottom), color }))
  })
}

const MOST_MARKS = 6

/** Where a time axis is marked: every sixth hour of a day, else midnights, as many as fit. All at the site. */
export function timeMarks(startSeconds: number, endSeconds: number, timeZone: string): number[] {
  const days = (endSeconds - startSeconds) / 86_400
  const midnight = DateTime.fromSeconds(startSeconds, { zone: timeZone }).startOf('day')
  const step = days <= 1 ? { hours: 6 } : { days: Math.ceil(days / MOST_MARKS) }
  const marks: number[] = []
  for (let at = midnight; at.toSeconds() <= endSeconds; at = at.plus(step)) {
    if (at.toSeconds() >= startSeconds) marks.push(at.toSeconds())
  }
  return marks
}
