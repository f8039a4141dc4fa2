import type { Appliance } from '@/lib/contracts/appliances'
import { DAY_SECONDS, rankConfidence, type ApplianceRun, type BuildingHistory, type Incident } from './incident'
import { median, spread } from './robust'

const CYCLING: readonly Appliance[] = ['Refrigerator', 'Freezer', 'HeatPump']
const RECENT_DAYS = 2
const LEAST_DAYS = 10
const LEAST_RUNS_A_DAY = 4
/** Standard deviations, and the share of the usual value, that a change has to exceed on each of the recent days. */
const LEAST_DEVIATIONS = 5
const LEAST_CHANGE: Record<Measure, number> = { duty: 0.35, cycle: 0.45, energy: 0.4 }
const UNITS: Record<Measure, string> = { duty: '%', cycle: 'min', energy: 'Wh' }

type Measure = 'duty' | 'cycle' | 'energy'

interface CycleDay {
  startSeconds: number
  /** Share of the time it ran, %; mean run, minutes; mean energy of a run, Wh. */
  values: Record<Measure, number>
}

/**
 * Appliances that switch themselves on and off, whose share of the time on, length of runs or energy of a run has changed for
 * two days. A heat pump follows the weather: of it only runs that became short count.
 */
export function cycleChanges(history: BuildingHistory): Incident[] {
  return CYCLING.flatMap((appliance) => {
    const days = daysOf(history, appliance)
    const recent = days.slice(-RECENT_DAYS)
    const past = days.slice(0, -RECENT_DAYS)
    if (past.length < LEAST_DAYS || recent.length < RECENT_DAYS) return []
    const measures: readonly Measure[] = appliance === 'HeatPump' ? ['cycle'] : ['duty', 'cycle', 'energy']
    const changes = measures.map((measure) => changeOf(measure, past, recent))
    const worst = changes.reduce((a, b) => (b.strength > a.strength ? b : a))
    if (worst.strength < 1 || (appliance === 'HeatPump' && worst.value > worst.usual)) return []
    const { measure, value, usual, strength } = worst
    const confidence = median(history.runs.filter((run) => run.appliance === appliance).map((run) => run.confidence))
    return [{
      type: 'appliance_cycle_changed' as const,
      buildingId: history.buildingId,
      appliance,
      startSeconds: recent[0]!.startSeconds,
      endSeconds: history.nowSeconds,
      severity: 'warning' as const,
      value,
      expectedValue: usual,
      unit: UNITS[measure],
      strength,
      confidence: rankConfidence(past.length, strength, confidence),
      details: { measure, value, usual, days: past.length },
      curve: days.map(({ startSeconds, values }): [number, number, number] => [startSeconds, values[measure], usual]),
    }]
  })
}

function changeOf(measure: Measure, past: readonly CycleDay[], recent: readonly CycleDay[]) {
  const before = past.map(({ values }) => values[measure])
  const usual = median(before)
  const threshold = Math.max(LEAST_DEVIATIONS * spread(before), LEAST_CHANGE[measure] * usual)
  const changes = recent.map(({ values }) => values[measure] - usual)
  const isOneWay = changes.every((change) => change > 0) || changes.every((change) => change < 0)
  const smallest = Math.min(...changes.map(Math.abs))
  const value = median(recent.map(({ values }) => values[measure]))
  return { measure, value, usual, strength: isOneWay ? smallest / threshold : 0 }
}

/** Whole days back from now, in which the appliance ran often enough and the meter was read. */
function daysOf(history: BuildingHistory, appliance: Appliance): CycleDay[] {
  const byDay = new Map<number, ApplianceRun[]>()
  for (const run of history.runs) {
    if (run.appliance !== appliance || run.endedAt === null) continue
    const day = Math.floor((history.nowSeconds - run.startedAt) / DAY_SECONDS)
    const runs = byDay.get(day)
    if (runs) runs.push(run)
    else byDay.set(day, [run])
  }
  const covered = new Map<number, number>()
  for (const { startSeconds, coveredSeconds } of history.hours) {
    const day = Math.floor((history.nowSeconds - startSeconds - 1) / DAY_SECONDS)
    covered.set(day, (covered.get(day) ?? 0) + coveredSeconds)
  }
  return [...byDay]
    .filter(([day, runs]) => runs.length >= LEAST_RUNS_A_DAY && (covered.get(day) ?? 0) >= 0.9 * DAY_SECONDS)
    .sort(([a], [b]) => b - a)
    .map(([day, runs]) => {
      const onSeconds = runs.reduce((sum, { startedAt, endedAt }) => sum + (endedAt! - startedAt), 0)
      return {
        startSeconds: history.nowSeconds - (day + 1) * DAY_SECONDS,
        values: {
          duty: (100 * onSeconds) / DAY_SECONDS,
          cycle: onSeconds / runs.length / 60,
          energy: runs.reduce((sum, { energyWh }) => sum + energyWh, 0) / runs.length,
        },
      }
    })
}
