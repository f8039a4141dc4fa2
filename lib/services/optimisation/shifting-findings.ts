import { APPLIANCE_LABELS } from '@/lib/contracts/appliances'
import type { Equipment, Statement } from '@/lib/contracts/optimisation'
import { savePlannedRuns, type PlannedRunRow } from '@/lib/data/planned-runs'
import type { SiteRow } from '@/lib/data/sites'
import { AS_IT_WAS, dayCost, peakWatts } from '@/lib/domain/day-plan'
import type { BuiltDay } from '@/lib/insights/optimise/build-day'
import type { ModelSolver } from '@/lib/insights/optimise/highs-solver'
import { FLEXIBLE_APPLIANCES, type RunWindow } from '@/lib/insights/optimise/run-windows'
import { hasPriceDifference, isNoticeable, movedRuns, runsOf, shavePeak, shiftDay, type DayShift } from '@/lib/insights/optimise/shift-runs'
import { state } from '@/lib/insights/optimise/wording'
import type { LoadedDays } from './load-days'
import { isWorthSaying, nothing, recommendation, type Finding } from './recommendation'

const WATTS_PER_QUARTER_KWH = 4000

/** Which runs of the days would have cost less at another time: a recommendation for each appliance. */
export async function findShifting(
  { id: siteId, currency }: SiteRow,
  loaded: LoadedDays,
  equipment: Equipment,
  solver: ModelSolver,
): Promise<Finding> {
  const { days } = loaded
  const movable = days.some(({ problem }) => problem.runs.some(({ candidateSlots }) => candidateSlots.length > 1))
  if (!movable) return nothing(state('noRuns', { days: loaded.lookedAt }))
  if (!hasPriceDifference(days)) return nothing(state('flatPrice'))
  const shifts: DayShift[] = []
  for (const day of days) shifts.push(await shiftDay(day, solver, equipment.peakLimitWatts))
  await savePlannedRuns(siteId, shifts.flatMap(plannedRuns), loaded.fromSeconds)
  const currentCost = shifts.reduce((sum, shift) => sum + shift.currentCost, 0)
  const recommendations = FLEXIBLE_APPLIANCES.flatMap((appliance) => {
    const own = shifts.flatMap((shift) => shift.moved.filter((run) => run.appliance === appliance && isNoticeable(run)).map((run) => ({ run, day: shift.day })))
    const savings = own.reduce((sum, { run }) => sum + run.savings, 0)
    if (!isWorthSaying(savings)) return []
    const weights = own.reduce((sum, { run }) => sum + Math.abs(run.savings), 0)
    const seen = own.reduce((sum, { run, day }) => sum + Math.abs(run.savings) * (day.runs.get(run.id)?.confidence ?? 0), 0)
    const window = loaded.windows.get(appliance)
    const unproven = shifts.filter(({ isProven }) => !isProven).length
    return [
      recommendation({
        type: 'load_shifting',
        title: `Run the ${APPLIANCE_LABELS[appliance].toLowerCase()} when energy costs less`,
        currency,
        period: { from: loaded.fromSeconds, to: loaded.toSeconds, days: days.length },
        currentCost,
        plannedCost: currentCost - savings,
        confidence: (seen / weights) * (days.length / loaded.lookedAt),
        appliance,
        runs: own.map(({ run }) => run).toSorted((a, b) => b.savings - a.savings),
        consideredRuns: runsOf(days, appliance).length,
        assumptions: [
          state('sameRuns'),
          ...(appliance === 'HeatPump' ? [state('heatPump')] : window ? [windowStatement(window)] : []),
          state('order'),
          ...(equipment.peakLimitWatts === null ? [] : [state('peakLimit', { watts: Math.round(equipment.peakLimitWatts) })]),
          ...daysStatements(loaded, unproven),
        ],
      }),
    ]
  })
  return recommendations.length > 0 ? { recommendations, notes: [] } : nothing(state('alreadyBest'))
}

function plannedRuns({ day, plan, isProven }: DayShift): PlannedRunRow[] {
  if (!isProven) return []
  const dayStartSeconds = day.problem.startSeconds
  return [...plan.startSlots].map(([runId, startSlot]) => ({ runId, startSlot, dayStartSeconds }))
}

/** What moving runs would have taken off the highest quarter of an hour, where that is charged. */
export async function findPeakShaving(loaded: LoadedDays, { demandChargePerKw }: Equipment, currency: string, solver: ModelSolver): Promise<Finding> {
  if (demandChargePerKw === null) return nothing(state('noDemandCharge'))
  const { days } = loaded
  const { plans, currentKwh, plannedKwh, isProven } = await shavePeak(days, demandChargePerKw, solver)
  const charge = (kwh: number) => ((kwh * WATTS_PER_QUARTER_KWH) / 1000) * demandChargePerKw
  const costOf = (day: BuiltDay, planned: boolean) => dayCost(day.problem, (planned && plans.get(day)) || AS_IT_WAS)
  const currentCost = days.reduce((sum, day) => sum + costOf(day, false), 0) + charge(currentKwh)
  const plannedCost = days.reduce((sum, day) => sum + costOf(day, true), 0) + charge(plannedKwh)
  const runs = [...plans].flatMap(([day, plan]) => movedRuns(day, plan))
  if (!isWorthSaying(currentCost - plannedCost) || plannedKwh >= currentKwh) return nothing(state('peakAtBest'))
  const confidences = [...plans].flatMap(([day, plan]) => movedRuns(day, plan).map(({ id }) => day.runs.get(id)?.confidence ?? 0))
  return {
    recommendations: [
      recommendation({
        type: 'peak_shaving',
        title: 'Keep runs apart that made the highest demand',
        currency,
        period: { from: loaded.fromSeconds, to: loaded.toSeconds, days: days.length },
        currentCost,
        plannedCost,
        // Each of these runs has to be what it was taken for.
        confidence: Math.min(...confidences) * (days.length / loaded.lookedAt),
        runs: runs.toSorted((a, b) => b.energyKwh - a.energyKwh),
        consideredRuns: days.reduce((sum, day) => sum + day.runs.size, 0),
        power: {
          currentWatts: Math.max(...days.map(({ problem }) => peakWatts(problem, AS_IT_WAS))),
          plannedWatts: plannedKwh * WATTS_PER_QUARTER_KWH,
        },
        assumptions: [state('sameRuns'), state('billingMonth'), state('order'), ...daysStatements(loaded, isProven ? 0 : plans.size)],
      }),
    ],
    notes: [],
  }
}

/** What every saving over these days rests on. */
export function daysStatements({ days, lookedAt }: LoadedDays, unproven: number): Statement[] {
  return [
    ...(days.some(({ feedsIn }) => feedsIn) ? [state('netting')] : []),
    ...(days.some(({ isTiered }) => isTiered) ? [state('monthBlock')] : []),
    ...(unproven > 0 ? [state('notProven', { days: unproven })] : []),
    state('countedDays', { days: days.length, of: lookedAt }),
    state('separately'),
  ]
}

const windowStatement = ({ fromClockSeconds, toClockSeconds }: RunWindow) =>
  state('window', { from: clock(fromClockSeconds), to: clock(toClockSeconds) })

function clock(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${two(seconds / 3600)}:${two((seconds % 3600) / 60)}`
}
