import { APPLIANCES } from '@/lib/contracts/appliances'
import { SECONDS_PER_HOUR } from '@/lib/domain/energy'
import type { ApplianceModel } from './model-manifest'
import type { MeteredEstimate } from './pending-seconds'
import type { ActivationEstimate } from './session-types'

/** A run is more than two blips at its ends: it was on for at least this share of the shortest run. */
const LEAST_ON_SHARE = 0.5
/** What is on before and after so long without readings is one run; after longer, nobody knows. */
const LONGEST_UNMEASURED_SECONDS = 300

export interface OpenRun {
  startedAtSeconds: number
  lastOnSeconds: number
  onSeconds: number
  energyWh: number
  peakWatts: number
  confidenceSum: number
}

/**
 * Runs of each appliance from its final estimates. Pauses shorter than the manifest's minOffSeconds belong to the run, and up to
 * five minutes without readings; a run counts from the moment it spans minOnSeconds (half of them on), so a shorter one never appears.
 */
export class ActivationTracker {
  private runs: (OpenRun | null)[] = APPLIANCES.map(() => null)
  private changed = new Map<string, ActivationEstimate>()

  constructor(private readonly appliances: readonly (ApplianceModel | null)[]) {}

  /** Takes the next final second. One without coverage neither begins nor prolongs a run: what it says was not measured. */
  add(second: MeteredEstimate): void {
    for (const [index, model] of this.appliances.entries()) {
      if (!model) continue
      const { isOn, powerWatts, confidence } = second.appliances[index]!
      const run = this.runs[index]
      const isMeasured = second.coveredSeconds > 0
      // A pause that was measured ends the run while it lasts; where it is on again, the rest was not measured.
      const longestPause = isOn ? Math.max(model.minOffSeconds, LONGEST_UNMEASURED_SECONDS) : model.minOffSeconds
      // A second that is on is no part of the pause before it.
      const pauseEndSeconds = isOn ? second.timestampSeconds - 1 : second.timestampSeconds
      if (run && isMeasured && pauseEndSeconds - run.lastOnSeconds >= longestPause) this.end(index)
      if (!isOn || !isMeasured) continue
      const open = (this.runs[index] ??= startRun(second.timestampSeconds - 1))
      open.lastOnSeconds = second.timestampSeconds
      open.onSeconds++
      open.confidenceSum += confidence
      open.energyWh += (powerWatts * second.coveredSeconds) / SECONDS_PER_HOUR
      open.peakWatts = Math.max(open.peakWatts, powerWatts)
      this.report(index, open, null)
    }
  }

  /** Ends every run where it was last seen on: what follows is too far away. */
  endAll(): void {
    for (const index of this.runs.keys()) this.end(index)
  }

  /** Every run that started, grew or ended since the last call, oldest first. */
  takeChanged(): ActivationEstimate[] {
    const changed = [...this.changed.values()].sort((a, b) => a.startedAtSeconds - b.startedAtSeconds)
    this.changed.clear()
    return changed
  }

  save(): (OpenRun | null)[] {
    return this.runs.map((run) => run && { ...run })
  }

  restore(runs: readonly (OpenRun | null)[]): void {
    this.runs = APPLIANCES.map((_, i) => (runs[i] ? { ...runs[i] } : null))
  }

  private end(index: number): void {
    const run = this.runs[index]
    if (!run) return
    this.report(index, run, run.lastOnSeconds)
    this.runs[index] = null
  }

  private report(index: number, run: OpenRun, endedAtSeconds: number | null): void {
    const minOnSeconds = this.appliances[index]?.minOnSeconds ?? 0
    const longEnough = run.lastOnSeconds - run.startedAtSeconds >= minOnSeconds
    if (!longEnough || run.onSeconds < LEAST_ON_SHARE * minOnSeconds) return
    this.changed.set(`${index}:${run.startedAtSeconds}`, {
      appliance: APPLIANCES[index]!,
      startedAtSeconds: run.startedAtSeconds,
      endedAtSeconds,
      energyWh: run.energyWh,
      peakWatts: run.peakWatts,
      confidence: run.confidenceSum / run.onSeconds,
    })
  }
}

function startRun(startedAtSeconds: number): OpenRun {
  return { startedAtSeconds, lastOnSeconds: startedAtSeconds, onSeconds: 0, energyWh: 0, peakWatts: 0, confidenceSum: 0 }
}
