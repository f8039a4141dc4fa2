import type { Appliance } from '@/lib/contracts/appliances'
import type { EnergyBucket } from '@/lib/contracts/energy'
import type { SiteRow } from '@/lib/data/sites'
import { findTariffs } from '@/lib/data/tariffs'
import { QUARTER_SECONDS } from '@/lib/domain/local-calendar'
import { reportEnergy } from './energy-report'
import { loadSiteRates } from './site-rates'

/** Currency per kWh in [fromSeconds, toSeconds), Unix seconds; null where it is not known. */
export type PriceBetween = (fromSeconds: number, toSeconds: number) => number | null

/**
 * What a kWh cost on average over the time of a run that lies within [fromSeconds, toSeconds), by the tariff that held then. null
 * under a tiered tariff, where what the whole site drew before decides.
 */
export async function runPrices(site: SiteRow, fromSeconds: number, toSeconds: number): Promise<PriceBetween> {
  const { rates } = await loadSiteRates(site, fromSeconds, toSeconds)
  return (startSeconds, endSeconds) => {
    let sum = 0
    const first = Math.floor(startSeconds / QUARTER_SECONDS) * QUARTER_SECONDS
    // One that has only begun costs what its first second does.
    const end = Math.max(endSeconds, startSeconds + 1)
    for (let at = first; at < end; at += QUARTER_SECONDS) {
      const { importPrice } = rates.rateAt(at)
      if (importPrice === null) return null
      sum += importPrice * (Math.min(end, at + QUARTER_SECONDS) - Math.max(startSeconds, at))
    }
    return sum / (end - startSeconds)
  }
}

/** What a kWh of an appliance cost at a site on average of the local days of a stretch, blocks of a tiered tariff included. */
export async function pricesPaid(
  site: SiteRow,
  appliance: Appliance,
  fromSeconds: number,
  nowSeconds: number,
): Promise<PriceBetween> {
  if ((await findTariffs(site.id)).length === 0) return () => site.pricePerKwh
  const toSeconds = Math.ceil(nowSeconds / QUARTER_SECONDS) * QUARTER_SECONDS
  const period = { fromSeconds, toSeconds, granularity: 'day', by: 'appliance' } as const
  const { buckets } = await reportEnergy(site, period, nowSeconds)
  const own = ({ items }: EnergyBucket) => items.filter(({ key, cost }) => key === appliance && cost !== null)
  return (from, to) => {
    const paid = buckets.filter((day) => day.to > from && day.from < to).flatMap(own)
    const energyKwh = paid.reduce((sum, item) => sum + item.energyKwh, 0)
    return energyKwh > 0 ? paid.reduce((sum, item) => sum + (item.cost ?? 0), 0) / energyKwh : null
  }
}
