import { gzipSync } from 'node:zlib'
import type { TableOptions } from '../table-options'
import { powerAt, randomNumbers, START_SECONDS, steadyRows, tableText, type TableForm, type TableRow } from './table-rows'

/** A file that nothing can be estimated from, and what must be said about it. */
export interface RefusedTable {
  name: string
  options?: Partial<TableOptions>
  error: RegExp
  text(rows: number, seed: number): Iterable<string | Buffer>
}

const inForm = (name: string, error: RegExp, form: TableForm, options?: Partial<TableOptions>): RefusedTable => ({
  name,
  options,
  error,
  text: (rows, seed) => tableText(steadyRows(rows, seed), form),
})

const whole = (name: string, error: RegExp, content: (rows: number) => Iterable<string | Buffer>): RefusedTable => ({
  name,
  error,
  text: (rows) => content(rows),
})

/** Watt-hours since a start, which begins again every 500 rows so many times. */
const counted = (name: string, resets: number): RefusedTable => ({
  name,
  error: /reading of an energy meter/,
  *text(rows, seed) {
    yield 'timestamp,power_total\n'
    let energyWh = 41_234
    let i = 0
    for (const { timestampSeconds, powerWatts } of steadyRows(Math.max(rows, 600), seed)) {
      energyWh = ++i % 500 === 0 && i / 500 <= resets ? 0 : energyWh + powerWatts / 3600
      yield `${timestampSeconds},${energyWh.toFixed(3)}\n`
    }
  },
})

const dayMonth = (seconds: number) =>
  new Date(seconds * 1000).toISOString().replace(/(\d+)-(\d+)-(\d+)T([\d:]+).*/, '$3/$2/$1 $4')
const utf32 = (text: string) => Buffer.from([...text].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0]))
const isoMinutes = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 16)

export const REFUSED_TABLES: readonly RefusedTable[] = [
  inForm('no header and three columns', /put the line timestamp,power_total at its top/, {
    header: '',
    line: (time, power) => `${time},${power},230.1`,
  }),
  inForm('no header and times that count from anywhere', /put the line timestamp,power_total at its top/, {
    header: '',
    time: (seconds) => String(seconds - START_SECONDS),
  }),
  inForm("a device's power", /--time-column time --power-column kettle_power/, { header: 'time,kettle_power' }),
  inForm('what the sun gives', /--power-column "solar power \(w\)"/, { header: 'time,Solar Power (W)' }),
  inForm('two powers', /--power-column power/, { header: 'timestamp,power,mains', line: (time, power) => `${time},${power},${power}` }),
  inForm('numbered powers', /If these are the phases of one building, pass --power-column power_1\+power_2/, {
    header: 'timestamp,power_1,power_2',
    line: (time, power) => `${time},${power},${power}`,
  }),
  inForm('phases in different units', /in different units/, {
    header: 'timestamp,power_l1_w,power_l2_kw',
    line: (time, power) => `${time},${power},${power}`,
  }, { powerColumn: 'power_l1_w+power_l2_kw' }),
  inForm('milliwatts or megawatts', /--power-column power_mw --unit mW/, { header: 'timestamp,power_mw' }),
  inForm('energy', /holds energy/, { header: 'timestamp,energy_kwh' }, { powerColumn: 'energy_kwh' }),
  inForm('energy that nobody spoke of', /energy_wh holds energy by its name/, { header: 'timestamp,energy_wh' }),
  counted('what an energy meter reads', 0),
  counted('what an energy meter reads that was replaced', 1),
  inForm('reactive power by the name', /active power/, { header: 'timestamp,var' }, { powerColumn: 'var' }),
  inForm('the same column twice', /more than one column called power_total/, { header: 'timestamp,power_total,power_total' }),
  inForm('days and months in an unknown order', /--date-order/, { time: (seconds) => dayMonth(seconds + 8 * 86_400) }),
  inForm('unquoted decimal commas', /wrong number of cells/, { power: (watts) => watts.toFixed(1).replace('.', ',') }),
  inForm('thousands or decimals', /--decimal/, { power: (watts) => `"1,${String(100 + (Math.round(watts) % 900))}"` }),
  inForm('times to the minute', /have lost their seconds/, { time: isoMinutes }),
  inForm('times printed with too few digits', /have lost their seconds/, { time: (seconds) => seconds.toExponential(4) }),
  inForm('days of a spreadsheet', /another unit/, { time: (seconds) => String(seconds / 86_400 + 25_569) }),
  inForm('milliseconds from the start of the device', /milliseconds/, { time: (s) => String((s - START_SECONDS) * 1000) }),
  inForm('no power at all', /No row of .* can be used.*power not a number/s, { power: () => 'NaN' }),
  inForm('no time at all', /No row of .* can be used.*time unreadable/s, { time: () => 'today' }),
  {
    name: 'a row every 15 minutes',
    error: /15 min apart/,
    text: (rows, seed) => tableText(steadyRows(Math.ceil(rows / 10), seed, 900)),
  },
  whole('an empty file', /is empty/, () => ['']),
  whole('blank lines only', /is empty/, (rows) => repeat(rows, '\n')),
  whole('comments only', /comments and nothing else/, (rows) => repeat(rows, '# a comment\n')),
  whole('only a header', /no rows/, () => ['timestamp,power_total']),
  whole('gzip', /is compressed \(gzip\)/, () => [gzipSync('timestamp,power_total\n1706184001,5\n')]),
  whole('UTF-32', /is UTF-32/, () => [Buffer.from([0xff, 0xfe, 0, 0]), utf32('timestamp,power_total\n1706184001,5\n')]),
  whole('a workbook', /Excel workbook/, () => [Buffer.from('PK\x03\x04\x14\x00\x00')]),
  whole('a picture', /is not a text file/, (rows) => [Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 26]), ...bytes(rows)]),
  whole('a line without an end', /over 1 MB/, function* (rows) {
    yield 'timestamp,power_total\n1706184001,'
    yield* repeat(Math.max(rows, 1_100), '0123456789'.repeat(100))
  }),
  whole('a header without an end', /over 1 MB/, (rows) => repeat(Math.max(rows, 1_100), 'timestamp,'.repeat(100))),
]

/** Rows at random times. */
export function* rowsAtAnyTime(rows: number, seed: number): Generator<TableRow> {
  const random = randomNumbers(seed)
  let offset = 0
  for (let i = 0; i < rows; i++) {
    offset += Math.ceil(-25 * Math.log(1 - random()))
    // Noise of its own: that of `powerAt` knows few differences between its seconds.
    yield { timestampSeconds: START_SECONDS + offset, powerWatts: Math.round(10 * (powerAt(offset, seed) + 6 * random())) / 10 }
  }
}

function* repeat(count: number, text: string): Generator<string> {
  for (let i = 0; i < count; i++) yield text
}

function* bytes(rows: number): Generator<Buffer> {
  const random = randomNumbers(3)
  for (let i = 0; i < rows; i++) yield Buffer.from(Array.from({ length: 24 }, () => Math.floor(256 * random())))
}
