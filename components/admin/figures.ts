import { NO_BREAK_SPACE } from '@/components/format/quantities'

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** 1536000 -> 1.5 MB; units of a thousand. */
export function bytesText(bytes: number, locale: string): string {
  let amount = Math.max(0, bytes)
  let unit = 0
  // 999.6 kB would be rounded to 1,000 kB.
  while (Math.round(amount) >= 1000 && unit < BYTE_UNITS.length - 1) {
    amount /= 1000
    unit++
  }
  const digits = unit > 0 && amount < 10 ? 1 : 0
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(amount)
  return `${number}${NO_BREAK_SPACE}${BYTE_UNITS[unit]}`
}

/** How long something took: 0.0042 -> 4.2 ms, 1.26 -> 1.3 s. */
export function tookText(seconds: number, locale: string): string {
  const inSeconds = seconds >= 0.9995
  const amount = inSeconds ? seconds : seconds * 1000
  const digits = amount < 10 ? 1 : 0
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(amount)
  return `${number}${NO_BREAK_SPACE}${inSeconds ? 's' : 'ms'}`
}

/** A rate or amount without a unit: three digits where it is small, whole where it is large. */
export function amountText(amount: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: amount < 10 ? 2 : amount < 100 ? 1 : 0 }).format(amount)
}

export function countText(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(count)
}

export function shareText(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(share)
}
