import { APPLIANCES } from '@/lib/contracts/appliances'
import { copyRows, createBlock, type SimulatedBlock } from '@/lib/simulation/block'
import { BlockRenderer } from '@/lib/simulation/block-renderer'
import { Calendar } from '@/lib/simulation/calendar'
import { Household } from '@/lib/simulation/household'
import type { ApplianceModel, HomeContext } from '@/lib/simulation/load'
import { createProfile, type HomeProfile } from '@/lib/simulation/profile'
import { Weather } from '@/lib/simulation/weather'

/** Homes are computed in blocks aligned to the hour, so that the same second always comes out of the same computation. */
export const BLOCK_SECONDS = 3600

export interface HomeOptions {
  /** Any integer; the same seed is the same home with the same life. */
  seed: number
  /** Unix seconds of the first reading; fractions are dropped. */
  startTimestampSeconds: number
  /** IANA name; habits and daylight follow it. */
  timeZone: string
  profile?: Partial<HomeProfile>
}

/** What the meter reports at one second. */
export interface SimulatedReading {
  timestampSeconds: number
  powerWatts: number
  voltageVolts: number
  currentAmps: number
  powerFactor: number
  reactivePowerVar: number
  frequencyHertz: number
  /** Total harmonic distortion of the current. */
  thdPercent: number
}

/** A reading with the truth behind it: what each of the 11, in contract order, and everything else drew. */
export interface SimulatedSecond extends SimulatedReading {
  applianceWatts: Float32Array
  backgroundWatts: number
}

/**
 * A simulated home: a function of (seed, time zone, profile, time) that is read forward. Where reading starts does not change
 * what a second holds, so history and a live feed fit together.
 */
export class SimulatedHome {
  readonly profile: HomeProfile
  readonly context: HomeContext
  private readonly renderer: BlockRenderer
  private readonly block = createBlock(BLOCK_SECONDS)
  private nextSeconds: number

  /** @throws RangeError for an unknown time zone or a start that is no number. */
  constructor(options: HomeOptions) {
    if (!Number.isFinite(options.startTimestampSeconds)) throw new RangeError('startTimestampSeconds must be a number.')
    const seed = options.seed | 0
    const calendar = new Calendar(options.timeZone)
    this.profile = createProfile(seed, options.profile)
    const household = new Household(seed, this.profile, calendar)
    this.context = { seed, profile: this.profile, calendar, household, weather: new Weather(seed, calendar) }
    this.renderer = new BlockRenderer(this.context, BLOCK_SECONDS)
    this.nextSeconds = Math.floor(options.startTimestampSeconds)
  }

  /** Timestamp the next reading will have. */
  get positionSeconds(): number {
    return this.nextSeconds
  }

  /** The models of the 11, in contract order: their runs are the truth behind the watts. */
  get appliances(): readonly ApplianceModel[] {
    return this.renderer.appliances
  }

  /** Goes on at another time. */
  seek(timestampSeconds: number): void {
    this.nextSeconds = Math.floor(timestampSeconds)
  }

  next(): SimulatedSecond {
    const index = this.load(this.nextSeconds)
    const { block } = this
    const applianceWatts = new Float32Array(APPLIANCES.length)
    for (let i = 0; i < applianceWatts.length; i += 1) applianceWatts[i] = block.applianceWatts[i]![index]!
    const reading = readingAt(block, index)
    this.nextSeconds += 1
    return { ...reading, applianceWatts, backgroundWatts: block.backgroundWatts[index]! }
  }

  /** Fills the first `seconds` rows of `target` with what follows, without allocating per second. */
  fill(seconds: number, target: SimulatedBlock): void {
    if (seconds > target.powerWatts.length) throw new RangeError(`The block holds ${target.powerWatts.length} s, not ${seconds}.`)
    target.startTimestampSeconds = this.nextSeconds
    target.seconds = seconds
    for (let done = 0; done < seconds;) {
      const index = this.load(this.nextSeconds)
      const rows = Math.min(BLOCK_SECONDS - index, seconds - done)
      copyRows(this.block, index, target, done, rows)
      done += rows
      this.nextSeconds += rows
    }
  }

  /** Index of a second in the block that holds it, computed if need be. */
  private load(timestampSeconds: number): number {
    const start = Math.floor(timestampSeconds / BLOCK_SECONDS) * BLOCK_SECONDS
    if (this.block.seconds === 0 || this.block.startTimestampSeconds !== start) this.renderer.render(start, this.block)
    return timestampSeconds - start
  }
}

export function createHome(options: HomeOptions): SimulatedHome {
  return new SimulatedHome(options)
}

/** A row of a block as the meter reports it. Columns are 32-bit; the readings are brought back to the meter's decimals. */
export function readingAt(block: SimulatedBlock, index: number): SimulatedReading {
  const decimals = (value: number, perUnit: number) => Math.round(value * perUnit) / perUnit
  return {
    timestampSeconds: block.startTimestampSeconds + index,
    powerWatts: block.powerWatts[index]!,
    voltageVolts: decimals(block.voltageVolts[index]!, 10),
    currentAmps: decimals(block.currentAmps[index]!, 100),
    powerFactor: decimals(block.powerFactor[index]!, 1000),
    reactivePowerVar: block.reactivePowerVar[index]!,
    frequencyHertz: decimals(block.frequencyHertz[index]!, 100),
    thdPercent: decimals(block.thdPercent[index]!, 10),
  }
}
