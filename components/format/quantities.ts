import type { Translator } from '@/components/i18n/messages'

/** A number as a person reads it, apart from its unit so that the two can be set in different sizes. */
export interface Quantity {
  value: string
  unit: string
}

export interface FormatSettings {
  /** A BCP 47 tag; what Intl does not know falls back to British English, the language of the texts. */
  locale: string
  timeZone: string
  /** ISO 4217. */
  currency: string
}

export interface Format {
  settings: FormatSettings
  power(watts: number): Quantity
  energy(energyKwh: number): Quantity
  /** Both joined by a no-break space. */
  powerText(watts: number): string
  energyText(energyKwh: number): string
  money(amount: number): string
  percent(share: number): string
  /** Hours and minutes at the site. */
  clock(timestampSeconds: number): string
  clockWithSeconds(timestampSeconds: number): string
  /** Weekday and date at the site. */
  day(timestampSeconds: number): string
  /** A date or time at the site in any other form. */
  local(timestampSeconds: number, options: Intl.DateTimeFormatOptions): string
  /** Of one kWh: with as many digits as prices are written with. */
  price(amountPerKwh: number): string
  /** CO2 equivalent. */
  mass(kilograms: number): string
  /** With a sign, for changes: 0.08 reads +8 %. */
  change(share: number): string
}

export const NO_BREAK_SPACE = '\u00a0'
const FALLBACK_LOCALE = 'en-GB'

function supported(locale: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale)[0] ?? FALLBACK_LOCALE
  } catch {
    return FALLBACK_LOCALE
  }
}

/** Server and browser carry different editions of the locale data, which differ in the spaces they put into times. */
const evenSpaces = (text: string) => text.replaceAll('\u202f', ' ').replaceAll('\u2009', ' ')

/** Three significant digits throughout; watts and watt hours below 1,000 without decimals, as meters resolve no finer. */
export function createFormat(settings: FormatSettings): Format {
  const locale = supported(settings.locale)
  const { timeZone, currency } = settings
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const significant = new Intl.NumberFormat(locale, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 })
  const moneyFormat = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  const largeMoney = new Intl.NumberFormat(locale, {
    style: 'currency', currency, currencyDisplay: 'narrowSymbol', maximumFractionDigits: 0,
  })
  const smallestCoin = 10 ** -(moneyFormat.resolvedOptions().maximumFractionDigits ?? 2)
  const percentFormat = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const clockFormat = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' })
  const secondsFormat = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const changeFormat = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' })
  const priceFormat = new Intl.NumberFormat(locale, {
    style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: 2, maximumFractionDigits: 4,
  })
  const otherFormats = new Map<string, Intl.DateTimeFormat>()
  const dayFormat = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long', day: 'numeric', month: 'long' })

  const scaled = (amount: number, small: string, large: string): Quantity => {
    const rounded = Math.round(amount)
    // `|| 0` turns a negative zero into zero.
    if (Math.abs(rounded) < 1000) return { value: whole.format(rounded || 0), unit: small }
    return { value: significant.format(amount / 1000), unit: large }
  }
  const joined = ({ value, unit }: Quantity) => `${value}${NO_BREAK_SPACE}${unit}`
  const power = (watts: number) => scaled(watts, 'W', 'kW')
  const energy = (energyKwh: number): Quantity =>
    energyKwh > 0 && energyKwh < 0.0005 ? { value: '<1', unit: 'Wh' } : scaled(energyKwh * 1000, 'Wh', 'kWh')
  const date = (formatter: Intl.DateTimeFormat) => (timestampSeconds: number) =>
    evenSpaces(formatter.format(new Date(timestampSeconds * 1000)))

  return {
    settings: { locale, timeZone, currency },
    power,
    energy,
    powerText: (watts) => joined(power(watts)),
    energyText: (energyKwh) => joined(energy(energyKwh)),
    money(amount) {
      const size = Math.abs(amount)
      if (size > 0 && size < smallestCoin / 2) return `<${evenSpaces(moneyFormat.format(smallestCoin))}`
      return evenSpaces((size >= 1000 ? largeMoney : moneyFormat).format(amount || 0))
    },
    percent: (share) => evenSpaces(percentFormat.format(share)),
    clock: date(clockFormat),
    clockWithSeconds: date(secondsFormat),
    day: date(dayFormat),
    local(timestampSeconds, options) {
      const key = JSON.stringify(options)
      let formatter = otherFormats.get(key)
      if (!formatter) otherFormats.set(key, (formatter = new Intl.DateTimeFormat(locale, { timeZone, ...options })))
      return date(formatter)(timestampSeconds)
    },
    price: (amountPerKwh) => `${evenSpaces(priceFormat.format(amountPerKwh || 0))}/kWh`,
    mass: (kilograms) => joined(scaled(kilograms * 1000, 'g', 'kg')),
    change: (share) => evenSpaces(changeFormat.format(share || 0)),
  }
}

/**
 * A span of time in words, rounded down to its largest unit: "42 seconds", "1 minute"; in the case that words like "for" and
 * "ago" take: "(seit) 2 Tagen".
 */
export function durationInWords(seconds: number, t: Translator<'format'>): string {
  const units = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]] as const
  for (const [name, size] of units) {
    const count = Math.floor(Math.max(0, seconds) / size)
    if (count >= 1 || size === 1) return t(`duration.${name}`, { count })
  }
  return t('duration.second', { count: 0 })
}
