import { DateTime } from 'luxon'
import { APPLIANCE_LABELS, type Appliance } from '@/lib/contracts/appliances'
import type { AnomalyType } from '@/lib/contracts/anomalies'
import type { AlertCondition, AlertLanguage } from '@/lib/contracts/alerts'
import type { AlertEventRow } from '@/lib/data/alerts/alert-events'
import { anomalyName } from '@/lib/domain/anomaly-names'

/** What figures and times are written for. */
export interface Place {
  timeZone: string
  currency: string
}

const GERMAN: Record<Appliance, string> = {
  HeatPump: 'Wärmepumpe',
  Dishwasher: 'Spülmaschine',
  WashingMachine: 'Waschmaschine',
  Dryer: 'Trockner',
  Freezer: 'Gefrierschrank',
  Refrigerator: 'Kühlschrank',
  ElectricOven: 'Backofen',
  Microwave: 'Mikrowelle',
  ElectricKettle: 'Wasserkocher',
  Computer: 'Computer',
  Television: 'Fernseher',
}
const GERMAN_ANOMALIES: Record<AnomalyType, string> = {
  unusual_consumption: 'Ungewöhnlicher Verbrauch',
  unusual_day: 'Ungewöhnlicher Tag',
  appliance_long_run: 'ungewöhnlich lange an',
  appliance_odd_hour: 'zu ungewöhnlicher Zeit an',
  appliance_not_running: 'läuft nicht mehr',
  appliance_cycle_changed: 'taktet anders',
  standby_rose: 'Grundlast gestiegen',
  voltage_low: 'Spannung zu niedrig',
  voltage_high: 'Spannung zu hoch',
  frequency_deviation: 'Frequenz außerhalb der Grenzen',
  harmonic_distortion: 'Verzerrung zu hoch',
  meter_gap: 'Messwerte fehlen',
  meter_stuck: 'Zähler steht still',
  meter_impossible: 'Unmöglicher Messwert',
}
/** Of the others a share of what was expected says nothing: an hour of the day, a limit, a meter that stands still. */
const AMOUNTS: readonly AnomalyType[] = ['unusual_consumption', 'unusual_day', 'appliance_long_run', 'appliance_cycle_changed', 'standby_rose']
const LOCALES: Record<AlertLanguage, string> = { en: 'en-GB', de: 'de-DE' }
const QUANTITIES = {
  en: { voltage: 'Voltage', frequency: 'Frequency', thd: 'Distortion' },
  de: { voltage: 'Spannung', frequency: 'Frequenz', thd: 'Oberschwingungen' },
} as const
const UNITS = { voltage: 'V', frequency: 'Hz', thd: '%' } as const

/** One event in a sentence: what it is, when it began, and when it ended. */
export function eventSentence(event: AlertEventRow, language: AlertLanguage, place: Place): string {
  const what =
    event.condition.kind === 'anomaly'
      ? anomalySentence(event.anomaly, event.value, language)
      : conditionSentence(event.condition, event.value, language, place)
  const where = event.buildingName === null ? '' : `${event.buildingName}: `
  const since = momentText(event.startedAt, language, place.timeZone)
  const until = event.resolvedAt === null ? null : momentText(event.resolvedAt, language, place.timeZone)
  const words = { en: ['since', 'from', 'to'], de: ['seit', 'von', 'bis'] }[language]
  return `${where}${what} (${until === null ? `${words[0]} ${since}` : `${words[1]} ${since} ${words[2]} ${until}`})`
}

