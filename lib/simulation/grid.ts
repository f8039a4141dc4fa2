import { hashNormal, Random, smoothNoise, streamSeed } from '@/lib/simulation/random'

/** The same grid feeds every home, so its frequency depends on the time alone. */
const FREQUENCY_SEED = 0x50485a

export function gridFrequencyHertz(second: number): number {
  // Traders' schedules change at full hours and push the frequency for some minutes.
  const intoHour = ((second % 3600) + 3600) % 3600
  const schedule = Math.exp(-intoHour / 240) * 0.025 * smoothNoise(FREQUENCY_SEED ^ 3, Math.floor(second / 3600), 1)
  return (
    50 +
    schedule +
    0.016 * smoothNoise(FREQUENCY_SEED, second, 410) +
    0.006 * smoothNoise(FREQUENCY_SEED ^ 1, second, 37) +
    0.002 * hashNormal(FREQUENCY_SEED ^ 2, second)
  )
}

/** The street's voltage at a home's connection, and the impedance that makes it sag under the home's own load. */
export class Connection {
  readonly sourceOhms: number
  private readonly baseVolts: number
  private readonly seed: number

  constructor(seed: number) {
    this.seed = streamSeed(seed, 'voltage')
    const traits = new Random(this.seed)
    this.sourceOhms = traits.between(0.2, 0.42)
    this.baseVolts = traits.between(229, 236.5)
  }

  /** Volts without this home's load. `localHour` gives the neighbourhood's day: high at night, low at dinner. */
  openVolts(second: number, localHour: number): number {
    const dinner = Math.exp(-(((localHour - 18.8) / 2.4) ** 2))
    const morning = Math.exp(-(((localHour - 7.8) / 1.6) ** 2))
    const neighbours = 1.1 * smoothNoise(this.seed, second, 900) + 0.45 * smoothNoise(this.seed ^ 1, second, 45)
    return this.baseVolts + 1 - 3 * dinner - 1.4 * morning + neighbours + 0.12 * hashNormal(this.seed ^ 2, second)
  }
}
