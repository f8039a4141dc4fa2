import { DateTime } from 'luxon'
import type { Span } from './local-periods'

export const ZONE = 'Europe/Berlin'

export interface Price {
  validFrom: string
  name: string
  /** A local day. */
  standingCharge: number
  /** Currency per kWh, by day and from 22 to 6 o'clock. */
  day: number
  night: number
}

/** What the asked home pays, newest first. */
export const PRICES: readonly Price[] = [
  { validFrom: '2026-04-01', name: 'Lindenstrom Plus', standingCharge: 0.45, day: 0.37, night: 0.26 },
  { validFrom: '2025-01-01', name: 'Lindenstrom', standingCharge: 0.4, day: 0.34, night: 0.24 },
]

/** Grams of CO2 a kWh since a local date, newest first. */
export const CARBON = [
  { validFrom: '2026-01-01', gramsPerKwh: 350 },
  { validFrom: '2025-01-01', gramsPerKwh: 380 },
] as const

const since = <T extends { validFrom: string }>(rows: readonly T[], date: string): T => {
  const found = rows.find(({ validFrom }) => validFrom <= date)
  if (!found) throw new Error(`Nothing is known of ${date}.`)
  return found
}

export function priceAt(seconds: number): { name: string; pricePerKwh: number; standingCharge: number } {
  const local = DateTime.fromSeconds(seconds, { zone: ZONE })
  const { name, day, night, standingCharge } = since(PRICES, local.toISODate() ?? '')
  return { name, pricePerKwh: local.hour >= 22 || local.hour < 6 ? night : day, standingCharge }
}

/** Standing charges of a time, each spread over its local day. */
export function standingCharges({ from, to }: Span): number {
  let sum = 0
  for (let day = DateTime.fromSeconds(from, { zone: ZONE }).startOf('day'); day.toSeconds() < to; day = day.plus({ days: 1 })) {
    const [start, end] = [day.toSeconds(), day.plus({ days: 1 }).toSeconds()]
    const { standingCharge } = since(PRICES, day.toISODate() ?? '')
    sum += (standingCharge * (Math.min(end, to) - Math.max(start, from))) / (end - start)
  }
  return sum
}
