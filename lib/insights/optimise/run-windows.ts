import type { Appliance } from '@/lib/contracts/appliances'
import { quantile } from '@/lib/domain/always-on'
import { QUARTER_SECONDS, type LocalCalendar } from '@/lib/domain/local-calendar'

/** Appliances whose runs a person, a timer or a controller could have begun at another time. */
export const FLEXIBLE_APPLIANCES = ['Dishwasher', 'WashingMachine', 'Dryer', 'HeatPump'] as const satisfies readonly Appliance[]

const DAY_SECONDS = 86_400
const MORNING_CLOCK_SECONDS = 6 * 3600
const NIGHT_CLOCK_SECONDS = 23 * 3600
/** A home runs an appliance at night if so many of its runs do, and more than one. */
const LEAST_NIGHT_SHARE = 0.1
const LEAST_NIGHT_RUNS = 2
/** A house keeps its warmth so long. */
const HEAT_PUMP_REACH_SLOTS = 4
const LONGEST_RUN_SECONDS: Record<(typeof FLEXIBLE_APPLIANCES)[number], number> = {
  Dishwasher: 6 * 3600,
  WashingMachine: 6 * 3600,
  Dryer: 6 * 3600,
  HeatPump: 4 * 3600,
}

/** Between which times of day runs of an appliance may lie, seconds since 00:00 on the local clock. */
export interface RunWindow {
  fromClockSeconds: number
  toClockSeconds: number
}

interface Times {
  startedAt: number
  endedAt: number
}

/**
 * When a home can be expected to run an appliance: between 6 and 23 o'clock, unless it has been seen to run it before or after; then
 * from as early, or until as late, as all but a twentieth of its runs.
 */
export function learnWindow(runs: readonly Times[], calendar: LocalCalendar): RunWindow {
  const clocks = runs.map(({ startedAt, endedAt }) => {
    const from = calendar.moment(startedAt).clockSeconds
    return { from, to: from + endedAt - startedAt }
  })
  const isHabit = (nights: readonly unknown[]) => nights.length >= LEAST_NIGHT_RUNS && nights.length >= LEAST_NIGHT_SHARE * runs.length
  const early = clocks.filter(({ from }) => from < MORNING_CLOCK_SECONDS)
  const late = clocks.filter(({ to }) => to > NIGHT_CLOCK_SECONDS)
  const toQuarter = (seconds: number, round: (value: number) => number) => round(seconds / QUARTER_SECONDS) * QUARTER_SECONDS
  return {
    fromClockSeconds: isHabit(early)
      ? toQuarter(quantile(early.map(({ from }) => from), 0.05), Math.floor)
      : MORNING_CLOCK_SECONDS,
    toClockSeconds: isHabit(late)
      ? Math.min(DAY_SECONDS, toQuarter(quantile(late.map(({ to }) => to), 0.95), Math.ceil))
      : NIGHT_CLOCK_SECONDS,
  }
}

/**
 * The quarters of a day in which a run may begin, ascending. The one it began in is always among them. A run that reaches over
 * midnight, or is longer than a cycle of its appliance, stays where it is.
 * @param slots quarters of the day
 * @param startSlot the one it began in
 * @param length how many quarters it touches
 */
export function candidateSlots(
  appliance: (typeof FLEXIBLE_APPLIANCES)[number],
  { startedAt, endedAt }: Times,
  { startSlot, length, slots }: { startSlot: number; length: number; slots: number },
  window: RunWindow,
  calendar: LocalCalendar,
): number[] {
  const duration = endedAt - startedAt
  if (startSlot + length > slots || duration > LONGEST_RUN_SECONDS[appliance]) return [startSlot]
  const { dayNumber } = calendar.moment(startedAt)
  return Array.from({ length: slots - length + 1 }, (_, slot) => slot).filter((slot) => {
    if (slot === startSlot) return true
    if (appliance === 'HeatPump') return Math.abs(slot - startSlot) <= HEAT_PUMP_REACH_SLOTS
    const start = calendar.moment(startedAt + (slot - startSlot) * QUARTER_SECONDS)
    const end = start.clockSeconds + duration
    return start.dayNumber === dayNumber && start.clockSeconds >= window.fromClockSeconds && end <= window.toClockSeconds
  })
}
