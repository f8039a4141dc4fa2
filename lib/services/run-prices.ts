import type { Appliance } from '@/lib/contracts/appliances'
import type { EnergyBucket } from '@/lib/contracts/energy'
import { readRunQuarters, type RunStretch } from '@/lib/data/run-minutes'
import type { SiteRow } from '@/lib/data/sites'
import { findTariffs } from '@/lib/data/tariffs'
import { QUARTER_SECONDS } from '@/lib/domain/local-calendar'
import { reportEnergy } from './energy-report'
import { loadSiteRates } from './site-rates'

/** Currency per kWh in [fromSeconds, toSeconds), Unix seconds; null where it is not known. */
export type PriceBetween = (fromSeconds: number, toSeconds: number) => number | null

/**
 * What a kWh of each run cost, in the site's currency, by the tariff that held then: the prices over the run weighed by what its
 * appliance drew at each. Where the minutes are no longer kept, weighed by time. null under a tiered tariff, where what the whole
 * site drew before decides, and where a price is not known.
 */
export async function pricesOfRuns(
  site: SiteRow,
  runs: readonly RunStretch[],
  nowSeconds: number,
): Promise<(number | null)[]> {
  if (runs.length === 0) return []
  const fromSeconds = Math.min(...runs.map(({ startedAt }) => startedAt))
  const toSeconds = Math.max(nowSeconds, ...runs.map(({ startedAt }) => startedAt))
  const { rates } = await loadSiteRates(site, fromSeconds, toSeconds)
  const priceAt = (quarterSeconds: number) => rates.rateAt(quarterSeconds).importPrice
  const byTime = runs.map((run) => secondsAtPrices(run, priceAt, nowSeconds))
  // At one price it does not matter when the energy was drawn.
  const changing = runs.flatMap((run, index) => (new Set(byTime[index]?.map(({ price }) => price)).size > 1 ? [{ run, index }] : []))
  const drawn = await readRunQuarters(changing.map(({ run }) => run), nowSeconds)
  const prices = byTime.map((parts) => parts[0]?.price ?? null)
  for (const [at, { index }] of changing.entries()) {
    const { quarterStartSeconds = [], quarterWh = [] } = drawn[at] ?? {}
    const byEnergy = quarterStartSeconds.map((start, quarter) => ({ weight: quarterWh[quarter] ?? 0, price: priceAt(start) }))
    prices[index] = weighed(byEnergy.some(({ weight }) => weight > 0) ? byEnergy : (byTime[index] ?? []))
  }
  return prices
}

interface WeighedPrice {
  weight: number
  price: number | null
}

function secondsAtPrices(
  { startedAt, endedAt }: RunStretch,
  priceAt: (quarterSeconds: number) => number | null,
  nowSeconds: number,
): WeighedPrice[] {
  const parts: WeighedPrice[] = []
  // One that has only begun costs what its first second does.
  const end = Math.max(endedAt ?? nowSeconds, startedAt + 1)
  for (let at = Math.floor(startedAt / QUARTER_SECONDS) * QUARTER_SECONDS; at < end; at += QUARTER_SECONDS) {
    parts.push({ weight: Math.min(end, at + QUARTER_SECONDS) - Math.max(startedAt, at), price: priceAt(at) })
  }
  return parts
}

function weighed(parts: readonly WeighedPrice[]): number | null {
  let [sum, weights] = [0, 0]
  for (const { weight, price } of parts) {
    if (weight <= 0) continue
    if (price === null) return null
    sum += weight * price
    weights += weight
  }
  return weights > 0 ? sum / weights : null
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
