import type { QualitySeries } from '@/lib/contracts/power-quality'

type Quantity = QualitySeries['quantity']

export const QUANTITY_LABELS: Record<Quantity, string> = {
  voltage: 'Voltage',
  frequency: 'Frequency',
  power_factor: 'Power factor',
  thd: 'Harmonic distortion (THD)',
}

/** As finely as meters resolve it. */
const DECIMALS: Record<Quantity, number> = { voltage: 1, frequency: 2, power_factor: 2, thd: 1 }

/** "231.4 V"; a power factor has no unit. */
export function quantityText(quantity: Quantity, unit: string, value: number, locale: string): string {
  const digits = DECIMALS[quantity]
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
  return unit ? `${number}\u00a0${unit}` : number
}

export interface Judgement {
  tone: 'good' | 'warn' | 'bad' | 'neutral'
  badge: string | null
  text: string
}

/** What EN 50160 says of a series, in words. */
export function judgement(series: QualitySeries, locale: string): Judgement {
  const { limits, judged, unjudged, quantity, unit } = series
  if (!limits || !judged) {
    return { tone: 'neutral', badge: null, text: unjudged ? UNJUDGED[unjudged] : 'Not measured in this time.' }
  }
  const text = (value: number) => quantityText(quantity, unit, value, locale)
  const { low, high } = limits.usual
  const range = low === null ? `at most ${text(high ?? 0)}` : `${text(low)} to ${text(high ?? 0)}`
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const kept = share.format(judged.means === 0 ? 0 : judged.good / judged.means)
  const rule =
    `EN 50160: ${range} for ${share.format(limits.usualShare)} of the time. ` +
    `Here: ${kept} of ${judged.means} ten-minute means.`
  if (judged.isKept) return { tone: judged.unusual > 0 ? 'warn' : 'good', badge: 'Within limits', text: rule }
  return { tone: 'bad', badge: 'Beyond limits', text: rule }
}

const UNJUDGED: Record<NonNullable<QualitySeries['unjudged']>, string> = {
  'no limit': 'EN 50160 sets no limit for it. 1 is best; below it, more current flows than the power needs.',
  'other network': 'Not a 230/400 V, 50 Hz network, so EN 50160 does not apply.',
  'of the current':
    'These look like the distortion of the current, which appliances cause. EN 50160 limits that of the voltage to 8 %, ' +
    'so nothing is judged.',
}
