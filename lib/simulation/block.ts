import { APPLIANCE_COUNT } from '@/lib/contracts/appliances'

/** Consecutive seconds of a home, column by column. Index i belongs to `startTimestampSeconds + i`. */
export interface SimulatedBlock {
  startTimestampSeconds: number
  /** How many seconds are filled; the columns may be longer. */
  seconds: number
  /** What the meter reports: noisy, in the meter's steps. */
  powerWatts: Float32Array
  voltageVolts: Float32Array
  currentAmps: Float32Array
  powerFactor: Float32Array
  reactivePowerVar: Float32Array
  frequencyHertz: Float32Array
  thdPercent: Float32Array
  /** Truth, before the meter: one column for each of the 11 in contract order. */
  applianceWatts: Float32Array[]
  backgroundWatts: Float32Array
}

export function createBlock(seconds: number): SimulatedBlock {
  const column = () => new Float32Array(seconds)
  return {
    startTimestampSeconds: 0,
    seconds: 0,
    powerWatts: column(),
    voltageVolts: column(),
    currentAmps: column(),
    powerFactor: column(),
    reactivePowerVar: column(),
    frequencyHertz: column(),
    thdPercent: column(),
    applianceWatts: Array.from({ length: APPLIANCE_COUNT }, column),
    backgroundWatts: column(),
  }
}

/** Copies `seconds` rows between blocks. */
export function copyRows(from: SimulatedBlock, fromIndex: number, to: SimulatedBlock, toIndex: number, seconds: number): void {
  const copy = (source: Float32Array, target: Float32Array) =>
    target.set(source.subarray(fromIndex, fromIndex + seconds), toIndex)
  copy(from.powerWatts, to.powerWatts)
  copy(from.voltageVolts, to.voltageVolts)
  copy(from.currentAmps, to.currentAmps)
  copy(from.powerFactor, to.powerFactor)
  copy(from.reactivePowerVar, to.reactivePowerVar)
  copy(from.frequencyHertz, to.frequencyHertz)
  copy(from.thdPercent, to.thdPercent)
  copy(from.backgroundWatts, to.backgroundWatts)
  from.applianceWatts.forEach((source, index) => copy(source, to.applianceWatts[index]!))
}
