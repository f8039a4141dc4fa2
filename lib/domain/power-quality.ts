/**
 * Limits of EN 50160 (voltage characteristics of public supply networks) for low voltage, interconnected systems: `usual` holds for
 * most of the time, `extreme` always. The standard averages voltage and distortion over 10 minutes and frequency over 10 s.
 */

export const QUALITY_QUANTITIES = ['voltage', 'frequency', 'power_factor', 'thd'] as const
export type QualityQuantity = (typeof QUALITY_QUANTITIES)[number]

/** The standard's averaging time for voltage and distortion. */
export const QUALITY_BIN_SECONDS = 600

export interface Band {
  low: number | null
  high: number | null
}

export interface QualityLimits {
  /** What the limits are relative to, V or Hz; null where they are absolute. */
  nominal: number | null
  usual: Band
  /** Share of the time the usual limits must hold, 0..1. */
  usualShare: number
  extreme: Band
}

/** Why nothing is judged. */
export type Unjudged = 'no limit' | 'other network' | 'of the current'

const NOMINAL_VOLTS = [230, 400] as const
/** Further from a nominal voltage than this it is another network's. */
const NOMINAL_TOLERANCE = 0.2
const THD_LIMIT_PERCENT = 8

/**
 * The limits for a quantity, or why there are none.
 * @param median of what was measured, which tells the network: 230 V between phase and neutral or 400 V between phases, 50 Hz
 */
export function qualityLimits(quantity: QualityQuantity, median: number): QualityLimits | Unjudged {
  switch (quantity) {
    case 'voltage': {
      const nominal = NOMINAL_VOLTS.find((volts) => Math.abs(median - volts) <= NOMINAL_TOLERANCE * volts)
      if (!nominal) return 'other network'
      return {
        nominal,
        usual: { low: 0.9 * nominal, high: 1.1 * nominal },
        usualShare: 0.95,
        extreme: { low: 0.85 * nominal, high: 1.1 * nominal },
      }
    }
    case 'frequency':
      if (median < 45 || median > 55) return 'other network'
      return { nominal: 50, usual: { low: 49.5, high: 50.5 }, usualShare: 0.995, extreme: { low: 47, high: 52 } }
    case 'power_factor':
      return 'no limit'
    case 'thd':
      // No public supply is beyond its limit half of the time: such a meter reports the distortion of the current.
      if (median > THD_LIMIT_PERCENT) return 'of the current'
      return { nominal: null, usual: { low: null, high: THD_LIMIT_PERCENT }, usualShare: 0.95, extreme: { low: null, high: null } }
  }
}

export type QualityVerdict = 'good' | 'unusual' | 'beyond'

/** Where a mean lies. */
export function judgeQuality(value: number, limits: QualityLimits): QualityVerdict {
  if (!isWithin(value, limits.extreme)) return 'beyond'
  return isWithin(value, limits.usual) ? 'good' : 'unusual'
}

/** Whether the standard's share of these means keeps the usual limits and all of them the extreme ones; null without any. */
export function keepsLimits(values: readonly number[], limits: QualityLimits): boolean | null {
  if (values.length === 0) return null
  const verdicts = values.map((value) => judgeQuality(value, limits))
  const good = verdicts.filter((verdict) => verdict === 'good').length
  return !verdicts.includes('beyond') && good / values.length >= limits.usualShare
}

const isWithin = (value: number, { low, high }: Band) => (low === null || value >= low) && (high === null || value <= high)
