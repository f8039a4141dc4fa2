import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { createBlock } from '@/lib/simulation/block'
import { BLOCK_SECONDS, createHome, type HomeOptions } from '@/lib/simulation/home'

/** A run as it really was. Seconds are timestamps of readings: the first that shows the run, and the first after it. */
export interface TrueActivation {
  appliance: Appliance
  /** As on the appliance's panel, for instance `cotton 40`. */
  programme: string
  startTimestampSeconds: number
  endTimestampSeconds: number
  /** Of the appliance between start and end, its standby included. */
  energyWh: number
  peakWatts: number
  phases: { name: string; heating: boolean; startTimestampSeconds: number; endTimestampSeconds: number }[]
}

/**
 * Runs of the 11 that start in the `seconds` from the home's start, by start. Runs still going on at the end are complete.
 */
export function trueActivations(options: HomeOptions, seconds: number): TrueActivation[] {
  const home = createHome(options)
  const from = home.positionSeconds
  const found: { index: number; activation: TrueActivation }[] = []
  home.appliances.forEach((model, index) => {
    for (const run of model.runs(from, from + seconds)) {
      if (run.startSeconds < from || run.startSeconds >= from + seconds) continue
      const activation: TrueActivation = {
        appliance: APPLIANCES[index]!,
        programme: run.programme,
        startTimestampSeconds: readingOf(run.startSeconds),
        endTimestampSeconds: Math.ceil(run.endSeconds) + 1,
        energyWh: 0,
        peakWatts: 0,
        phases: run.phases.map((phase) => ({
          name: phase.name,
          heating: phase.heating,
          startTimestampSeconds: readingOf(phase.startSeconds),
          endTimestampSeconds: readingOf(phase.endSeconds),
        })),
      }
      found.push({ index, activation })
    }
  })
  found.sort((a, b) => a.activation.startTimestampSeconds - b.activation.startTimestampSeconds || a.index - b.index)

  const until = found.reduce((latest, { activation }) => Math.max(latest, activation.endTimestampSeconds), from)
  const block = createBlock(BLOCK_SECONDS)
  while (home.positionSeconds < until) {
    const start = home.positionSeconds
    home.fill(BLOCK_SECONDS, block)
    for (const { index, activation } of found) {
      const watts = block.applianceWatts[index]!
      const first = Math.max(0, activation.startTimestampSeconds - start)
      const last = Math.min(BLOCK_SECONDS, activation.endTimestampSeconds - start)
      for (let i = first; i < last; i += 1) {
        activation.energyWh += watts[i]! / 3600
        activation.peakWatts = Math.max(activation.peakWatts, watts[i]!)
      }
    }
  }
  return found.map(({ activation }) => activation)
}

/** Timestamp of the reading that covers a moment: the end of its second. */
function readingOf(seconds: number): number {
  return Math.floor(seconds) + 1
}
