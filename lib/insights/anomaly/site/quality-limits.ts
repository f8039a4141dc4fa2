import type { AnomalyType } from '@/lib/contracts/anomalies'
import { judgeQuality, QUALITY_BIN_SECONDS, qualityLimits, type QualityLimits } from '@/lib/domain/power-quality'
import { DAY_SECONDS, rankConfidence, type BuildingHistory, type Incident } from './incident'
import { median } from './robust'

const WEEK_SECONDS = 7 * DAY_SECONDS
const BINS_A_WEEK = WEEK_SECONDS / QUALITY_BIN_SECONDS
/** A day of means: below, which network it is would be a guess. */
const LEAST_BINS = 144
const QUANTITIES = ['voltage', 'frequency', 'thd'] as const
const UNITS = { voltage: 'V', frequency: 'Hz', thd: '%' } as const

/**
 * Ten-minute means beyond the limits of EN 50160: any beyond those that always hold, or more beyond the usual ones than the
 * standard lets a week have.
 */
export function qualityIncidents(history: BuildingHistory): Incident[] {
  return QUANTITIES.flatMap((quantity) => {
    const bins = history.quality.flatMap((bin) => {
      const value = bin[quantity]
      return value === null || bin.startSeconds < history.nowSeconds - WEEK_SECONDS ? [] : [{ startSeconds: bin.startSeconds, value }]
    })
    if (bins.length < LEAST_BINS) return []
    const limits = qualityLimits(quantity, median(bins.map(({ value }) => value)))
    if (typeof limits === 'string') return []
    const judged = bins.map((bin) => ({ ...bin, verdict: judgeQuality(bin.value, limits) }))
    const outside = judged.filter(({ verdict }) => verdict !== 'good')
    const recent = outside.filter(({ startSeconds }) => startSeconds >= history.nowSeconds - DAY_SECONDS)
    const beyond = recent.filter(({ verdict }) => verdict === 'beyond')
    const share = outside.length / BINS_A_WEEK
    if (recent.length === 0 || (beyond.length === 0 && share <= 1 - limits.usualShare)) return []
    const excess = (value: number) => Math.abs(value - nearestLimit(value, limits))
    const worst = recent.reduce((a, b) => (excess(b.value) > excess(a.value) ? b : a))
    const limit = nearestLimit(worst.value, limits)
    const isLow = worst.value < limit
    return [{
      type: typeOf(quantity, isLow),
      buildingId: history.buildingId,
      appliance: null,
      startSeconds: recent[0]!.startSeconds,
      endSeconds: recent.at(-1)!.startSeconds + QUALITY_BIN_SECONDS,
      severity: beyond.length > 0 ? 'critical' : 'warning',
      value: worst.value,
      expectedValue: limit,
      unit: UNITS[quantity],
      strength: 1 + excess(worst.value) / Math.abs(limit),
      // Each further ten minutes beyond the limit make a slip of the meter half as likely.
      confidence: rankConfidence(bins.length, 1 + recent.length),
      details: { direction: isLow ? 'below' : 'above', value: worst.value, limit, minutes: recent.length * 10, sharePercent: 100 * share },
      curve: judged.slice(-LEAST_BINS).map(({ startSeconds, value }): [number, number, number] => [startSeconds, value, limit]),
    } satisfies Incident]
  })
}

function nearestLimit(value: number, { usual }: QualityLimits): number {
  const limits = [usual.low, usual.high].filter((limit) => limit !== null)
  return limits.reduce((a, b) => (Math.abs(b - value) < Math.abs(a - value) ? b : a))
}

function typeOf(quantity: (typeof QUANTITIES)[number], isLow: boolean): AnomalyType {
  if (quantity === 'frequency') return 'frequency_deviation'
  if (quantity === 'thd') return 'harmonic_distortion'
  return isLow ? 'voltage_low' : 'voltage_high'
}
