import { DateTime } from 'luxon'
import type { AheadPlan, Equipment, Statement } from '@/lib/contracts/optimisation'
import { findBegunRuns } from '@/lib/data/flexible-runs'
import { readQuarters } from '@/lib/data/energy-facts'
import { findPlannedStarts, savePlannedRuns } from '@/lib/data/planned-runs'
import type { SiteRow } from '@/lib/data/sites'
import { AS_IT_WAS, dayCost, peakWatts, type DayPlan, type DayProblem } from '@/lib/domain/day-plan'
import { LocalCalendar, QUARTER_SECONDS } from '@/lib/domain/local-calendar'
import { localDayStartSeconds } from '@/lib/domain/periods'
import type { ForecastPoint } from '@/lib/insights/forecast/forecast'
import { SeriesError } from '@/lib/insights/forecast/regular-series'
import { blockPrice } from '@/lib/insights/optimise/build-day'
import { sharedSolver } from '@/lib/insights/optimise/highs-solver'
import { planAheadWithin, type AheadPlan as PlannedHours } from '@/lib/insights/optimise/plan-ahead'
import { withLimit } from '@/lib/insights/optimise/shift-runs'
import { STARTED_APPLIANCES } from '@/lib/insights/optimise/usual-runs'
import { state } from '@/lib/insights/optimise/wording'
import { forecastNextDay } from '../forecast'
import { loadSiteRates } from '../site-rates'
import { toDayBattery } from './battery-finding'
import type { LoadedDays } from './load-days'

const SLOTS = 96
/** With less of the day priced a plan says little. */
const LEAST_SLOTS = 16
/** The first forecast of a site has to be chosen by backtest, which goes on in the background. */
const FORECAST_WAIT_MILLISECONDS = 8_000
/** Its one model takes at most one; others may be before it. */
const SOLVE_SECONDS = 3
const LONGEST_CYCLE_SECONDS = 6 * 3600

/** The plan of the coming 24 hours, or why there is none. */
export async function planAheadOf(
  site: SiteRow,
  loaded: LoadedDays,
  equipment: Equipment,
  nowSeconds: number,
): Promise<AheadPlan | Statement> {
  const fromSeconds = Math.ceil(nowSeconds / QUARTER_SECONDS) * QUARTER_SECONDS
  const points = await forecastWithin(site, nowSeconds)
  if ('key' in points) return points
  const prices = await pricesAhead(site, loaded, fromSeconds)
  const slots = prices.importPrices.length
  if (slots < LEAST_SLOTS) return state('aheadNoPrices')
  const keys = site.buildings.map(({ key }) => key)
  const midnight = localDayStartSeconds(nowSeconds, site.timeZone)
  const [begun, planned] = await Promise.all([
    findBegunRuns(keys, STARTED_APPLIANCES, Math.min(midnight, nowSeconds - LONGEST_CYCLE_SECONDS)),
    findPlannedStarts(site.id, midnight),
  ])
  const calendar = new LocalCalendar(site.timeZone, loaded.fromSeconds, fromSeconds + SLOTS * QUARTER_SECONDS)
  const forecastKwh = Array.from({ length: slots }, (_, slot) => kwhAt(points, fromSeconds + slot * QUARTER_SECONDS))
  const cycles = begun.map(({ buildingKey, ...run }) => ({ ...run, place: buildingKey }))
  const peaks = await peaksAhead(site, equipment, { ...prices, baseKwh: forecastKwh, runs: [], battery: null, peak: null, startSeconds: fromSeconds })
  const result = await planAheadWithin(
    {
      fromSeconds,
      forecastKwh,
      ...prices,
      days: loaded.days,
      today: cycles.filter(({ startedAt }) => startedAt >= midnight),
      running: cycles.filter(({ startedAt, isRunning }) => isRunning && startedAt >= nowSeconds - LONGEST_CYCLE_SECONDS),
      windows: loaded.windows,
      calendar,
      battery: equipment.battery && toDayBattery(equipment.battery),
      peak: peaks.charge ?? peaks.limit,
      plannedStarts: planned,
    },
    peaks.limit,
    sharedSolver().within(SOLVE_SECONDS),
  )
  if (result.problem.runs.length === 0 && !result.problem.battery) return state('aheadNothing')
  await keepPlan(site, result, calendar, loaded.fromSeconds)
  return describe(site, result, equipment)
}

async function forecastWithin(site: SiteRow, nowSeconds: number): Promise<ForecastPoint[] | Statement> {
  const pending = new Promise<Statement>((resolve) => {
    setTimeout(() => resolve(state('aheadForecastPending')), FORECAST_WAIT_MILLISECONDS).unref()
  })
  const forecast = forecastNextDay(site, nowSeconds).catch((error: unknown) => {
    if (error instanceof SeriesError) return state('aheadNoForecast')
    throw error
  })
  return Promise.race([forecast, pending])
}

/** What is known of the prices from there on, up to 24 hours: they end where a price is not known yet. */
async function pricesAhead(site: SiteRow, { rates: past }: LoadedDays, fromSeconds: number) {
  const { rates } = await loadSiteRates(site, fromSeconds, fromSeconds + SLOTS * QUARTER_SECONDS)
  const { tiers, tiersFromSeconds } = past.rateAt(fromSeconds)
  const keys = site.buildings.map(({ key }) => key)
  const beforeKwh = tiers ? sum((await readQuarters(keys, tiersFromSeconds, fromSeconds)).importedWh) / 1000 : 0
  const importPrices: number[] = []
  const exportPrices: number[] = []
  for (let slot = 0; slot < SLOTS; slot++) {
    const rate = rates.rateAt(fromSeconds + slot * QUARTER_SECONDS)
    const importPrice = rate.tiers ? blockPrice(rate.tiers, beforeKwh) : rate.importPrice
    if (importPrice === null || rate.exportPrice === null) break
    importPrices.push(importPrice)
    exportPrices.push(rate.exportPrice)
  }
  return { importPrices, exportPrices }
}

