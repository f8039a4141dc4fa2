import type { TableOptions } from '../table-options'
import { rowsAtAnyTime } from './refused-tables'
import { powerAt, randomNumbers, rowAt, START_SECONDS, steadyRows, tableText, type TableRow } from './table-rows'

/** A table that gives a result, with rows left empty or something to be warned of. */
export interface DoubtfulTable {
  name: string
  options?: Partial<TableOptions>
  /** Rows without estimates, by reason, as a function of the rows there are; others have some. */
  problems?: (rows: number) => Record<string, number>
  /** What must be said; nothing else may be. */
  warnings?: RegExp[]
  text(rows: number, seed: number): Iterable<string | Buffer>
}

const BAD_POWERS = ['NaN', 'null', 'inf', '-Infinity', '', 'text', '12 W', '0x10', '1e12', '-1e12']
/** Every so many rows one is spoilt. */
const SPOILT_EVERY = 10

function* spoilt(rows: number, seed: number, spoil: (row: TableRow, nth: number) => string): Generator<string> {
  yield 'timestamp,power_total\n'
  for (let i = 0; i < rows; i++) {
    const row = rowAt(i, seed)
    const spoils = i % SPOILT_EVERY === SPOILT_EVERY - 1
    yield spoils ? spoil(row, Math.floor(i / SPOILT_EVERY)) : `${row.timestampSeconds},${row.powerWatts}\n`
  }
}

const spoiltCount = (rows: number) => Math.floor(rows / SPOILT_EVERY)

function* mapped(rows: Iterable<TableRow>, change: (row: TableRow, i: number) => Partial<TableRow>): Generator<TableRow> {
  let i = 0
  for (const row of rows) yield { ...row, ...change(row, i++) }
}

function* thinned(rows: Iterable<TableRow>, keeps: (i: number) => boolean): Generator<TableRow> {
  let i = 0
  for (const row of rows) if (keeps(i++)) yield row
}

const changed = (change: (row: TableRow, i: number, rows: number) => Partial<TableRow>) => (rows: number, seed: number) =>
  tableText(mapped(steadyRows(rows, seed), (row, i) => change(row, i, rows)))

/** A gap after half of the rows. */
const gapOf = (seconds: number) =>
  changed(({ timestampSeconds }, i, rows) => (i < rows / 2 ? {} : { timestampSeconds: timestampSeconds + seconds }))

/** Rows whose spacing changes after a share of them. */
function* twoRates(rows: number, seed: number, first: number, second: number, firstShare = 0.5): Generator<TableRow> {
  let offset = 0
  for (let i = 0; i < rows; i++) {
    offset += i < firstShare * rows ? first : second
    yield { timestampSeconds: START_SECONDS + offset, powerWatts: powerAt(Math.floor(offset), seed) }
  }
}

function jittered(rows: number, seed: number, intervalSeconds: number): Iterable<TableRow> {
  const random = randomNumbers(seed)
  return mapped(steadyRows(rows, seed, intervalSeconds), ({ timestampSeconds }) => ({
    timestampSeconds: timestampSeconds + Math.round(400 * intervalSeconds * (random() - 0.5)) / 1000,
  }))
}

const TIME_AGAIN = 'time that earlier rows passed through already (a clock set back; local times need --time-zone)'
const MOST_GAPS = /gaps? of more than 90 s/

