import { DateTime } from 'luxon'
import { localDateStartSeconds } from './local-calendar'

/**
 * A moment as callers write it: Unix seconds, a local date (its first instant), or ISO 8601, read at the site where it has no
 * offset. @returns Unix seconds; null where it is none of them
 */
export function readMoment(text: string, timeZone: string): number | null {
  if (/^\d{9,11}(\.\d+)?$/.test(text)) return Number(text)
  if (!/^\d{4}-\d{2}-\d{2}(T|$)/.test(text)) return null
  // A space where a plus sign was: what becomes of "+02:00" in a query that nobody encoded.
  const moment = DateTime.fromISO(text.replace(' ', '+'), { zone: timeZone })
  if (!moment.isValid || moment.year < 1970) return null
  return text.includes('T') ? moment.toSeconds() : localDateStartSeconds(text, timeZone)
}
