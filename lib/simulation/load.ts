import type { Calendar } from '@/lib/simulation/calendar'
import type { Household, Interval } from '@/lib/simulation/household'
import type { HomeProfile } from '@/lib/simulation/profile'
import type { Weather } from '@/lib/simulation/weather'

/** Everything a load may depend on; each part is a function of the seed and the time alone. */
export interface HomeContext {
  seed: number
  profile: HomeProfile
  calendar: Calendar
  household: Household
  weather: Weather
}

/** How a load looks to a meter beside its watts. */
export interface ElectricalCharacter {
  /** Watts follow voltage to this power: 2 a heating element, 1 a motor, 0 a regulated supply. */
  voltageExponent: 0 | 1 | 2
  /** var per watt; positive lags (motors), negative leads (electronics). */
  reactiveRatio: number
  /** Harmonic VA per watt. */
  distortionRatio: number
  /** Only the first so many watts are reactive and distorted: a washing machine's heater on top of them is neither. */
  nonResistiveWatts: number
}

/** A stretch of a run in which one rule gives the watts. Times are Unix seconds with fractions. */
export interface Phase extends Interval {
  name: string
  /** Whether the phase's purpose is heat from a resistor. */
  heating: boolean
  /** Watts at 230 V. `elapsedSeconds` counts from the phase's start, `second` is the absolute second for noise. */
  watts: (elapsedSeconds: number, second: number) => number
  /** Energy of the inrush in the first half second. */
  surgeJoules: number
}

/** One use of an appliance, from switching on to the end of its programme. */
export interface Run extends Interval {
  programme: string
  phases: readonly Phase[]
}

export interface Load {
  readonly electrical: ElectricalCharacter
  /**
   * Adds the load's watts at 230 V: index i is the mean over [fromSeconds + i, fromSeconds + i + 1).
   * @returns false when nothing was added
   */
  render(fromSeconds: number, watts: Float32Array): boolean
}

export interface ApplianceModel extends Load {
  /** Runs that overlap [fromSeconds, toSeconds), oldest first. */
  runs(fromSeconds: number, toSeconds: number): readonly Run[]
}

export const RESISTIVE: ElectricalCharacter = {
  voltageExponent: 2,
  reactiveRatio: 0,
  distortionRatio: 0.01,
  nonResistiveWatts: Number.POSITIVE_INFINITY,
}

export const ELECTRONIC: ElectricalCharacter = {
  voltageExponent: 0,
  reactiveRatio: -0.3,
  distortionRatio: 0.55,
  nonResistiveWatts: Number.POSITIVE_INFINITY,
}
