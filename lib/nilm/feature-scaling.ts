// Scalings that the features of both networks share; the training code has the same.

/** Beyond any building the models know; an absurd reading must not overflow the network's single precision for good. */
const MAX_POWER_WATTS = 1e6
const MIN_INTERVAL_SECONDS = 1
const MAX_INTERVAL_SECONDS = 60

export function limitPower(watts: number): number {
  return Math.min(Math.max(watts, -MAX_POWER_WATTS), MAX_POWER_WATTS)
}

export function logPower(watts: number): number {
  return (Math.sign(watts) * Math.log1p(Math.abs(watts) / 10)) / 6
}

export function logInterval(seconds: number): number {
  return Math.log2(Math.min(Math.max(seconds, MIN_INTERVAL_SECONDS), MAX_INTERVAL_SECONDS)) / 6
}
