import { setTimeout } from 'node:timers/promises'

const HOUR = 3600

/**
 * Unix seconds at which the hour that runs began, for homes whose readings end there. Where it ends before a file's tests would
 * be through, it waits for the next one: an hour that turns in between is one that such a home has not measured.
 */
export async function hourWithTimeLeft(neededSeconds = 60): Promise<number> {
  const leftSeconds = HOUR - ((Date.now() / 1000) % HOUR)
  if (leftSeconds < neededSeconds) await setTimeout(leftSeconds * 1000 + 500)
  return Math.floor(Date.now() / 1000 / HOUR) * HOUR
}
