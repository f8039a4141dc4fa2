import type { Translator } from '@/components/i18n/messages'
import type { QualitySeries } from '@/lib/contracts/power-quality'

type Quantity = QualitySeries['quantity']

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
export function judgement(series: QualitySeries, locale: string, t: Translator<'electrical'>): Judgement {
  const { limits, judged, unjudged, quantity, unit } = series
  if (!limits || !judged) {
    return { tone: 'neutral', badge: null, text: unjudged ? t(`unjudged.${unjudged}`) : t('notMeasuredInTime') }
  }
  const text = (value: number) => quantityText(quantity, unit, value, locale)
  const { low, high } = limits.usual
  const range = low === null ? t('atMost', { value: text(high ?? 0) }) : t('span', { from: text(low), to: text(high ?? 0) })
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const kept = share.format(judged.means === 0 ? 0 : judged.good / judged.means)
  const rule = t('rule', { range, usualShare: share.format(limits.usualShare), kept, means: judged.means })
  if (judged.isKept) return { tone: judged.unusual > 0 ? 'warn' : 'good', badge: t('within'), text: rule }
  return { tone: 'bad', badge: t('beyond'), text: rule }
}
