import { DateTime } from 'luxon'
import { APPLIANCE_LABELS, type Appliance } from '@/lib/contracts/appliances'
import type { AlertCondition, AlertLanguage } from '@/lib/contracts/alerts'
import type { AlertEventRow } from '@/lib/data/alerts/alert-events'

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
const LOCALES: Record<AlertLanguage, string> = { en: 'en-GB', de: 'de-DE' }
const QUANTITIES = {
  en: { voltage: 'Voltage', frequency: 'Frequency', thd: 'Distortion' },
  de: { voltage: 'Spannung', frequency: 'Frequenz', thd: 'Oberschwingungen' },
} as const
const UNITS = { voltage: 'V', frequency: 'Hz', thd: '%' } as const

/** One event in a sentence: what it is, when it began, and when it ended. */
export function eventSentence(event: AlertEventRow, language: AlertLanguage, place: Place): string {
  const what = conditionSentence(event.condition, event.value, language, place)
  const where = event.buildingName === null ? '' : `${event.buildingName}: `
  const since = momentText(event.startedAt, language, place.timeZone)
  const until = event.resolvedAt === null ? null : momentText(event.resolvedAt, language, place.timeZone)
  const words = { en: ['since', 'from', 'to'], de: ['seit', 'von', 'bis'] }[language]
  return `${where}${what} (${until === null ? `${words[0]} ${since}` : `${words[1]} ${since} ${words[2]} ${until}`})`
}

/** @param value in the unit of the condition, as the event has it */
export function conditionSentence(condition: AlertCondition, value: number, language: AlertLanguage, { currency }: Place): string {
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
      return isGerman ? `Heute ${got} kWh verbraucht, mehr als ${limit} kWh` : `${got} kWh used today, more than ${limit} kWh`
    }
    case 'daily-cost': {
      const [got, limit] = [money(value), money(condition.amount)]
      return isGerman ? `Heute ${got} Energiekosten, mehr als ${limit}` : `${got} of energy today, more than ${limit}`
    }
    case 'no-readings':
      return isGerman ? `Keine Messwerte seit ${number(value)} min` : `No readings for ${number(value)} min`
    case 'power-quality': {
      const got = `${number(value, 2)} ${UNITS[condition.quantity]}`
      const name = QUANTITIES[language][condition.quantity]
      return isGerman ? `${name} ${got}, außerhalb der Grenzen der EN 50160` : `${name} ${got}, outside the limits of EN 50160`
    }
    case 'anomaly': {
      const percent = number(Math.abs(value))
      if (isGerman) return `Auffälligkeit${value === 0 ? '' : `: ${percent} % ${value > 0 ? 'mehr' : 'weniger'} als erwartet`}`
      return `Something looks wrong${value === 0 ? '' : `: ${percent} % ${value > 0 ? 'more' : 'less'} than expected`}`
    }
  }
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