/** What a higher quarter of an hour costs: above the connection's limit, and above the month's highest so far where that is charged and lower. */
async function peaksAhead(site: SiteRow, { demandChargePerKw, peakLimitWatts }: Equipment, problem: DayProblem) {
  const { peak: limit } = withLimit(problem, peakLimitWatts)
  if (demandChargePerKw === null) return { limit, charge: null }
  const month = DateTime.fromSeconds(problem.startSeconds, { zone: site.timeZone }).startOf('month').toSeconds()
  const { importedWh, exportedWh } = await readQuarters(site.buildings.map(({ key }) => key), month, problem.startSeconds)
  const aboveKwh = importedWh.reduce((most, wh, index) => Math.max(most, (wh - (exportedWh[index] ?? 0)) / 1000), 0)
  if (limit && limit.aboveKwh < aboveKwh) return { limit, charge: null }
  return { limit, charge: { aboveKwh, costPerKwh: (demandChargePerKw * 3600) / QUARTER_SECONDS } }
}

/** Of the hour that it lies in. */
function kwhAt(points: readonly ForecastPoint[], seconds: number): number {
  const watts = points.find(({ startSeconds }) => seconds >= startSeconds && seconds < startSeconds + 3600)?.value ?? NaN
  return (watts * QUARTER_SECONDS) / 3_600_000
}

/** The next plan keeps to this one; runs that go on are none to plan. */
async function keepPlan(site: SiteRow, { problem, plan, runs }: PlannedHours, calendar: LocalCalendar, keptFromSeconds: number): Promise<void> {
  const planned = [...plan.startSlots].flatMap(([runId, slot]) => {
    if (!runs.get(runId)?.usual) return []
    const startsAt = problem.startSeconds + slot * QUARTER_SECONDS
    const dayStartSeconds = calendar.dayAround(startsAt).startSeconds
    return [{ runId, dayStartSeconds, startSlot: Math.round((startsAt - dayStartSeconds) / QUARTER_SECONDS) }]
  })
  await savePlannedRuns(site.id, planned, keptFromSeconds)
}

function describe(site: SiteRow, { problem, runs, plan, isProven }: PlannedHours, equipment: Equipment): AheadPlan {
  const { startSeconds, importPrices, exportPrices, baseKwh } = problem
  const currentCost = dayCost(problem, AS_IT_WAS)
  const withoutBattery: DayPlan = { ...plan, batteryKwh: null }
  const toSeconds = startSeconds + importPrices.length * QUARTER_SECONDS
  const plannedCost = dayCost(problem, plan)
  const moved = new Map<string, number>()
  let cost = currentCost
  const described = problem.runs.flatMap(({ id, startSlot, slotKwh }) => {
    const known = runs.get(id)
    if (!known) return []
    const { run, usual, usualStart } = known
    const slot = plan.startSlots.get(id) ?? startSlot
    const isAsUsual = slot === Math.floor((usualStart - startSeconds) / QUARTER_SECONDS)
    moved.set(id, slot)
    // One after the other, so that what they save adds up.
    const next = dayCost(problem, { startSlots: moved, batteryKwh: null })
    const savings = cost - next
    cost = next
    const building = site.buildings.find(({ key }) => key === run.place)
    return [{
      id: id.replace(String(run.place), building?.id ?? ''),
      appliance: run.appliance,
      buildingId: building?.id ?? '',
      usualStart,
      plannedStart: !usual || isAsUsual ? usualStart : startSeconds + slot * QUARTER_SECONDS,
      durationSeconds: run.endedAt - run.startedAt,
      energyKwh: sum(slotKwh),
      savings,
      confidence: run.confidence * (usual ? usual.seenOn / usual.ofDays : 1),
      seenOn: usual?.seenOn ?? null,
      ofDays: usual?.ofDays ?? null,
      isRunning: usual === null,
    }]
  })
  const until = DateTime.fromSeconds(toSeconds, { zone: site.timeZone }).toFormat('HH:mm')
  const { battery } = equipment
  return {
    from: startSeconds,
    to: toSeconds,
    currency: site.currency,
    importPrices: [...importPrices],
    exportPrices: [...exportPrices],
    baseKwh: [...baseKwh],
    currentCost,
    plannedCost,
    savings: currentCost - plannedCost,
    runs: described,
    battery: plan.batteryKwh && {
      savings: dayCost(problem, withoutBattery) - plannedCost,
      watts: plan.batteryKwh.map((kwh) => (kwh * 3_600_000) / QUARTER_SECONDS),
    },
    peak: { usualWatts: peakWatts(problem, AS_IT_WAS), plannedWatts: peakWatts(problem, plan) },
    isProven,
    assumptions: [
      state('aheadForecast'),
      ...(described.some(({ isRunning }) => !isRunning) ? [state('aheadUsual'), state('aheadStable'), state('order')] : []),
      ...(described.some(({ isRunning }) => isRunning) ? [state('aheadRunning')] : []),
      ...(importPrices.length < SLOTS ? [state('aheadPricesEnd', { until })] : []),
      ...(battery
        ? [
            state('batteryEmpty', {
              capacity: battery.capacityKwh,
              power: battery.powerKw,
              efficiency: Math.round(battery.roundTripEfficiency * 100),
            }),
            state('batteryStill'),
          ]
        : []),
      ...(equipment.peakLimitWatts === null ? [] : [state('peakLimit', { watts: Math.round(equipment.peakLimitWatts) })]),
      ...(isProven ? [] : [state('aheadNotProven')]),
    ],
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
