import type { Appliance } from '@/lib/contracts/appliances'
import { findFlexibleRuns, findRunTimes } from '@/lib/data/flexible-runs'
import { findPlannedRuns } from '@/lib/data/planned-runs'
import { firstReadings, readQuarters } from '@/lib/data/energy-facts'
import type { SiteRow } from '@/lib/data/sites'
import { LocalCalendar } from '@/lib/domain/local-calendar'
import type { RateBook } from '@/lib/domain/rate-book'
import { buildDay, type BuiltDay, type MeasuredQuarter, type SeenRun } from '@/lib/insights/optimise/build-day'
import { FLEXIBLE_APPLIANCES, learnWindow, type RunWindow } from '@/lib/insights/optimise/run-windows'
import { loadSiteRates } from '../site-rates'

const DAY_SECONDS = 86_400
/** The habits of a home are learnt from so many days. */
const HABIT_DAYS = 84

export interface LoadedDays {
  /** Past local days that count, oldest first. */
  days: BuiltDay[]
  /** Days that were looked at, also those that do not count. */
  lookedAt: number
  windows: ReadonlyMap<Appliance, RunWindow>
  rates: RateBook
  calendar: LocalCalendar
  /** Unix seconds, on local midnights. */
  fromSeconds: number
  toSeconds: number
}

/** The local days of a site in [fromSeconds, toSeconds), Unix seconds on its midnights, as the optimiser sees them. */
export async function loadDays(site: SiteRow, fromSeconds: number, toSeconds: number): Promise<LoadedDays> {
  const keys = site.buildings.map(({ key }) => key)
  const [{ rates, calendar }, found, times, first, plannedSlots] = await Promise.all([
    loadSiteRates(site, fromSeconds, toSeconds),
    findFlexibleRuns(keys, FLEXIBLE_APPLIANCES, fromSeconds - DAY_SECONDS, toSeconds),
    findRunTimes(keys, FLEXIBLE_APPLIANCES, toSeconds - HABIT_DAYS * DAY_SECONDS, toSeconds),
    firstReadings(keys),
    findPlannedRuns(site.id, fromSeconds),
  ])
  const { tiers, tiersFromSeconds } = rates.rateAt(fromSeconds)
  const quarters = await quartersBetween(keys, tiers ? Math.min(tiersFromSeconds, fromSeconds) : fromSeconds, toSeconds)
  const buildingIds = new Map(site.buildings.map(({ key, id }) => [key, id]))
  const runs = found.map(({ buildingKey, ...run }): SeenRun => {
    return { ...run, place: buildingKey, id: `${buildingIds.get(buildingKey)}:${run.appliance}:${Math.round(run.startedAt)}` }
  })
  const habits = new LocalCalendar(site.timeZone, toSeconds - HABIT_DAYS * DAY_SECONDS, toSeconds)
  const windows = new Map<Appliance, RunWindow>(
    FLEXIBLE_APPLIANCES.map((appliance) => [appliance, learnWindow(times.filter((run) => run.appliance === appliance), habits)]),
  )
  const days: BuiltDay[] = []
  let lookedAt = 0
  for (let start = fromSeconds; start < toSeconds; start = calendar.dayAround(start).endSeconds) {
    const { endSeconds } = calendar.dayAround(start)
    lookedAt++
    const day = buildDay({
      startSeconds: start,
      endSeconds,
      quarters,
      runs: runs.filter(({ startedAt }) => startedAt >= start && startedAt < endSeconds),
      overnight: runs.filter(({ startedAt, endedAt }) => startedAt < start && endedAt > start),
      windows,
      rates,
      calendar,
      tierKwhBefore: importedBetween(quarters, rates.rateAt(start).tiersFromSeconds, start),
      plannedSlots,
      meters: first.size,
    })
    if (typeof day !== 'string') days.push(day)
  }
  return { days, lookedAt, windows, rates, calendar, fromSeconds, toSeconds }
}

async function quartersBetween(keys: readonly number[], fromSeconds: number, toSeconds: number): Promise<Map<number, MeasuredQuarter>> {
  const { startSeconds, importedWh, exportedWh, coveredSeconds } = await readQuarters(keys, fromSeconds, toSeconds)
  return new Map(
    startSeconds.map((at, index) => [
      at,
      { importedWh: importedWh[index] ?? 0, exportedWh: exportedWh[index] ?? 0, coveredSeconds: coveredSeconds[index] ?? 0 },
    ]),
  )
}

function importedBetween(quarters: ReadonlyMap<number, MeasuredQuarter>, fromSeconds: number, toSeconds: number): number {
  let wh = 0
  if (fromSeconds > 0) for (const [at, { importedWh }] of quarters) if (at >= fromSeconds && at < toSeconds) wh += importedWh
  return wh / 1000
}
