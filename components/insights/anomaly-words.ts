import type { Translator } from '@/components/i18n/messages'
import type { Anomaly, AnomalyType } from '@/lib/contracts/anomalies'
import { APPLIANCES } from '@/lib/contracts/appliances'

const AGAINST_LIMITS: readonly AnomalyType[] = ['voltage_low', 'voltage_high', 'frequency_deviation', 'harmonic_distortion']

/** What an anomaly says in the reader's language. */
export interface AnomalyWords {
  title: string
  message: string
  advice: string
  value: string
  expected: string
}

export function anomalyWords(
  anomaly: Anomaly,
  locale: string,
  t: Translator<'anomalies'>,
  appliances: Translator<'appliances'>,
): AnomalyWords {
  const { type, details, unit } = anomaly
  const known = APPLIANCES.find((name) => name === anomaly.appliance)
  const number = (value: number) => numberText(value, unit, locale)
  const values = Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, typeof value === 'number' ? number(value) : value]),
  )
  return {
    title: t(`kind.${type}`, { appliance: known ? appliances(`label.${known}`) : '' }),
    message: t(`message.${type}`, values),
    advice: t(`advice.${type}`),
    value: t('value', { value: number(anomaly.value), unit }),
    expected: t(AGAINST_LIMITS.includes(type) ? 'limit' : 'expected', { value: number(anomaly.expectedValue), unit }),
  }
}

/** What the values of a curve are in: of energy each hour's or day's own, of readings that are missing the minutes of an hour. */
export function curveUnit(type: Anomaly['type'], unit: string): string {
  if (type === 'unusual_consumption' || type === 'unusual_day') return 'Wh'
  return type === 'meter_gap' ? 'min' : unit
}

/** As many digits as the quantity is known to. */
export function numberText(value: number, unit: string, locale: string): string {
  const digits = unit === 'Hz' ? 2 : Math.abs(value) < 10 || unit === 'V' ? 1 : 0
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)
}
