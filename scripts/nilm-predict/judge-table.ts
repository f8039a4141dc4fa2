import { UsageError } from '@/lib/infra/usage-error'
import { counted } from '@/lib/ingest/problem-counts'
import { STEADY_SHARE } from './change-log'
import type { TableOptions } from './table-options'
import type { TableSurvey } from './table-survey'
import { smallUnitWarning } from './unit-guess'

/** Slowest rows that still say anything about appliances: the models were trained to 60 s. */
export const SLOWEST_SECONDS = 90
/** Faster rows are waveforms, or times in another unit. */
const FASTEST_SECONDS = 0.005
/** A meter of 2 Hz with times to the second has half of its rows share one; with more, the times mean nothing. */
const MOST_REPEATED_TIMES = 0.6
const MOST_CONFLICTS = 0.05
/** With fewer rows than this nothing can be told about a table as a whole. */
const LEAST_ROWS = 20
/** A home's mains are rarely above its fuses. */
const MILLIWATT_LIKE_MEDIAN = 50_000
/** A power that rises so often without a fall is the reading of a counter. One that is replaced or overflows falls once in a while. */
const COUNTER_RISES = 30
const COUNTER_FALLS = 0.002
/** A home that makes more than it draws does so by day. */
const MOST_NEGATIVE = 0.95

/**
 * Says what is doubtful about a table, before anything is estimated from it.
 * @returns warnings, each a sentence or two
 * @throws UsageError where every estimate would be nonsense, with what to do
 */
export function judgeTable(survey: TableSurvey, file: string, options: TableOptions): string[] {
  const { medianSpacingSeconds, rows, repeatedTimes, conflicts, steadyShare, rises, falls } = survey
  if (medianSpacingSeconds > SLOWEST_SECONDS && options.hold !== 'next') {
    throw new UsageError(
      `The rows of ${file} are about ${duration(medianSpacingSeconds)} apart. The models need one at least every ` +
        '60 s to tell appliances from each other. (Where times count milliseconds from another start than 1970, divide by 1000.)',
    )
  }
  if (medianSpacingSeconds < FASTEST_SECONDS) {
    throw new UsageError(
      `The rows of ${file} are about ${medianSpacingSeconds.toPrecision(2)} s apart, so its times are in another unit than ` +
        'seconds since 1970 (days, as in a spreadsheet?), or it is a waveform. Write the times as Unix seconds or ISO 8601.',
    )
  }
  if (rises >= COUNTER_RISES && falls <= COUNTER_FALLS * rises) {
    throw new UsageError(
      `The power of ${file} rises ${rises.toLocaleString('en')} times and ${falls === 0 ? 'never' : 'hardly ever'} falls: this is ` +
        "the reading of an energy meter. Write the power: each reading's rise over the time since the one before.",
    )
  }
  // Where a file was only put together twice, the powers agree.
  if (rows >= LEAST_ROWS && repeatedTimes > MOST_REPEATED_TIMES * rows && conflicts > MOST_CONFLICTS * rows) {
    throw new UsageError(
      `${repeatedTimes.toLocaleString('en')} of ${counted(rows)} of ${file} have the time of another row: the times ` +
        'have lost their seconds, or several meters are mixed. Write one meter, with times to the second.',
    )
  }
  const warnings = [...unitWarnings(survey, options), ...signWarnings(survey), ...gapWarnings(survey)]
  if (rows >= LEAST_ROWS && steadyShare < STEADY_SHARE && options.hold === null) {
    warnings.push(
      'Rows come at irregular times, and do not look like a row for each change: each power is read as the one since the row before ' +
        '(--hold previous says so). If it holds until the next row, pass --hold next.',
    )
  }
  if (conflicts > 0) {
    warnings.push(`${counted(conflicts)} have the time of another row and another power; only the first one's power counts.`)
  }
  return warnings
}

function unitWarnings(survey: TableSurvey, { unit, hold }: TableOptions): string[] {
  const { rows, medianWatts, kilowattRows } = survey
  const warnings: string[] = []
  if (kilowattRows) {
    const from = new Date(kilowattRows.fromSeconds * 1000).toISOString().slice(0, 16).replace('T', ' ')
    warnings.push(
      `About ${counted(kilowattRows.rows)}, the first of ${from} UTC, have powers up to ${kilowattRows.maxWatts.toPrecision(3)} W, ` +
        `the others usually ${kilowattRows.usualWatts.toPrecision(3)} W: these look like kW among W. They are read as W, and if they ` +
        'are kW their estimates mean nothing: write the whole file in one unit.',
    )
  }
  const small = smallUnitWarning(survey, { unit, hold })
  if (small) warnings.push(small)
  if (unit === null && rows >= LEAST_ROWS && medianWatts > MILLIWATT_LIKE_MEDIAN) {
    warnings.push(
      `Half of the powers are above ${Math.round(medianWatts / 1000)} kW, more than a home draws. If they are mW, pass ` +
        '--unit mW; if they are right, the models were not made for a building of that size (--unit W leaves this out).',
    )
  }
  if (unit === 'VA' || unit === 'kVA') {
    warnings.push(
      'Apparent power is taken for active power: whatever draws reactive power (motors, standby) looks larger than it is, and ' +
        'what is exported looks like consumption.',
    )
  }
  return warnings
}

function signWarnings({ rows, negativeRows }: TableSurvey): string[] {
  if (rows < LEAST_ROWS || negativeRows <= MOST_NEGATIVE * rows) return []
  return [
    'Nearly every power is negative, which means exporting, and nothing can be said about appliances then. If consumption is ' +
      'written as negative, turn the sign round.',
  ]
}

function gapWarnings({ gapSeconds, gaps, longestGapSeconds, lonelyRows }: TableSurvey): string[] {
  const warnings: string[] = []
  if (lonelyRows > 0) {
    warnings.push(
      `${counted(lonelyRows)} have no other within ${duration(gapSeconds)}: each of their estimates rests on one reading alone ` +
        'and says next to nothing.',
    )
  }
  if (gaps > 0) {
    warnings.push(
      `${gaps.toLocaleString('en')} ${gaps === 1 ? 'gap' : 'gaps'} of more than ${duration(gapSeconds)}, the longest of ` +
        `${duration(longestGapSeconds)}; nothing is said about the time in between.`,
    )
  }
  return warnings
}

function duration(seconds: number): string {
  const units = [['days', 86_400], ['h', 3600], ['min', 60]] as const
  const [name, size] = units.find(([, size]) => seconds >= 2 * size) ?? ['s', 1] as const
  return `${Number((seconds / size).toPrecision(3))} ${name}`
}