export const DOUBTFUL_TABLES: readonly DoubtfulTable[] = [
  {
    name: 'cells that are no power',
    problems: (rows) => {
      const beyond = Array.from({ length: spoiltCount(rows) }, (_, i) => BAD_POWERS[i % BAD_POWERS.length]!.includes('1e12'))
      const count = beyond.filter(Boolean).length
      return { 'power not a number': spoiltCount(rows) - count, 'power beyond 10 MW': count }
    },
    text: (rows, seed) => spoilt(rows, seed, (row, nth) => `${row.timestampSeconds},${BAD_POWERS[nth % BAD_POWERS.length]}\n`),
  },
  {
    name: 'cells that are no time',
    problems: (rows) => ({ 'time unreadable': spoiltCount(rows) }),
    text: (rows, seed) => spoilt(rows, seed, (row, nth) => `${['', 'never', '-5', '2024-02-30'][nth % 4]},${row.powerWatts}\n`),
  },
  {
    name: 'rows cut short or run together',
    problems: (rows) => ({
      'power not a number': Math.ceil(spoiltCount(rows) / 2),
      'wrong number of cells': Math.floor(spoiltCount(rows) / 2),
    }),
    text: (rows, seed) => spoilt(rows, seed, (row, nth) => `${row.timestampSeconds}${nth % 2 === 0 ? '' : ',5,1706184001,5'}\n`),
  },
  {
    name: 'NUL bytes where the power failed',
    problems: (rows) => ({ 'time unreadable': spoiltCount(rows) }),
    text: (rows, seed) => spoilt(rows, seed, (row) => `${'\0'.repeat(64)}${row.timestampSeconds},${row.powerWatts}\n`),
  },
  {
    name: 'stray quotes',
    text: (rows, seed) => spoilt(rows, seed, (row) => `${row.timestampSeconds},"${row.powerWatts}\n`),
  },
  {
    name: 'headers in between, of files put together',
    problems: (rows) => ({ 'time unreadable': spoiltCount(rows) }),
    text: (rows, seed) => spoilt(rows, seed, () => 'timestamp,power_total\n'),
  },
  {
    name: 'negative power while the sun shines',
    text: changed(({ powerWatts }, i) => (i % 300 < 150 ? { powerWatts: powerWatts - 3000 } : {})),
  },
  {
    name: 'consumption written as negative',
    warnings: [/Nearly every power is negative/],
    text: changed(({ powerWatts }) => ({ powerWatts: -powerWatts })),
  },
  { name: 'spikes of a megawatt', text: changed((_, i) => (i % 50 === 7 ? { powerWatts: 1e6 } : {})) },
  { name: 'every row twice', text: (rows, seed) => tableText(twice(steadyRows(Math.floor(rows / 2), seed))) },
  {
    name: 'the whole file twice',
    *text(rows, seed) {
      yield* tableText(steadyRows(Math.floor(rows / 2), seed))
      yield* tableText(steadyRows(Math.floor(rows / 2), seed), { header: '' })
    },
  },
  {
    name: 'repeated times with other powers',
    warnings: [/the time of another row and another power/],
    text: changed(({ timestampSeconds }, i) => (i % 10 === 5 ? { timestampSeconds: timestampSeconds - 1 } : {})),
  },
  {
    name: 'a clock that goes back by a sixth of the file',
    problems: (rows) => ({ [TIME_AGAIN]: Math.floor(rows / 6) }),
    text: changed(({ timestampSeconds }, i, rows) =>
      i < rows / 2 ? {} : { timestampSeconds: timestampSeconds - Math.floor(rows / 6) - 0.5 }),
  },
  {
    name: 'rows that fill a gap afterwards',
    *text(rows, seed) {
      const inGap = (i: number) => i > rows / 3 && i < rows / 2
      yield* tableText(thinned(steadyRows(rows, seed), (i) => !inGap(i)))
      yield* tableText(thinned(steadyRows(rows, seed), inGap), { header: '' })
    },
  },
  { name: 'a gap of a minute', text: gapOf(60) },
  { name: 'a gap of days', warnings: [MOST_GAPS], text: gapOf(5 * 86_400) },
  { name: 'a gap of years', warnings: [MOST_GAPS], text: gapOf(20 * 365 * 86_400) },
  { name: 'a jump back of years', warnings: [MOST_GAPS], text: gapOf(-20 * 365 * 86_400) },
  {
    name: 'a clock that drifts by 1 %',
    text: changed((row) => ({ timestampSeconds: START_SECONDS + 1.01 * (row.timestampSeconds - START_SECONDS) })),
  },
  ...[0.1, 1.5, 5, 7, 10, 15, 60].map((intervalSeconds) => ({
    name: `a row every ${intervalSeconds} s`,
    text: (rows: number, seed: number) => tableText(steadyRows(rows, seed, intervalSeconds)),
  })),
  { name: 'times with 20 % of jitter', text: (rows, seed) => tableText(jittered(rows, seed, 5)) },
  {
    name: '5 % of the rows missing',
    text: (rows, seed) => {
      const random = randomNumbers(seed)
      return tableText(thinned(steadyRows(rows, seed), () => random() > 0.05))
    },
  },
  { name: 'a meter that goes from 1 s to 60 s', text: (rows, seed) => tableText(twoRates(rows, seed, 1, 60)) },
  {
    name: 'a meter that goes from 10 s to 15 minutes',
    warnings: [/no other within 90 s/, MOST_GAPS],
    text: (rows, seed) => tableText(twoRates(rows, seed, 10, 900, 0.9)),
  },
  {
    name: 'rows at any time, of which nobody said what they mean',
    warnings: [/no other within 90 s/, MOST_GAPS, /irregular times.*since the row before.*--hold next/],
    text: (rows, seed) => tableText(rowsAtAnyTime(rows, seed)),
  },
  {
    name: 'rows at any time, held until the next',
    options: { hold: 'next' },
    text: (rows, seed) => tableText(rowsAtAnyTime(rows, seed)),
  },
  {
    name: 'rows at any time, held since the one before',
    options: { hold: 'previous' },
    warnings: [/no other within 90 s/, MOST_GAPS],
    text: (rows, seed) => tableText(rowsAtAnyTime(rows, seed)),
  },
  {
    name: 'a row for each change of 5 W, which nobody spoke of',
    warnings: [/each at least 5(\.\d)? W from the one before.*--hold previous/],
    text: (rows, seed) => tableText(rowsOfChanges(rows, seed, 5)),
  },
  {
    name: 'a row for each change of 5 W, and one every ten seconds',
    warnings: [/each at least 5(\.\d)? W from the one before/],
    text: (rows, seed) => tableText(rowsOfChanges(rows, seed, 5, 10)),
  },
  {
    name: 'kilowatts among watts',
    warnings: [/rows, the first of .* UTC, have powers up to .* W.*kW among W/],
    text: changed(({ powerWatts }, i, rows) => (i >= rows / 3 ? { powerWatts: powerWatts / 1000 } : {})),
  },
  {
    name: 'apparent power by the name',
    warnings: [/timestamp and va/, /in VA/, /Apparent power/],
    text: (rows, seed) => tableText(steadyRows(rows, seed), { header: 'timestamp,va' }),
  },
  { name: 'one line without a header', warnings: [/no header/], text: () => ['1706184001,1500.5'] },
  {
    name: 'kilowatts that nobody spoke of',
    warnings: [/looks like kW.*--unit kW/],
    text: (rows, seed) => tableText(steadyRows(rows, seed), { power: (watts) => String(watts / 1000) }),
  },
  {
    name: 'milliwatts that nobody spoke of',
    warnings: [/--unit mW/],
    text: (rows, seed) => tableText(steadyRows(rows, seed), { power: (watts) => String(Math.round(watts * 1000)) }),
  },
  {
    name: 'apparent power',
    options: { unit: 'VA', powerColumn: 'apparent power (va)' },
    warnings: [/Apparent power/],
    text: (rows, seed) => tableText(steadyRows(rows, seed), { header: 'timestamp,Apparent Power (VA)' }),
  },
  { name: 'one row without a line end', text: () => ['timestamp,power_total\n1706184001,1500.5'] },
]

/** What a meter writes that reports changes of `leastWatts`, and else something every so often. */
function* rowsOfChanges(rows: number, seed: number, leastWatts: number, atLeastEverySeconds = Infinity): Generator<TableRow> {
  const random = randomNumbers(seed)
  let written: TableRow = { timestampSeconds: START_SECONDS, powerWatts: powerAt(0, seed) }
  for (let second = 1, count = 0; count < rows; second++) {
    const row = { timestampSeconds: START_SECONDS + second, powerWatts: Math.round(10 * (powerAt(second, seed) + 6 * random())) / 10 }
    const isDue = row.timestampSeconds - written.timestampSeconds >= atLeastEverySeconds
    if (Math.abs(row.powerWatts - written.powerWatts) < leastWatts && !isDue) continue
    written = row
    count++
    yield row
  }
}

function* twice(rows: Iterable<TableRow>): Generator<TableRow> {
  for (const row of rows) {
    yield row
    yield row
  }
}
