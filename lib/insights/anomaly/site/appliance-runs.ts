import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { LocalCalendar } from '@/lib/domain/local-calendar'
import {
  DAY_SECONDS, HOUR_SECONDS, isConfirmed, rankConfidence, RECENT_SECONDS, type ApplianceRun, type BuildingHistory, type Incident,
} from './incident'
import { median, spread } from './robust'

/** Always in use: not running for a while is a fault, and their runs have no hours of their own. */
const ALWAYS_CYCLING: readonly Appliance[] = ['Refrigerator', 'Freezer']
/** Their runs follow the weather or people's moods: neither hours nor pauses tell anything. */
const WITHOUT_HABITS: readonly Appliance[] = [...ALWAYS_CYCLING, 'HeatPump']
const LEAST_CONFIDENCE = 0.4
const LEAST_RUNS = 8
const LEAST_RUNS_FOR_HABITS = 20
const LONGER_THAN_EVER = 1.8
const LEAST_EXTRA_SECONDS = 600
const LEAST_HOURS_OFF = 4.5
const FURTHER_THAN_EVER = 2
const DAY_HOURS = 24
const PAUSE = { cycling: { factor: 3, leastSeconds: 4 * HOUR_SECONDS }, habit: { factor: 3, leastSeconds: 4 * DAY_SECONDS } }
const CURVE_RUNS = 30

/** Runs that lasted longer, or began at another hour, than any before, and appliances that stopped running at all. */
export function applianceRuns(history: BuildingHistory, calendar: LocalCalendar): Incident[] {
  return APPLIANCES.flatMap((appliance) => {
    const runs = history.runs.filter((run) => run.appliance === appliance && run.confidence >= LEAST_CONFIDENCE)
    const recentFrom = history.nowSeconds - RECENT_SECONDS
    const isOver = (run: ApplianceRun) => run.endedAt !== null && run.endedAt <= recentFrom
    const isReal = (run: ApplianceRun) => isConfirmed(history, run.startedAt, ['appliance_long_run', 'appliance_odd_hour'], appliance)
    const past = runs.filter((run) => isOver(run) && !isReal(run))
    if (past.length < LEAST_RUNS) return []
    const recent = runs.filter((run) => !isOver(run))
    return [
      ...longRun(history, appliance, past, recent),
      ...(WITHOUT_HABITS.includes(appliance) ? [] : oddHour(history, appliance, past, recent, calendar)),
      ...notRunning(history, appliance, runs),
    ]
  })
}

function longRun(history: BuildingHistory, appliance: Appliance, past: readonly ApplianceRun[], recent: readonly ApplianceRun[]) {
  const secondsOf = ({ startedAt, endedAt }: ApplianceRun) => (endedAt ?? history.nowSeconds) - startedAt
  const before = past.map(secondsOf)
  const usual = median(before)
  const threshold = Math.max(Math.max(...before) * LONGER_THAN_EVER, usual + 4 * spread(before), usual + LEAST_EXTRA_SECONDS)
  return worstOf(recent, (run) => secondsOf(run) / threshold).map(({ item: run, strength }): Incident => {
    const value = secondsOf(run) / 60
    return {
      ...about(history, appliance, run),
      type: 'appliance_long_run',
      severity: strength >= 2 || run.endedAt === null ? 'critical' : 'warning',
      value,
      expectedValue: usual / 60,
      unit: 'min',
      strength,
      confidence: rankConfidence(past.length, strength, run.confidence),
      details: {
        state: run.endedAt === null ? 'running' : 'over',
        minutes: value,
        usualMinutes: usual / 60,
        longestMinutes: Math.max(...before) / 60,
        runs: past.length,
      },
      curve: [...past, run].slice(-CURVE_RUNS).map((each) => [each.startedAt, secondsOf(each) / 60, usual / 60]),
    }
  })
}

