import { DateTime } from 'luxon'
import { APPLIANCES } from '@/lib/contracts/appliances'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { SiteMetrics } from '@/lib/contracts/energy'
import { newestReadings } from '@/lib/data/energy-facts'
import { findSiteOf } from '@/lib/data/sites'
import { localDateStartSeconds } from '@/lib/domain/local-calendar'
import { alwaysOnOf } from './energy-overview'
import { reportEnergy } from './energy-report'
import { measuredAppliances } from './measured-appliances'
import { kwhTowardsBlocks, powerNow, priceNow } from './price-now'
import { loadSiteRates } from './site-rates'

const DAY_SECONDS = 86_400
const CURRENT_READING_SECONDS = 300

/** Power now, energy, cost and power quality of one of the user's sites; null = no such site. */
export async function getSiteMetricsOf(
  user: CurrentUser,
  siteId: string,
  nowSeconds = Date.now() / 1000,
): Promise<SiteMetrics | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const keys = site.buildings.map(({ key }) => key)
  const local = DateTime.fromSeconds(nowSeconds, { zone: site.timeZone }).startOf('month')
  const monthStart = (months: number) => localDateStartSeconds(local.plus({ months }).toISODate() ?? '', site.timeZone)
  const period = { fromSeconds: monthStart(0), toSeconds: monthStart(1), granularity: 'day', by: 'appliance' } as const
  const [month, power, readings, alwaysOn, { rates }, measured] = await Promise.all([
    reportEnergy(site, period, nowSeconds),
    powerNow(site, nowSeconds),
    newestReadings(keys, nowSeconds - CURRENT_READING_SECONDS),
    alwaysOnOf(site, nowSeconds),
    loadSiteRates(site, nowSeconds - DAY_SECONDS, nowSeconds + DAY_SECONDS),
    measuredAppliances(),
  ])
  const today = month.buckets.find(({ from, to }) => from <= nowSeconds && nowSeconds < to)
  const pricePerKwhNow = priceNow(rates, nowSeconds, kwhTowardsBlocks(rates, nowSeconds, month))
  const { totalWatts, predictions } = power
  return {
    siteId: site.id,
    timestamp: nowSeconds,
    timeZone: site.timeZone,
    currency: site.currency,
    power: {
      totalWatts,
      appliances: APPLIANCES.map((appliance, index) => {
        const own = predictions.flatMap(({ predictions: estimates }) => estimates[index] ?? [])
        return {
          appliance,
          powerWatts: own.reduce((sum, { power_watts: watts }) => sum + watts, 0),
          isOn: own.some(({ is_on: isOn }) => isOn),
          isExperimental: !measured.has(appliance),
        }
      }),
      otherWatts: totalWatts === null ? null : predictions.reduce((sum, { other_watts: watts }) => sum + watts, 0),
      measuredAt: power.measuredAt,
    },
    energy: {
      todayKwh: today?.energyKwh ?? null,
      monthKwh: month.total.energyKwh,
      todayCoverage: today?.coverage ?? 0,
      monthCoverage: month.total.coverage,
    },
    cost: {
      today: today?.cost ?? null,
      month: month.total.cost,
      pricePerKwhNow,
      perHourNow: totalWatts === null || pricePerKwhNow === null ? null : (Math.max(0, totalWatts) / 1000) * pricePerKwhNow,
    },
    co2: { todayKg: today?.co2Kg ?? null, monthKg: month.total.co2Kg },
    peakThisMonth: month.peak,
    alwaysOn,
    powerQuality: site.buildings.flatMap(({ id, key }) => {
      const reading = readings.get(key)
      if (!reading) return []
      const { timestampSeconds, powerWatts: _, ...quality } = reading
      return [{ buildingId: id, measuredAt: timestampSeconds, ...quality }]
    }),
  }
}
