import type { EnergyBucket } from '@/lib/contracts/energy'
import type { Today } from '@/lib/contracts/live-events'
import type { SiteRow } from '@/lib/data/sites'
import { findTariffs } from '@/lib/data/tariffs'
import { EXPORT_KEY } from '@/lib/domain/energy-account'
import { reportEnergy } from './energy-report'
import { priceNow } from './price-now'
import { loadSiteRates } from './site-rates'

/** Allows for the rounding of a share. */
const FULLY_PRICED = 1 - 1e-9

export interface LivePrices {
  /** Of the next kWh; null where the site's tariff has no price for this hour. */
  pricePerKwh: number | null
  /** A building's day with the costs of the tariff, without its standing charge, so that appliances and the rest add up. */
  priced(today: Today, building: SiteRow['buildings'][number]): Promise<Today>
}

/** What energy costs on the live page: what the tariff says, or the plain price of a site that has none. */
export async function livePrices(site: SiteRow, nowSeconds: number, dayStart: number, dayEnd: number): Promise<LivePrices> {
  const plain = { pricePerKwh: site.pricePerKwh, priced: (today: Today) => Promise.resolve(today) }
  if ((await findTariffs(site.id)).length === 0) return plain
  const { rates, calendar } = await loadSiteRates(site, dayStart, dayEnd)
  const hoursOf = async (buildings: SiteRow['buildings']) => {
    const period = { fromSeconds: dayStart, toSeconds: dayEnd, granularity: 'hour', by: 'appliance' } as const
    return (await reportEnergy({ ...site, buildings }, period, nowSeconds)).buckets
  }
  let monthImportedKwh = 0
  let siteHours: EnergyBucket[] | null = null
  const { tiers, tiersFromSeconds } = rates.rateAt(calendar.dayAround(nowSeconds).startSeconds)
  if (tiers) {
    const period = { fromSeconds: tiersFromSeconds, toSeconds: dayEnd, granularity: 'month', by: 'appliance' } as const
    monthImportedKwh = (await reportEnergy(site, period, nowSeconds)).total.importedKwh ?? 0
    siteHours = await hoursOf(site.buildings)
  }
  return {
    pricePerKwh: priceNow(rates, nowSeconds, monthImportedKwh),
    async priced(today, building) {
      const hours = await hoursOf([building])
      const costOf = costsByItem(siteHours ? atPricesOf(siteHours, hours) : hours)
      const costs = [...costOf.values()]
      return {
        ...today,
        cost: costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
        appliances: today.appliances.map((item) => {
          return { ...item, cost: costOf.has(item.appliance) ? costOf.get(item.appliance)! : 0 }
        }),
      }
    },
  }
}

/** null where part of an item's energy has no price. */
function costsByItem(hours: readonly EnergyBucket[]): Map<string, number | null> {
  const costs = new Map<string, number | null>()
  for (const { items, pricedShare } of hours) {
    for (const { key, cost, energyKwh } of items) {
      const before = costs.has(key) ? costs.get(key)! : 0
      const isPriced = energyKwh === 0 || pricedShare > FULLY_PRICED
      costs.set(key, before === null || !isPriced ? null : before + (cost ?? 0))
    }
  }
  return costs
}

/** Blocks of a tiered tariff count what the whole site draws: each building pays the site's average price of the hour. */
function atPricesOf(siteHours: readonly EnergyBucket[], hours: readonly EnergyBucket[]): EnergyBucket[] {
  const priceAt = new Map(siteHours.map(({ from, items }) => [from, averagePrice(items)]))
  return hours.map((hour) => {
    const price = priceAt.get(hour.from) ?? null
    const items = hour.items.map((item) => (item.key === EXPORT_KEY ? item : { ...item, cost: item.energyKwh * (price ?? 0) }))
    return { ...hour, items, pricedShare: price === null ? 0 : hour.pricedShare }
  })
}

function averagePrice(items: EnergyBucket['items']): number | null {
  const drawn = items.filter(({ key, cost }) => key !== EXPORT_KEY && cost !== null)
  const energyKwh = drawn.reduce((sum, item) => sum + item.energyKwh, 0)
  return energyKwh > 0 ? drawn.reduce((sum, item) => sum + (item.cost ?? 0), 0) / energyKwh : null
}
