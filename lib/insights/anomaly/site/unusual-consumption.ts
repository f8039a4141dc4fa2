import type { LocalCalendar } from '@/lib/domain/local-calendar'
import { HOUR_SECONDS, rankConfidence, RECENT_SECONDS, type BuildingHistory, type HourReading, type Incident } from './incident'
import { median } from './robust'

const WINDOW_HOURS = 4
const LEAST_COVERED = 0.9
const LEAST_SAME_HOURS = 5
/** Two weeks: below, "never before" means little. */
const LEAST_WINDOWS = 14 * 24
/** How far beyond the largest residual so far. */
const MARGIN = 1.4
const LEAST_ENERGY_WH = 1_000
const CURVE_HOURS = 48

interface Window {
  endSeconds: number
  energyWh: number
  expectedWh: number
}

/**
 * Four hours that drew more or less than ever against the site's own profile (median by local hour, working days and weekends
 * apart). The threshold is conformal: the largest residual of all such windows before, and a margin.
 */
export function unusualConsumption(history: BuildingHistory, calendar: LocalCalendar): Incident[] {
  const hours = history.hours.filter(({ coveredSeconds }) => coveredSeconds >= LEAST_COVERED * HOUR_SECONDS)
  const recentFrom = history.nowSeconds - RECENT_SECONDS
  const usual = usualByHour(hours.filter(({ startSeconds }) => startSeconds < recentFrom), calendar)
  const windows = windowsOf(hours, (at) => usual.get(slotOf(at, calendar)) ?? null)
  const past = windows.filter(({ endSeconds }) => endSeconds <= recentFrom)
  if (past.length < LEAST_WINDOWS) return []
  const residual = ({ energyWh, expectedWh }: Window) => energyWh - expectedWh
  const most = past.reduce((most, window) => Math.max(most, residual(window)), LEAST_ENERGY_WH) * MARGIN
  const least = past.reduce((least, window) => Math.min(least, residual(window)), -LEAST_ENERGY_WH) * MARGIN
  const strengthOf = (window: Window) => (residual(window) > 0 ? residual(window) / most : residual(window) / least)
  const recent = windows.filter(({ endSeconds }) => endSeconds > recentFrom)
  const found = recent.filter((window) => strengthOf(window) >= 1)
  if (found.length === 0) return []
  const worst = found.reduce((a, b) => (strengthOf(b) > strengthOf(a) ? b : a))
  const curve = hours
    .filter(({ startSeconds }) => startSeconds >= worst.endSeconds - CURVE_HOURS * HOUR_SECONDS && startSeconds < worst.endSeconds)
    .map(({ startSeconds, energyWh }): [number, number, number | null] => [
      startSeconds,
      energyWh,
      usual.get(slotOf(startSeconds, calendar)) ?? null,
    ])
  const strength = strengthOf(worst)
  return [{
    type: 'unusual_consumption',
    buildingId: history.buildingId,
    appliance: null,
    startSeconds: worst.endSeconds - WINDOW_HOURS * HOUR_SECONDS,
    endSeconds: found.at(-1)!.endSeconds,
    severity: residual(worst) > 0 ? (strength >= 2 ? 'critical' : 'warning') : 'info',
    value: worst.energyWh / 1000,
    expectedValue: worst.expectedWh / 1000,
    unit: 'kWh',
    strength,
    confidence: rankConfidence(past.length, strength),
    details: {
      direction: residual(worst) > 0 ? 'more' : 'less',
      hours: WINDOW_HOURS,
      valueKwh: worst.energyWh / 1000,
      expectedKwh: worst.expectedWh / 1000,
      days: Math.round(past.length / 24),
    },
    curve,
  }]
}

function slotOf(seconds: number, calendar: LocalCalendar): number {
  const { weekday, clockSeconds } = calendar.moment(seconds)
  return (weekday >= 6 ? 24 : 0) + Math.floor(clockSeconds / HOUR_SECONDS)
}

function usualByHour(hours: readonly HourReading[], calendar: LocalCalendar): Map<number, number> {
  const bySlot = new Map<number, number[]>()
  for (const { startSeconds, energyWh } of hours) {
    const slot = slotOf(startSeconds, calendar)
    const values = bySlot.get(slot)
    if (values) values.push(energyWh)
    else bySlot.set(slot, [energyWh])
  }
  const known = [...bySlot].filter(([, values]) => values.length >= LEAST_SAME_HOURS)
  return new Map(known.map(([slot, values]) => [slot, median(values)]))
}

function windowsOf(hours: readonly HourReading[], expectedOf: (startSeconds: number) => number | null): Window[] {
  return hours.flatMap((hour, index) => {
    const inside = hours.slice(index - WINDOW_HOURS + 1, index + 1)
    const isWhole = inside.length === WINDOW_HOURS && inside[0]!.startSeconds === hour.startSeconds - (WINDOW_HOURS - 1) * HOUR_SECONDS
    if (index < WINDOW_HOURS - 1 || !isWhole) return []
    const expected = inside.map(({ startSeconds }) => expectedOf(startSeconds))
    if (expected.includes(null)) return []
    return [{
      endSeconds: hour.startSeconds + HOUR_SECONDS,
      energyWh: inside.reduce((sum, { energyWh }) => sum + energyWh, 0),
      expectedWh: expected.reduce<number>((sum, value) => sum + (value ?? 0), 0),
    }]
  })
}
