import { hashNormal, hashUnit } from '@/lib/simulation/random'

export interface Tumbling {
  seed: number
  /** While the drum turns. */
  watts: number
  turnSeconds: number
  restSeconds: number
  restWatts: number
}

/** A drum that turns, rests and turns the other way; each start needs more than the turning, no two strokes are alike. */
export function tumbling({ seed, watts, turnSeconds, restSeconds, restWatts }: Tumbling) {
  const period = turnSeconds + restSeconds
  return (elapsedSeconds: number, second: number): number => {
    const stroke = Math.floor(elapsedSeconds / period)
    const inStroke = elapsedSeconds - stroke * period
    const turn = turnSeconds * (0.82 + 0.36 * hashUnit(seed, stroke))
    if (inStroke > turn) return restWatts
    const laundry = 0.85 + 0.3 * hashUnit(seed ^ 0x51, stroke)
    const start = inStroke < 1.6 ? 1.1 + 0.5 * hashUnit(seed ^ 0x52, stroke) : inStroke < 3 ? 1.05 : 1
    return watts * laundry * start * (1 + 0.025 * hashNormal(seed ^ 0x53, second))
  }
}

/** Runs up in steps to full speed, overshoots, and needs less as water leaves the laundry. */
export function spinning(seed: number, peakWatts: number, durationSeconds: number) {
  const rampSeconds = Math.min(120, durationSeconds * 0.45)
  return (elapsedSeconds: number, second: number): number => {
    const noise = 1 + 0.015 * hashNormal(seed, second)
    if (elapsedSeconds < rampSeconds) {
      const x = elapsedSeconds / rampSeconds
      const step = Math.floor(x * 4) / 4
      return peakWatts * (0.22 + 0.5 * (0.55 * step + 0.45 * x)) * noise
    }
    const since = elapsedSeconds - rampSeconds
    if (since < 5) return peakWatts * (1.25 + 0.15 * hashUnit(seed, 1)) * noise
    return peakWatts * (0.8 + 0.2 * Math.exp(-since / 45)) * noise
  }
}
