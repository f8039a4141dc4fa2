/** Steps of a household meter's readings. */
export const METER_STEPS = {
  powerWatts: 1,
  voltageVolts: 0.1,
  currentAmps: 0.01,
  powerFactor: 0.001,
  reactivePowerVar: 1,
  frequencyHertz: 0.01,
  thdPercent: 0.1,
} as const

/** Rounds to a step given as 1/`perUnit`, so that the result is the shortest decimal. */
export function quantise(value: number, perUnit: number): number {
  return Math.round(value * perUnit) / perUnit
}
