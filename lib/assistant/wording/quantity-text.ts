import { DateTime } from 'luxon'
import type { Figure } from '@/lib/contracts/assistant'

/** How numbers of one site are written in an answer. */
export interface AnswerPlace {
  /** IANA name. */
  timeZone: string
  /** ISO 4217. */
  currency: string
  nowSeconds: number
}

const LOCALE = 'en-GB'
const three = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 3 })
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 })
const twoDecimals = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** A value as an answer writes it, without a sign: three significant digits, in a unit that fits. */
export function quantityText(value: number, unit: Figure['unit'], { currency }: Pick<AnswerPlace, 'currency'>): string {
  const amount = Math.abs(value)
  switch (unit) {
    case 'W':
      return amount < 999.5 ? `${whole.format(amount)} W` : `${three.format(amount / 1000)} kW`
    case 'kWh':
      if (amount < 0.9995) return `${amount < 0.00995 ? three.format(amount * 1000) : whole.format(amount * 1000)} Wh`
      return amount < 9_995 ? `${three.format(amount)} kWh` : `${three.format(amount / 1000)} MWh`
    case 'currency':
      return moneyText(amount, currency)
    case 'currency/kWh':
      return `${priceText(amount, currency)} per kWh`
    case 'currency/h':
      return `${moneyText(amount, currency)} an hour`
    case 'kg':
      if (amount < 0.9995) return `${amount < 0.00995 ? three.format(amount * 1000) : whole.format(amount * 1000)} g`
      return amount < 9_995 ? `${three.format(amount)} kg` : `${three.format(amount / 1000)} t`
    case 'g/kWh':
      return `${three.format(amount)} g per kWh`
    case 'percent':
      return `${amount < 9.95 ? three.format(Math.round(amount * 10) / 10) : whole.format(amount)}%`
    case 'seconds':
      return durationText(amount)
    case 'count':
      return whole.format(amount)
    case 'V':
    case 'A':
      return `${three.format(amount)} ${unit}`
    case 'Hz':
      return `${twoDecimals.format(amount)} Hz`
    case 'ratio':
      return twoDecimals.format(amount)
  }
}

function moneyText(amount: number, currency: string): string {
  const style = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const
  const exact = new Intl.NumberFormat(LOCALE, style)
  const coin = 10 ** -(exact.resolvedOptions().maximumFractionDigits ?? 2)
  // Less than a coin would read as nothing.
  if (amount > 0 && amount < coin) return new Intl.NumberFormat(LOCALE, { ...style, maximumSignificantDigits: 1 }).format(amount)
  return amount < 999.5
    ? exact.format(amount)
    : new Intl.NumberFormat(LOCALE, { ...style, maximumFractionDigits: 0 }).format(amount)
}

function priceText(amount: number, currency: string): string {
  const style = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const
  return new Intl.NumberFormat(LOCALE, { ...style, minimumFractionDigits: 2, maximumFractionDigits: 4 }).format(amount)
}

/** 40 s, 25 min, 3 h 20 min, 2 days 4 h. */
export function durationText(seconds: number): string {
  if (seconds < 59.5) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  if (minutes < 48 * 60) {
    const rest = minutes % 60
    return `${Math.floor(minutes / 60)} h${rest > 0 ? ` ${rest} min` : ''}`
  }
  const hours = Math.round(seconds / 3600)
  return `${Math.floor(hours / 24)} days${hours % 24 > 0 ? ` ${hours % 24} h` : ''}`
}

/** today at 19:30, yesterday at 19:30, on Tuesday, 7 April at 19:30. */
export function momentText(at: number, place: AnswerPlace, precision: 'minute' | 'day' | 'month' = 'minute'): string {
  const local = DateTime.fromSeconds(at, { zone: place.timeZone, locale: 'en' })
  const now = DateTime.fromSeconds(place.nowSeconds, { zone: place.timeZone })
  if (precision === 'month') return `in ${local.toFormat('LLLL yyyy')}`
  const clock = precision === 'minute' ? ` at ${local.toFormat('HH:mm')}` : ''
  if (local.hasSame(now, 'day')) return `today${clock}`
  if (local.hasSame(now.minus({ days: 1 }), 'day')) return `yesterday${clock}`
  if (local.hasSame(now.plus({ days: 1 }), 'day')) return `tomorrow${clock}`
  return `on ${local.toFormat(local.hasSame(now, 'year') ? 'cccc, d LLLL' : 'cccc, d LLLL yyyy')}${clock}`
}

/** A period's label with the preposition it needs within a sentence. */
export function periodText(label: string): string {
  if (/^(?:today|yesterday|tomorrow|tonight|this |last |since |from |until |after |the same |the time |the night before)/.test(label))
    return label
  if (
    /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|^the weekend|^New Year|^(?:Christmas|Easter|Boxing) (?:Eve|Day|Sunday|Monday)|^Good Friday/.test(
      label,
    )
  ) {
    return `on ${label}`
  }
  if (/^(?:Easter|Christmas)\b|^the night/.test(label)) return `${label.startsWith('the') ? 'in' : 'at'} ${label}`
  return `in ${label}`
}
