import type { EnergyReport } from '@/lib/contracts/energy'
import type { SiteRow } from '@/lib/data/sites'
import { QUARTER_SECONDS } from '@/lib/domain/local-calendar'
import type { RateBook } from '@/lib/domain/rate-book'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import { sharedLiveStore } from './shared-live-store'

/** A prediction older than this says nothing about now. */
const CURRENT_SECONDS = 180

/** What the next kWh costs. @param monthImportedKwh drawn since the blocks of a tiered tariff began to count */
export function priceNow(rates: RateBook, nowSeconds: number, monthImportedKwh: number): number | null {
  const rate = rates.rateAt(Math.floor(nowSeconds / QUARTER_SECONDS) * QUARTER_SECONDS)
  if (!rate.tiers) return rate.importPrice
  return rate.tiers.find(({ upToKwh }) => upToKwh === null || upToKwh > monthImportedKwh)?.pricePerKwh ?? null
}

/**
 * What a month's report counts towards the blocks of the tariff of now: those of one that begins during the month count from
 * there.
 * @param month by day
 */
export function kwhTowardsBlocks(rates: RateBook, nowSeconds: number, month: EnergyReport): number {
  const { tiersFromSeconds } = rates.rateAt(Math.floor(nowSeconds / QUARTER_SECONDS) * QUARTER_SECONDS)
  return month.buckets.reduce((sum, { from, importedKwh }) => sum + (from >= tiersFromSeconds ? (importedKwh ?? 0) : 0), 0)
}

export interface PowerNow {
  /** Of all buildings that send; null while none does. */
  totalWatts: number | null
  /** Unix seconds of the newest prediction; null where there never was one. */
  measuredAt: number | null
  /** Only those that are current. */
  predictions: PredictionMessage[]
}

/** Whether a prediction still says something of now. */
export const isCurrent = ({ timestamp }: PredictionMessage, nowSeconds: number) => nowSeconds - timestamp < CURRENT_SECONDS

/** What a site draws at this moment, as its buildings last said. */
export async function powerNow(site: SiteRow, nowSeconds: number): Promise<PowerNow> {
  const latest = await Promise.all(site.buildings.map(({ id }) => sharedLiveStore().latest(id)))
  const known = latest.flatMap((prediction) => (prediction ? [prediction] : []))
  const predictions = known.filter((prediction) => isCurrent(prediction, nowSeconds))
  return {
    totalWatts: predictions.length > 0 ? predictions.reduce((sum, { total_power: watts }) => sum + watts, 0) : null,
    measuredAt: known.length > 0 ? Math.max(...known.map(({ timestamp }) => timestamp)) : null,
    predictions,
  }
}
