import { APPLIANCES } from '@/lib/contracts/appliances'
import type { Today } from '@/lib/contracts/live-events'
import { energyCost } from './cost'

export const TODAY_BIN_SECONDS = 600

/** Sums of one building's stored minutes since local midnight. */
export interface TodaySums {
  /** Per bin that holds measurements; `bin` counts `TODAY_BIN_SECONDS` from midnight. */
  meter: { bin: number; energyWh: number; coveredSeconds: number }[]
  /** Per bin and appliance index (contract order) that drew anything. */
  appliances: { bin: number; appliance: number; energyWh: number }[]
  /** Runs in progress: appliance index and start, Unix seconds. */
  openRuns: { appliance: number; startedAtSeconds: number }[]
}

/**
 * A building's day so far. Totals are the sums of the bins, and "other" is what remains of the meter, so that appliances and
 * other add up to the meter both in every bin and in total. A bin without measurements is null, never zero.
 */
export function accountToday(sums: TodaySums, day: { startSeconds: number; nowSeconds: number; pricePerKwh: number }): Today {
  const elapsedSeconds = Math.max(0, day.nowSeconds - day.startSeconds)
  const lastMeasuredBin = sums.meter.reduce((last, { bin }) => Math.max(last, bin), -1)
  const binCount = Math.max(Math.ceil(elapsedSeconds / TODAY_BIN_SECONDS), lastMeasuredBin + 1)
  const meterByBin = new Map(sums.meter.map((row) => [row.bin, row]))
  const applianceWh = Array.from({ length: binCount }, () => APPLIANCES.map(() => 0))
  const totalWh = APPLIANCES.map(() => 0)
  for (const { bin, appliance, energyWh } of sums.appliances) {
    const inBin = applianceWh[bin]
    if (!inBin || !meterByBin.has(bin)) continue
    inBin[appliance] = (inBin[appliance] ?? 0) + energyWh
    totalWh[appliance] = (totalWh[appliance] ?? 0) + energyWh
  }

  const meterKwh = sum(sums.meter.map((row) => row.energyWh)) / 1000
  const appliances = APPLIANCES.map((appliance, index) => {
    const energyKwh = (totalWh[index] ?? 0) / 1000
    const starts = sums.openRuns.filter((run) => run.appliance === index).map((run) => run.startedAtSeconds)
    return {
      appliance,
      energyKwh,
      cost: energyCost(energyKwh, day.pricePerKwh),
      onSinceTimestamp: starts.length > 0 ? Math.max(...starts) : null,
    }
  })
  return {
    startTimestamp: day.startSeconds,
    meterEnergyKwh: meterKwh,
    otherEnergyKwh: meterKwh - sum(appliances.map((item) => item.energyKwh)),
    cost: energyCost(meterKwh, day.pricePerKwh),
    coverage: elapsedSeconds > 0 ? Math.min(1, sum(sums.meter.map((row) => row.coveredSeconds)) / elapsedSeconds) : 0,
    appliances,
    binSeconds: TODAY_BIN_SECONDS,
    bins: applianceWh.map((energies, bin) => {
      const startTimestamp = day.startSeconds + bin * TODAY_BIN_SECONDS
      const measured = meterByBin.get(bin)
      if (!measured || measured.coveredSeconds <= 0) {
        return { startTimestamp, totalWatts: null, applianceWatts: null, otherWatts: null }
      }
      const wattsPerWh = 3600 / measured.coveredSeconds
      const totalWatts = measured.energyWh * wattsPerWh
      const applianceWatts = energies.map((energyWh) => energyWh * wattsPerWh)
      return { startTimestamp, totalWatts, applianceWatts, otherWatts: totalWatts - sum(applianceWatts) }
    }),
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
