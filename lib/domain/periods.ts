import { DateTime } from 'luxon'

const QUARTER_HOUR_SECONDS = 900

/**
 * First instant of the local day that contains a moment, in Unix seconds. Where the clocks skip midnight the day starts at
 * the first minute that exists; where they repeat it, at the first of the two.
 * @param timeZone IANA name
 * @throws RangeError when the zone is unknown
 */
export function localDayStartSeconds(atSeconds: number, timeZone: string): number {
  const moment = DateTime.fromSeconds(atSeconds, { zone: timeZone })
  if (!moment.isValid) throw new RangeError(`Unknown time zone ${timeZone}`)
  const date = moment.toISODate()
  let start = Math.round(moment.startOf('day').toSeconds())
  // startOf('day') keeps the moment's own offset and lands on the second midnight of a day that has two (Havana in autumn).
  while (dateAt(start - QUARTER_HOUR_SECONDS, timeZone) === date) start -= QUARTER_HOUR_SECONDS
  return start
}

/** First instant of the following local day: 23 to 25 hours later, in Unix seconds. */
export function nextLocalDayStartSeconds(atSeconds: number, timeZone: string): number {
  const noonTomorrow = DateTime.fromSeconds(localDayStartSeconds(atSeconds, timeZone), { zone: timeZone })
    .plus({ days: 1 })
    .set({ hour: 12 })
  return localDayStartSeconds(noonTomorrow.toSeconds(), timeZone)
}

function dateAt(seconds: number, timeZone: string): string | null {
  return DateTime.fromSeconds(seconds, { zone: timeZone }).toISODate()
}
