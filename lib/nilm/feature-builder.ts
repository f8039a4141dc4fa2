import { limitPower, logInterval, logPower } from './feature-scaling'
import { normalisedInputs, TrailingWindow } from './trailing-window'

export const FEATURE_COUNT = 8
/** What the training code calls the features made here. */
export const FEATURES_VERSION = 'power8-1'

const HISTORY_SECONDS = 10
const SHORT_STRETCH_SECONDS = 512
const LONG_STRETCH_SECONDS = 1536

export interface FeatureInput {
  powerWatts: number
  intervalSeconds: number
}

/**
 * What the network sees of one second, from power alone (the manifest's `features`). Before the first second the power counts as
 * constant.
 */
export class FeatureBuilder {
  /** The last 10 seconds' watts, newest last; empty before the first second. */
  private recentWatts: number[] = []
  private readonly trailing = new TrailingWindow(SHORT_STRETCH_SECONDS, LONG_STRETCH_SECONDS)

  /**
   * @returns row-major [8, n]: log-scaled power, power, 1-s difference, 10-s difference, meter interval, height above the lowest of
   * the last 512 and 1536 s, deviation from the latter's mean
   */
  build(seconds: readonly FeatureInput[]): Float32Array {
    const count = seconds.length
    const features = new Float32Array(FEATURE_COUNT * count)
    const powers = seconds.map((second) => limitPower(second.powerWatts))
    const firstWatts = powers[0]
    if (this.recentWatts.length === 0 && firstWatts !== undefined) {
      this.recentWatts = new Array<number>(HISTORY_SECONDS).fill(firstWatts)
    }
    // One flat series, the 10 s before included, so that both differences are plain look-ups.
    const watts = [...this.recentWatts, ...powers]
    for (let i = 0; i < count; i++) {
      const now = watts[i + HISTORY_SECONDS]!
      features[i] = logPower(now)
      features[count + i] = now / 4000
      features[2 * count + i] = Math.asinh((now - watts[i + HISTORY_SECONDS - 1]!) / 30) / 4
      features[3 * count + i] = Math.asinh((now - watts[i]!) / 30) / 4
      features[4 * count + i] = logInterval(seconds[i]!.intervalSeconds)
      const [aboveShort, aboveLong, deviation] = normalisedInputs(now, this.trailing.add(now))
      features[5 * count + i] = aboveShort
      features[6 * count + i] = aboveLong
      features[7 * count + i] = deviation
    }
    this.recentWatts = watts.slice(-HISTORY_SECONDS)
    return features
  }

  get stateBytes(): number {
    return this.trailing.stateBytes
  }

  /** Forgets the past, as before the first second. */
  reset(): void {
    this.recentWatts = []
    this.trailing.reset()
  }
}

/** How far back a second's features look. */
export const FEATURE_MEMORY_SECONDS = LONG_STRETCH_SECONDS
