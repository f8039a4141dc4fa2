import { LocalClock } from '@/lib/ingest/local-clock'
import { readTimestamp, RECORDED_TIMES, type ReadTimestamp, type TimestampRules } from '@/lib/ingest/read-timestamp'
import type { DateOrder } from '@/lib/ingest/rewrite-date'

const MINUTE_CHARACTERS = 16
/** `2024-01-25 16:00:05`, with a Z or without. */
const ISO_SECOND = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:[0-5]\d(Z?)$/
const UNIX_SECONDS = /^\d{9,10}(\.\d+)?$/

/** Reads the times of one file, in file order: a local clock tells the hour it shows twice by what comes before. */
export class FileTime {
  private readonly rules: TimestampRules
  private minuteText = ''
  private minuteZone = ''
  private minuteSeconds = 0

  /** @param timeZone of times without one @throws RangeError where there is none of that name */
  constructor(
    timeZone: string,
    dateOrder: DateOrder,
    private readonly nowSeconds: number,
  ) {
    const clock = timeZone === 'UTC' ? null : new LocalClock(timeZone)
    this.rules = { ...RECORDED_TIMES, dateOrder, zoneless: clock ? (seconds) => clock.toUnixSeconds(seconds) : 'utc' }
  }

  read(cell: string | number): ReadTimestamp {
    if (typeof cell === 'number') return readTimestamp(cell, this.nowSeconds, this.rules)
    const text = cell.trim()
    if (UNIX_SECONDS.test(text)) return readTimestamp(Number(text), this.nowSeconds, this.rules)
    const iso = ISO_SECOND.exec(text)
    if (!iso) return readTimestamp(text, this.nowSeconds, this.rules)
    // Files are in runs of the same minute, and cutting one up takes longer than all else.
    const zone = iso[1]!
    if (zone !== this.minuteZone || !text.startsWith(this.minuteText) || this.minuteText === '') {
      const minute = readTimestamp(`${text.slice(0, MINUTE_CHARACTERS)}:00${zone}`, this.nowSeconds, this.rules)
      if (!minute.ok) return minute
      this.minuteText = text.slice(0, MINUTE_CHARACTERS)
      this.minuteZone = zone
      this.minuteSeconds = minute.seconds
    }
    return { ok: true, seconds: this.minuteSeconds + Number(text.slice(MINUTE_CHARACTERS + 1, MINUTE_CHARACTERS + 3)) }
  }
}
