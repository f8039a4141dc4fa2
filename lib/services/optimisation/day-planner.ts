import type { CurrentUser } from '@/lib/contracts/current-user'
import type { DayRun, PlanBody, PlannerDay, PricedPlan } from '@/lib/contracts/optimisation'
import { findEquipment } from '@/lib/data/site-equipment'
import { findSiteOf, type SiteRow } from '@/lib/data/sites'
import { AS_IT_WAS, dayCost, fitsDay, overlappingRuns, peakWatts, runCosts, type DayPlan } from '@/lib/domain/day-plan'
import { localDateStartSeconds, QUARTER_SECONDS } from '@/lib/domain/local-calendar'
import { nextLocalDayStartSeconds } from '@/lib/domain/periods'
import { sharedSolver } from '@/lib/insights/optimise/highs-solver'
import { shiftDay } from '@/lib/insights/optimise/shift-runs'
import type { BuiltDay } from '@/lib/insights/optimise/build-day'
import { loadDays } from './load-days'

/** What a page waits for a suggestion; else the best found by then is suggested. */
const SUGGESTION_SECONDS = 3

export type PlanRefusal = 'no such site' | 'no such day' | { field: string; message: string }

/**
 * Prices a plan that a person made by hand for a past day, with the functions the optimiser's own plans are priced with.
 * @returns 'no such day' where the day is not over, was not measured well enough or has no price
 */
export async function pricePlanOf(
  user: CurrentUser,
  siteId: string,
  { day: date, moves }: PlanBody,
  nowSeconds = Date.now() / 1000,
): Promise<PricedPlan | PlanRefusal> {
  const site = await findSiteOf(user, siteId)
  if (!site) return 'no such site'
  const day = await dayAt(site, date, nowSeconds)
  if (!day) return 'no such day'
  const { problem, runs } = day
  const startSlots = new Map<string, number>()
  for (const [index, { runId, shiftMinutes }] of moves.entries()) {
    const run = problem.runs.find(({ id }) => id === runId)
    if (!run) return { field: `body.moves.${index}.runId`, message: `There is no run ${runId} on ${date} that could move.` }
    const slot = run.startSlot + (shiftMinutes * 60) / QUARTER_SECONDS
    if (slot !== run.startSlot && !fitsDay(problem, run, slot)) {
      return { field: `body.moves.${index}.shiftMinutes`, message: `The run has to begin and end on ${date}.` }
    }
    startSlots.set(runId, slot)
  }
  const timed = problem.runs.flatMap(({ id, startSlot }) => {
    const seen = runs.get(id)
    return seen ? [{ id, startSlot, startedAt: seen.startedAt, durationSeconds: seen.endedAt - seen.startedAt }] : []
  })
  const laid = overlappingRuns(timed, startSlots)
  const index = moves.findIndex(({ runId }) => laid.includes(runId))
  if (index >= 0) return { field: `body.moves.${index}.shiftMinutes`, message: 'The run would overlap another one of the same appliance.' }
  const plan: DayPlan = { startSlots, batteryKwh: null }
  const current = runCosts(problem, AS_IT_WAS)
  const planned = runCosts(problem, plan)
  const currentCost = dayCost(problem, AS_IT_WAS)
  const plannedCost = dayCost(problem, plan)
  return {
    success: true,
    siteId,
    day: date,
    currency: site.currency,
    currentCost,
    plannedCost,
    savings: currentCost - plannedCost,
    peak: { currentWatts: peakWatts(problem, AS_IT_WAS), plannedWatts: peakWatts(problem, plan) },
    runs: problem.runs.flatMap((run) => {
      const seen = runs.get(run.id)
      if (!seen) return []
      const slot = startSlots.get(run.id) ?? run.startSlot
      const startOf = (id: string) => startSlots.get(id) ?? problem.runs.find((other) => other.id === id)?.startSlot ?? slot
      return [{
        id: run.id,
        appliance: seen.appliance,
        startedAt: seen.startedAt,
        plannedStart: seen.startedAt + (slot - run.startSlot) * QUARTER_SECONDS,
        energyKwh: run.slotKwh.reduce((sum, kwh) => sum + kwh, 0),
        currentCost: current.get(run.id) ?? 0,
        plannedCost: planned.get(run.id) ?? 0,
        isUsualTime: run.candidateSlots.includes(slot) && run.after.every(({ id, leastSlots }) => slot - startOf(id) >= leastSlots),
      }]
    }),
  }
}

/** A past day of one of the user's sites with its runs and where the optimiser puts them; null where it cannot be counted. */
export async function getPlannerDayOf(user: CurrentUser, siteId: string, date: string, nowSeconds: number): Promise<PlannerDay | null> {
  const site = await findSiteOf(user, siteId)
  const day = site && (await dayAt(site, date, nowSeconds))
  if (!day) return null
  const { peakLimitWatts } = await findEquipment(siteId)
  const { plan } = await shiftDay(day, sharedSolver().within(SUGGESTION_SECONDS), peakLimitWatts)
  const { startSeconds, importPrices, exportPrices, baseKwh } = day.problem
  const runs = day.problem.runs.flatMap((run): DayRun[] => {
    const seen = day.runs.get(run.id)
    if (!seen) return []
    const { appliance, startedAt, endedAt, confidence } = seen
    return [{
      id: run.id,
      appliance,
      startedAt,
      durationSeconds: endedAt - startedAt,
      energyKwh: run.slotKwh.reduce((sum, kwh) => sum + kwh, 0),
      confidence,
      startSlot: run.startSlot,
      slotKwh: [...run.slotKwh],
      candidateSlots: [...run.candidateSlots],
      suggestedSlot: plan.startSlots.get(run.id) ?? run.startSlot,
    }]
  })
  return {
    day: date,
    startSeconds,
    importPrices: [...importPrices],
    exportPrices: [...exportPrices],
    baseKwh: [...baseKwh],
    runs,
  }
}

async function dayAt(site: SiteRow, date: string, nowSeconds: number): Promise<BuiltDay | null> {
  const startSeconds = localDateStartSeconds(date, site.timeZone)
  const endSeconds = nextLocalDayStartSeconds(startSeconds, site.timeZone)
  if (endSeconds > nowSeconds) return null
  const { days } = await loadDays(site, startSeconds, endSeconds)
  return days[0] ?? null
}
