import { DateTime } from 'luxon'
import type { AlertSeverity, QuietHours } from '@/lib/contracts/alerts'

/** Minutes since 00:00 of HH:MM. */
export function clockMinutes(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/** HH:MM of minutes since 00:00. */
export const clockText = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

export interface ClockWindow {
  from: string
  until: string
}

/** Whether the local clock shows a time in [from, until); a window that ends before it begins goes over midnight. */
export function isInClockWindow(atSeconds: number, { from, until }: ClockWindow, timeZone: string): boolean {
  const local = DateTime.fromSeconds(atSeconds, { zone: timeZone })
  const shown = local.hour * 60 + local.minute
  const [start, end] = [clockMinutes(from), clockMinutes(until)]
  return start < end ? shown >= start && shown < end : shown >= start || shown < end
}

/** Quiet hours that a change of the clocks makes longer still end within this. */
const LONGEST_MINUTES = 26 * 60

/**
 * Until when an alert must wait, Unix seconds; null where it may be sent at once. The wait ends with the first minute in which the
 * local clock shows a time outside the quiet hours, also on nights when the clocks change and skip or repeat their end.
 */
export function quietUntil(
  atSeconds: number,
  quiet: QuietHours | null,
  timeZone: string,
  severity: AlertSeverity,
): number | null {
  if (!quiet || (severity === 'critical' && quiet.criticalPasses) || !isInClockWindow(atSeconds, quiet, timeZone)) return null
  const thisMinute = Math.floor(atSeconds / 60) * 60
  for (let ahead = 1; ahead <= LONGEST_MINUTES; ahead++) {
    const minute = thisMinute + ahead * 60
    if (!isInClockWindow(minute, quiet, timeZone)) return minute
  }
  return null
}
