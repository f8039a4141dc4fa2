import type { Today } from '@/lib/contracts/live-events'
import type { SiteRow } from '@/lib/data/sites'
import { findTariffs } from '@/lib/data/tariffs'
import { reportEnergy } from './energy-report'
import { priceNow } from './price-now'
import { loadSiteRates } from './site-rates'

export interface LivePrices {
  /** Of the next kWh; the site's plain price where its tariff has none for this hour. */
  pricePerKwh: number
  /** A building's day with the costs of the tariff, without its standing charge, so that appliances and the rest add up. */
  priced(today: Today, building: SiteRow['buildings'][number]): Promise<Today>
}

/** What energy costs on the live page: what the tariff says, or the plain price of a site that has none. */
export async function livePrices(site: SiteRow, nowSeconds: number, dayStart: number, dayEnd: number): Promise<LivePrices> {
  const plain = { pricePerKwh: site.pricePerKwh, priced: (today: Today) => Promise.resolve(today) }
  if ((await findTariffs(site.id)).length === 0) return plain
  const { rates, calendar } = await loadSiteRates(site, dayStart, dayEnd)
  let monthImportedKwh = 0
  const { tiers, tiersFromSeconds } = rates.rateAt(calendar.dayAround(nowSeconds).startSeconds)
  if (tiers) {
    const period = { fromSeconds: tiersFromSeconds, toSeconds: dayEnd, granularity: 'month', by: 'appliance' } as const
    monthImportedKwh = (await reportEnergy(site, period, nowSeconds)).total.importedKwh ?? 0
  }
  const pricePerKwh = priceNow(rates, nowSeconds, monthImportedKwh) ?? site.pricePerKwh
  return {
    pricePerKwh,
    async priced(today, building) {
      const own = { ...site, buildings: [building] }
      const period = { fromSeconds: dayStart, toSeconds: dayEnd, granularity: 'day', by: 'appliance' } as const
      const { total } = await reportEnergy(own, period, nowSeconds)
      const costOf = new Map(total.items.map(({ key, cost }) => [key, cost]))
      return {
        ...today,
        cost: total.energyCost ?? today.cost,
        appliances: today.appliances.map((item) => ({ ...item, cost: costOf.get(item.appliance) ?? item.cost })),
      }
    },
  }
}
