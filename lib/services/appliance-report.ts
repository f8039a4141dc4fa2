import type { Appliance } from '@/lib/contracts/appliances'
import type { ApplianceReport, Spread } from '@/lib/contracts/appliance-report'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { findLastRun, findRunMinutes, findRunStarts, readApplianceHours } from '@/lib/data/appliance-history'
import { findSiteOf } from '@/lib/data/sites'
import { applianceTrend, applianceWeeks, dutyBetween, weekStartSeconds } from '@/lib/domain/appliance-weeks'
import { energyCost } from '@/lib/domain/cost'
import { typicalRun } from '@/lib/domain/typical-run'
import { publishedAccuracy } from './published-accuracy'
import { pausesOfRuns } from './run-pauses'
import { pricesOfRuns, pricesPaid } from './run-prices'
import { sharedLiveStore } from './shared-live-store'

const WEEKS = 12
const TYPICAL_RUNS = 30
const WEEK_SECONDS = 7 * 86_400

/**
 * What is estimated of one appliance: its last run, its typical run, its weeks.
 * @param buildingId by default the site's first building
 * @returns null where the user has no such site or the site no such building
 */
export async function getApplianceReportOf(
  user: CurrentUser,
  siteId: string,
  appliance: Appliance,
  buildingId?: string,
  nowSeconds = Date.now() / 1000,
): Promise<ApplianceReport | null> {
  const site = await findSiteOf(user, siteId)
  const building = site?.buildings.find(({ id }) => buildingId === undefined || id === buildingId)
  if (!site || !building) return null
  const { timeZone, pricePerKwh } = site
  const since = weekStartSeconds(nowSeconds, timeZone, WEEKS - 1)
  const [latest, last, runs, hours, runStarts, accuracy] = await Promise.all([
    sharedLiveStore().latest(building.id),
    findLastRun(building.key, appliance),
    findRunMinutes(building.key, appliance, since, TYPICAL_RUNS),
    readApplianceHours(building.key, appliance, since),
    findRunStarts(building.key, appliance, since),
    publishedAccuracy(),
  ])
  const lastRuns = last ? [{ buildingKey: building.key, appliance, ...last }] : []
  const [paid, [priceOfRun], [pausedAt]] = await Promise.all([
    pricesPaid(site, appliance, since, nowSeconds),
    pricesOfRuns(site, lastRuns, nowSeconds),
    pausesOfRuns(lastRuns, () => latest, nowSeconds),
  ])
  // Where nothing that was measured says what it cost, the site's plain price does.
  const usualPrice = paid(since, nowSeconds) ?? pricePerKwh
  const lastEnd = last?.endedAt ?? nowSeconds
  const lastPrice = last && (priceOfRun ?? paid(last.startedAt, lastEnd) ?? usualPrice)
  const weeks = applianceWeeks(hours, runStarts, { nowSeconds, timeZone, weeks: WEEKS, pricePerKwh: usualPrice })
  const prediction = latest?.predictions.find((candidate) => candidate.appliance === appliance)
  const typical = typicalRun(
    runs.map(({ startedAt, endedAt, energyWh, minuteWh }) => {
      return { durationSeconds: endedAt - startedAt, energyKwh: energyWh / 1000, minuteWatts: minuteWh.map((wh) => wh * 60) }
    }),
  )
  const costOf = ({ low, median, high }: Spread): Spread => {
    return { low: energyCost(low, usualPrice), median: energyCost(median, usualPrice), high: energyCost(high, usualPrice) }
  }
  return {
    buildingId: building.id,
    buildingName: building.name,
    simulated: building.simulated,
    appliance,
    isAvailable: prediction?.available ?? null,
    isExperimental: prediction?.experimental ?? true,
    accuracy: accuracy.get(appliance) ?? null,
    lastRun: last && {
      startedAt: last.startedAt,
      endedAt: last.endedAt,
      pausedAt: pausedAt ?? null,
      energyKwh: last.energyWh / 1000,
      cost: energyCost(last.energyWh / 1000, lastPrice ?? usualPrice),
      confidence: last.confidence,
    },
    typicalRun: typical && { ...typical, cost: costOf(typical.energyKwh) },
    weeks: weeks.map((week, index) => {
      const price = paid(week.startTimestamp, weeks[index + 1]?.startTimestamp ?? nowSeconds)
      return price === null ? week : { ...week, cost: energyCost(week.energyKwh, price) }
    }),
    duty: {
      recent: dutyBetween(hours, nowSeconds - WEEK_SECONDS, nowSeconds),
      before: dutyBetween(hours, nowSeconds - 2 * WEEK_SECONDS, nowSeconds - WEEK_SECONDS),
    },
    trend: applianceTrend(hours, nowSeconds),
  }
}