/** @param value in the unit of the condition, as the event has it */
function conditionSentence(condition: Exclude<AlertCondition, { kind: 'anomaly' }>, value: number, language: AlertLanguage, { currency }: Place): string {
  const isGerman = language === 'de'
  const number = (amount: number, digits = 0) => new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits }).format(amount)
  const money = (amount: number) => new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency }).format(amount)
  const appliance = (key: Appliance) => (isGerman ? GERMAN[key] : APPLIANCE_LABELS[key])
  switch (condition.kind) {
    case 'power': {
      const [got, limit, span] = [number(value), number(condition.watts), number(condition.forMinutes)]
      const isAbove = condition.direction === 'above'
      if (isGerman) return `Leistung ${got} W, seit mindestens ${span} min ${isAbove ? 'über' : 'unter'} ${limit} W`
      return `Power ${got} W, ${isAbove ? 'above' : 'below'} ${limit} W for at least ${span} min`
    }
    case 'appliance-on': {
      const [got, limit] = [number(value), number(condition.minutes)]
      return isGerman
        ? `${appliance(condition.appliance)} läuft ${got} min, länger als ${limit} min`
        : `${appliance(condition.appliance)} on for ${got} min, longer than ${limit} min`
    }
    case 'appliance-hours': {
      const hours = `${condition.from}–${condition.until}`
      return isGerman
        ? `${appliance(condition.appliance)} läuft zwischen ${hours} Uhr`
        : `${appliance(condition.appliance)} on between ${hours}`
    }
    case 'appliance-idle':
      return isGerman
        ? `${appliance(condition.appliance)} ist seit ${number(value)} Tagen nicht gelaufen`
        : `${appliance(condition.appliance)} has not run for ${number(value)} days`
    case 'daily-energy': {
      const [got, limit] = [number(value, 2), number(condition.kilowattHours, 2)]
      return isGerman ? `${got} kWh an einem Tag verbraucht, mehr als ${limit} kWh` : `${got} kWh used in a day, more than ${limit} kWh`
    }
    case 'daily-cost': {
      const [got, limit] = [money(value), money(condition.amount)]
      return isGerman ? `Energiekosten von ${got} an einem Tag, mehr als ${limit}` : `${got} of energy in a day, more than ${limit}`
    }
    case 'no-readings':
      return isGerman ? `Keine Messwerte seit ${number(value)} min` : `No readings for ${number(value)} min`
    case 'power-quality': {
      const got = `${number(value, 2)} ${UNITS[condition.quantity]}`
      const name = QUANTITIES[language][condition.quantity]
      return isGerman ? `${name} ${got}, außerhalb der Grenzen der EN 50160` : `${name} ${got}, outside the limits of EN 50160`
    }
  }
}

/** What looks wrong, by how much where that is an amount. @param percent against what was expected */
function anomalySentence(anomaly: AlertEventRow['anomaly'], percent: number, language: AlertLanguage): string {
  const isGerman = language === 'de'
  const amount = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 0 }).format(Math.abs(percent))
  const isAmount = percent !== 0 && (!anomaly || AMOUNTS.includes(anomaly.type))
  const than = isGerman ? `${amount} % ${percent > 0 ? 'mehr' : 'weniger'} als erwartet` : `${amount} % ${percent > 0 ? 'more' : 'less'} than expected`
  return `${anomaly ? nameOf(anomaly, isGerman) : isGerman ? 'Auffälligkeit' : 'Something looks wrong'}${isAmount ? `: ${than}` : ''}`
}

function nameOf({ type, appliance }: NonNullable<AlertEventRow['anomaly']>, isGerman: boolean): string {
  if (isGerman) return `${appliance ? `${GERMAN[appliance]}: ` : ''}${GERMAN_ANOMALIES[type]}`
  const name = anomalyName(type, appliance)
  return name.charAt(0).toUpperCase() + name.slice(1)
}

export function messageTitle(
  kind: 'alert' | 'resolved' | 'summary' | 'test',
  siteName: string,
  names: readonly string[],
  language: AlertLanguage,
): string {
  const isGerman = language === 'de'
  const first = names[0] ?? ''
  switch (kind) {
    case 'alert':
      return `${siteName}: ${first}`
    case 'resolved':
      return isGerman ? `${siteName}: ${first} – vorbei` : `${siteName}: ${first} – over`
    case 'summary':
      return isGerman
        ? `${siteName}: ${names.length === 1 ? 'eine Meldung' : `${names.length} Meldungen`} während der Ruhezeit`
        : `${siteName}: ${names.length === 1 ? 'one alert' : `${names.length} alerts`} during quiet hours`
    case 'test':
      return isGerman ? `${siteName}: Probemeldung` : `${siteName}: test alert`
  }
}

export const testSentence = (language: AlertLanguage) =>
  language === 'de' ? 'Dieser Kanal ist richtig eingerichtet.' : 'This channel is set up correctly.'

function momentText(seconds: number, language: AlertLanguage, timeZone: string): string {
  return DateTime.fromSeconds(seconds, { zone: timeZone, locale: LOCALES[language] }).toLocaleString(DateTime.DATETIME_SHORT)
}
