/** Zones whose people mostly rest at Christmas, New Year and Easter. */
const ZONES = /^(Europe|America|Australia|Atlantic)\/|^Pacific\/(Auckland|Honolulu)|^Africa\/Johannesburg/

/**
 * Whether most people at a place rest on a day: New Year, Good Friday, Easter Monday, 25 and 26 December, where they are kept.
 * Other holidays differ from region to region, which a time zone does not tell.
 * @param dayNumber days since 1970-01-01
 */
export function isPublicHoliday(dayNumber: number, timeZone: string): boolean {
  if (!ZONES.test(timeZone)) return false
  const date = new Date(dayNumber * 86_400_000)
  const monthDay = (date.getUTCMonth() + 1) * 100 + date.getUTCDate()
  if (monthDay === 101 || monthDay === 1225 || monthDay === 1226) return true
  const fromEaster = dayNumber - easterSunday(date.getUTCFullYear())
  return fromEaster === -2 || fromEaster === 1
}

/** Day number of Easter Sunday, Gregorian calendar: the anonymous algorithm, Meeus, Astronomical Algorithms, ch. 8. */
function easterSunday(year: number): number {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3)
  const h = (19 * a + d + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  const day = ((h + l - 7 * m + 114) % 31) + 1
  return Date.UTC(year, month - 1, day) / 86_400_000
}
