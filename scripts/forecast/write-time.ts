import { DateTime, FixedOffsetZone } from 'luxon'

const ISO = /^\d{4}([-/])\d{2}[-/]\d{2}([T ])?(\d{2}:\d{2})?(:\d{2})?([.,]\d+)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/i

/**
 * Writes times as an example does: Unix seconds or a finer unit, or ISO 8601 with its separators and offset; times without an offset
 * are those of the given zone. Any other form becomes ISO 8601 in UTC.
 */
export function timeWriter(example: string, timeZone: string): (unixSeconds: number) => string {
  if (/^\d+([.,]\d+)?(e\d+)?$/i.test(example)) {
    const number = Number(example.replace(',', '.'))
    const perSecond = number > 1e17 ? 1e9 : number > 1e14 ? 1e6 : number > 1e11 ? 1e3 : 1
    return (seconds) => (perSecond === 1e9 ? String(BigInt(Math.round(seconds)) * 1_000_000_000n) : String(Math.round(seconds * perSecond)))
  }
  const [whole, dateSeparator = '-', separator = ' ', , , , zone] = ISO.exec(example) ?? []
  if (whole === undefined) return (seconds) => DateTime.fromSeconds(seconds, { zone: 'utc' }).toISO({ suppressMilliseconds: true })!
  const place = zone === undefined ? timeZone : offsetZone(zone)
  const format = `yyyy${dateSeparator}MM${dateSeparator}dd'${separator}'HH:mm:ss`
  return (seconds) => DateTime.fromSeconds(seconds, { zone: place }).toFormat(format) + (zone ?? '')
}

/** The offset at the end of a time as minutes; 0 for Z and where there is none. */
export function offsetMinutes(zone: string): number {
  const [, sign, hours, minutes = '0'] = /([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? []
  return hours === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

const offsetZone = (zone: string) => FixedOffsetZone.instance(offsetMinutes(zone))
