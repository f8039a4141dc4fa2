import type { Appliance } from '@/lib/contracts/appliances'
import type { ForecastSeries } from '@/lib/contracts/forecast'
import { type BuildingHours, readHours } from '@/lib/data/hourly-power'
import type { SiteRow } from '@/lib/data/sites'
import { type RegularSeries, SeriesError } from '@/lib/insights/forecast/regular-series'

const HOUR_SECONDS = 3600
const HISTORY_DAYS = 182
const LEAST_COVERED_SECONDS = 1800
const MOST_SILENT_DAYS = 7

export type ForecastOf = ForecastSeries | Appliance

/**
 * A site's past by the hour (W, mean of the hour) up to the last full hour; NaN where a building was measured for less than half
 * of it. @throws SeriesError where there is nothing to forecast from, in words for the reader
 */
export async function readForecastSeries(site: SiteRow, of: ForecastOf, nowSeconds: number): Promise<RegularSeries> {
  const end = Math.floor(nowSeconds / HOUR_SECONDS) * HOUR_SECONDS
  const keys = site.buildings.map(({ key }) => key)
  const appliance = of === 'load' || of === 'solar' ? null : of
  const from = end - HISTORY_DAYS * 24 * HOUR_SECONDS
  const buildings = keys.length === 0 ? [] : await readHours(keys, from, end, appliance)
  if (buildings.length === 0) throw new SeriesError('There is not enough history: nothing was measured in the last six months.')
  const first = Math.min(...buildings.map(({ startSeconds }) => startSeconds[0]!))
  const series = { startSeconds: first, stepSeconds: HOUR_SECONDS, values: addUp(buildings, of, first, (end - first) / HOUR_SECONDS) }
  const lastKnown = series.values.findLastIndex((value) => !Number.isNaN(value))
  if (series.values.length - lastKnown > MOST_SILENT_DAYS * 24) {
    throw new SeriesError(`Nothing was measured in the last ${MOST_SILENT_DAYS} days, so that nobody knows how it goes on.`)
  }
  if (of === 'solar' && series.values.every((value) => !(value > 0))) {
    throw new SeriesError('This site has fed nothing into the grid: there is no generation to forecast.')
  }
  if (appliance && series.values.every((value) => !(value > 0))) {
    throw new SeriesError(`${appliance} has not been seen to run here in the last six months.`)
  }
  return series
}

function addUp(buildings: readonly BuildingHours[], of: ForecastOf, first: number, hours: number): Float64Array {
  const values = new Float64Array(hours)
  const known = new Uint16Array(hours)
  for (const { startSeconds, importedWh, exportedWh, applianceWh, coveredSeconds } of buildings) {
    const indexOf = (seconds: number) => (seconds - first) / HOUR_SECONDS
    startSeconds.forEach((seconds, i) => {
      if (coveredSeconds[i]! < LEAST_COVERED_SECONDS) return
      const wh = of === 'load' ? importedWh[i]! - exportedWh[i]! : of === 'solar' ? exportedWh[i]! : applianceWh[i]!
      values[indexOf(seconds)]! += (wh * HOUR_SECONDS) / coveredSeconds[i]!
      known[indexOf(seconds)]!++
    })
  }
  const complete = completeCounts(buildings, first, hours)
  return values.map((value, hour) => (known[hour]! > 0 && known[hour]! >= complete[hour]! ? value : Number.NaN))
}

/** By hour: how many buildings had begun and not ended; one that is measured no more, or not yet, is no gap in the others. */
function completeCounts(buildings: readonly BuildingHours[], first: number, hours: number): Uint16Array {
  const counts = new Uint16Array(hours)
  for (const { startSeconds } of buildings) {
    const last = (startSeconds.at(-1)! - first) / HOUR_SECONDS
    for (let hour = (startSeconds[0]! - first) / HOUR_SECONDS; hour <= last; hour++) counts[hour]!++
  }
  return counts
}
