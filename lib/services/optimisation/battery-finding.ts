import type { Equipment } from '@/lib/contracts/optimisation'
import { AS_IT_WAS, dayCost, type DayBattery, type DayPlan } from '@/lib/domain/day-plan'
import { QUARTER_SECONDS, type LocalCalendar } from '@/lib/domain/local-calendar'
import type { BuiltDay } from '@/lib/insights/optimise/build-day'
import type { ModelSolver } from '@/lib/insights/optimise/highs-solver'
import { withLimit } from '@/lib/insights/optimise/shift-runs'
import { solveDay } from '@/lib/insights/optimise/solve-day'
import { state } from '@/lib/insights/optimise/wording'
import type { LoadedDays } from './load-days'
import { isWorthSaying, nothing, recommendation, type Finding } from './recommendation'
import { daysStatements } from './shifting-findings'

/** When a battery would have been charged and discharged in these days, the runs as they were. */
export async function findBatterySchedule(
  loaded: LoadedDays,
  { battery: given, peakLimitWatts }: Equipment,
  currency: string,
  solver: ModelSolver,
): Promise<Finding> {
  if (!given) return nothing(state('noBattery'))
  const battery = toDayBattery(given)
  const { days } = loaded
  const plans: { day: BuiltDay; plan: DayPlan; isProven: boolean }[] = []
  for (const day of days) {
    const runs = day.problem.runs.map((run) => ({ ...run, candidateSlots: [run.startSlot] }))
    plans.push({ day, ...(await solveDay(withLimit({ ...day.problem, runs, battery }, peakLimitWatts), solver)) })
  }
  const currentCost = days.reduce((sum, { problem }) => sum + dayCost(problem, AS_IT_WAS), 0)
  const plannedCost = plans.reduce((sum, { day, plan }) => sum + dayCost(day.problem, plan), 0)
  if (!isWorthSaying(currentCost - plannedCost)) return nothing(state('batteryNoGain'))
  const coverage = days.reduce((sum, day) => sum + day.coverage, 0) / days.length
  const { capacityKwh: capacity, powerKw: power } = given
  return {
    recommendations: [
      recommendation({
        type: 'battery_schedule',
        title: 'Charge the battery when energy costs least',
        currency,
        period: { from: loaded.fromSeconds, to: loaded.toSeconds, days: days.length },
        currentCost,
        plannedCost,
        confidence: coverage * (days.length / loaded.lookedAt),
        batteryWattsByHour: meanWattsByHour(plans, loaded.calendar),
        assumptions: [
          state('batteryEmpty', { capacity, power, efficiency: Math.round(given.roundTripEfficiency * 100) }),
          state('batteryStill'),
          ...daysStatements(loaded, plans.filter(({ isProven }) => !isProven).length),
        ],
      }),
    ],
    notes: [],
  }
}

export function toDayBattery({ capacityKwh, powerKw, roundTripEfficiency }: NonNullable<Equipment['battery']>): DayBattery {
  return { capacityKwh, slotKwh: (powerKw * QUARTER_SECONDS) / 3600, roundTripEfficiency }
}

function meanWattsByHour(plans: readonly { day: BuiltDay; plan: DayPlan }[], calendar: LocalCalendar): number[] {
  const hours = Array.from({ length: 24 }, () => ({ kwh: 0, quarters: 0 }))
  for (const { day, plan } of plans) {
    for (const slot of day.problem.baseKwh.keys()) {
      const { clockSeconds } = calendar.moment(day.problem.startSeconds + slot * QUARTER_SECONDS)
      const hour = hours[Math.floor(clockSeconds / 3600)]
      if (!hour) continue
      hour.kwh += plan.batteryKwh?.[slot] ?? 0
      hour.quarters++
    }
  }
  return hours.map(({ kwh, quarters }) => (quarters > 0 ? (kwh * 3_600_000) / QUARTER_SECONDS / quarters : 0))
}