function oddHour(
  history: BuildingHistory,
  appliance: Appliance,
  past: readonly ApplianceRun[],
  recent: readonly ApplianceRun[],
  calendar: LocalCalendar,
): Incident[] {
  const hourOf = ({ startedAt }: ApplianceRun) => calendar.moment(startedAt).clockSeconds / HOUR_SECONDS
  const before = past.map(hourOf)
  const away = (hour: number, from: readonly number[]) => {
    return Math.min(...from.map((other) => Math.min(Math.abs(hour - other), DAY_HOURS - Math.abs(hour - other))))
  }
  const usualDistance = Math.max(...before.map((hour, index) => away(hour, before.toSpliced(index, 1))))
  const threshold = Math.max(usualDistance * FURTHER_THAN_EVER, LEAST_HOURS_OFF)
  return worstOf(recent, (run) => away(hourOf(run), before) / threshold).map(({ item: run, strength }) => ({
    ...about(history, appliance, run),
    type: 'appliance_odd_hour',
    severity: 'info',
    value: away(hourOf(run), before),
    expectedValue: Math.max(usualDistance, 0.1),
    unit: 'h',
    strength,
    confidence: rankConfidence(past.length, strength, run.confidence),
    details: { startedAt: run.startedAt, hours: away(hourOf(run), before), runs: past.length },
    curve: [...past, run].slice(-CURVE_RUNS).map((each) => [each.startedAt, hourOf(each), null]),
  }))
}

function notRunning(history: BuildingHistory, appliance: Appliance, runs: readonly ApplianceRun[]): Incident[] {
  const last = runs.at(-1)
  if (!last || last.endedAt === null || runs.length < LEAST_RUNS_FOR_HABITS || appliance === 'HeatPump') return []
  if (!isMeasured(history, last.endedAt)) return []
  const isCycling = ALWAYS_CYCLING.includes(appliance)
  const { factor, leastSeconds } = isCycling ? PAUSE.cycling : PAUSE.habit
  const pauses = runs.slice(1).map(({ startedAt }, index) => startedAt - (runs[index]!.endedAt ?? startedAt))
  const threshold = Math.max(Math.max(...pauses) * factor, leastSeconds)
  const pause = history.nowSeconds - last.endedAt
  if (pause < threshold) return []
  const usual = Math.max(median(pauses), 60)
  const strength = pause / threshold
  return [{
    ...about(history, appliance, last),
    startSeconds: last.endedAt,
    type: 'appliance_not_running',
    severity: isCycling ? 'critical' : 'info',
    value: pause / HOUR_SECONDS,
    expectedValue: usual / HOUR_SECONDS,
    unit: 'h',
    strength,
    confidence: rankConfidence(pauses.length, strength, median(runs.map(({ confidence }) => confidence))),
    details: {
      hours: pause / HOUR_SECONDS,
      usualHours: usual / HOUR_SECONDS,
      longestHours: Math.max(...pauses) / HOUR_SECONDS,
      runs: runs.length,
    },
    curve: [...pauses.map((each, index): [number, number, number] => [runs[index + 1]!.startedAt, each / HOUR_SECONDS, usual / HOUR_SECONDS])]
      .slice(1 - CURVE_RUNS)
      .concat([[history.nowSeconds, pause / HOUR_SECONDS, usual / HOUR_SECONDS]]),
  }]
}

/** Without readings nothing is known of appliances. */
function isMeasured({ hours, nowSeconds }: BuildingHistory, fromSeconds: number): boolean {
  const inside = hours.filter(({ startSeconds }) => startSeconds >= fromSeconds)
  return inside.reduce((sum, { coveredSeconds }) => sum + coveredSeconds, 0) >= 0.8 * (nowSeconds - fromSeconds - HOUR_SECONDS)
}

function about({ buildingId, nowSeconds }: BuildingHistory, appliance: Appliance, { startedAt, endedAt }: ApplianceRun) {
  return { buildingId, appliance, startSeconds: startedAt, endSeconds: endedAt ?? nowSeconds }
}

function worstOf<T>(items: readonly T[], strengthOf: (item: T) => number): { item: T; strength: number }[] {
  const found = items.map((item) => ({ item, strength: strengthOf(item) })).filter(({ strength }) => strength >= 1)
  return found.sort((a, b) => b.strength - a.strength).slice(0, 1)
}
