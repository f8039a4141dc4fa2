import type { CurrentUser } from '@/lib/contracts/current-user'
import type { RawDay } from '@/lib/contracts/energy-export'
import { readRawColumns } from '@/lib/data/raw-columns'
import { findSiteOf } from '@/lib/data/sites'
import { isGap } from '@/lib/domain/energy'
import { LocalCalendar } from '@/lib/domain/local-calendar'
import { readMoment } from '@/lib/domain/moment-text'
import { env } from '@/lib/env'

const DAY_SECONDS = 86_400

/**
 * One local day of a building as its meter sent it; null = no such site or building. Readings are kept for RAW_RETENTION_DAYS
 * only: an older day is empty.
 * @param day any moment of it, see readMoment
 */
export async function getRawDayOf(
  user: CurrentUser,
  siteId: string,
  buildingId: string | undefined,
  day: string,
): Promise<{ rawDay: RawDay; timeZone: string; siteName: string } | { field: string; message: string } | null> {
  const site = await findSiteOf(user, siteId)
  const building = site?.buildings.find(({ id }) => buildingId === undefined || id === buildingId)
  if (!site || !building) return null
  const moment = readMoment(day, site.timeZone)
  if (moment === null) return { field: 'query.day', message: 'Write a date, as in 2026-01-31.' }
  const calendar = new LocalCalendar(site.timeZone, moment - DAY_SECONDS, moment + DAY_SECONDS)
  const { startSeconds, endSeconds } = calendar.dayAround(moment)
  const { timestamps, powerWatts } = await readRawColumns(building.key, startSeconds, endSeconds)
  return {
    timeZone: site.timeZone,
    siteName: site.name,
    rawDay: {
      buildingId: building.id,
      from: startSeconds,
      to: endSeconds,
      isSimulated: building.simulated,
      gapSeconds: largestSpacing(timestamps),
      timestamps,
      powerWatts,
      keptDays: env().RAW_RETENTION_DAYS,
    },
  }
}

/** The widest spacing that is no gap for a meter as regular as this one. */
function largestSpacing(timestamps: readonly number[]): number {
  const spacings = timestamps.slice(1).map((at, index) => at - (timestamps[index] ?? at)).sort((a, b) => a - b)
  const interval = spacings[Math.floor(spacings.length / 2)] ?? 1
  let spacing = interval
  while (!isGap(spacing + 0.5, interval)) spacing += 0.5
  return spacing
}
