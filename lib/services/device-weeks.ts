import { findDeviceWeeks, findWatchedDevices, makeDeviceWeek } from '@/lib/data/device-weeks'
import { weekStartSeconds } from '@/lib/domain/appliance-weeks'

/** A year to compare with, and the half year in which trends are looked for. */
export const HISTORY_WEEKS = 80

/**
 * Makes the complete weeks that are missing of every device that stands for a piece of equipment, the newest first.
 * @returns how many
 */
export async function makeMissingDeviceWeeks(stopped: AbortSignal, nowSeconds = Date.now() / 1000): Promise<number> {
  let made = 0
  for (const { buildingKey, device, timeZone } of await findWatchedDevices()) {
    const starts = Array.from({ length: HISTORY_WEEKS + 1 }, (_, weeksBack) => weekStartSeconds(nowSeconds, timeZone, weeksBack))
    const known = new Set((await findDeviceWeeks(buildingKey, device, starts.at(-1) ?? 0, starts[0] ?? 0)).map(({ startSeconds }) => startSeconds))
    for (const [index, end] of starts.slice(0, -1).entries()) {
      const start = starts[index + 1] ?? end
      if (known.has(start)) continue
      if (stopped.aborted) return made
      await makeDeviceWeek(buildingKey, device, start, end)
      made++
    }
  }
  return made
}
