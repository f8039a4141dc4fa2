import type { TableOptions } from '../table-options'
import {
  halvesSwapped, localText, reversed, reversedPieces, rowsInOrder, shuffled, steadyRows, tableText, type TableForm,
} from './table-rows'

/** A table that holds the readings of `steadyRows` in another form, so that its estimates must be the same. */
export interface EqualTable {
  name: string
  options?: Partial<TableOptions>
  /** What must be said of it; nothing else may be. */
  warnings?: RegExp[]
  /** Of the readings, where they are not 1 s apart from START_SECONDS. */
  intervalSeconds?: number
  fromSeconds?: number
  text(rows: number, seed: number): Iterable<string | Buffer>
}

/** 2024-10-27 00:45 UTC, a quarter of an hour before clocks in Berlin go back to 2:00. */
const SUMMER_TIME_ENDS = Date.UTC(2024, 9, 27, 0, 45) / 1000

const inForm = (name: string, form: TableForm, options?: Partial<TableOptions>): EqualTable => ({
  name,
  options,
  text: (rows, seed) => tableText(steadyRows(rows, seed), form),
})

/** Of `inForm`, where something about the table was assumed. */
const assumed = (name: string, warning: RegExp, form: TableForm, options?: Partial<TableOptions>): EqualTable => ({
  ...inForm(name, form, options),
  warnings: [warning].flatMap((pattern) => (form.header?.match(/kw/i) ? [pattern, /in kW \(--unit/] : [pattern])),
})

const encoded = (name: string, mark: string, encode: (text: string) => Buffer): EqualTable => ({
  name,
  *text(rows, seed) {
    yield encode(mark)
    for (const line of tableText(steadyRows(rows, seed))) yield encode(line)
  },
})

const ordered = (name: string, order: (rows: number, seed: number) => Iterable<number>): EqualTable => ({
  name,
  text: (rows, seed) => tableText(rowsInOrder(order(rows, seed), seed)),
})

const iso = (seconds: number) => new Date(seconds * 1000).toISOString()
const at = (seconds: number, offsetHours: number) => iso(seconds + 3600 * offsetHours).slice(0, 19)
const pointed = (seconds: number) => iso(seconds).replace(/(\d+)-(\d+)-(\d+)T([\d:]+).*/, '$3.$2.$1 $4')
const monthFirst = (seconds: number) => {
  const [, year, month, day, hour, minutes] = /(\d+)-(\d+)-(\d+)T(\d+):([\d:]+)/.exec(iso(seconds))!
  return `${Number(month)}/${Number(day)}/${year} ${Number(hour) % 12 || 12}:${minutes} ${Number(hour) < 12 ? 'AM' : 'PM'}`
}
/** To a tenth of a watt, one of them negative. */
const inPhases = (power: string) => [(Number(power) + 50).toFixed(1), '-70.0', '20.0']
const decimalComma = (watts: number) => watts.toFixed(1).replace('.', ',')
const ONE_DIGIT = { minimumFractionDigits: 1 }
const swapBytes = (text: string) => Buffer.from(text, 'utf16le').swap16()

export const EQUAL_TABLES: readonly EqualTable[] = [
  inForm('milliseconds', { time: (seconds) => String(seconds * 1000) }),
  inForm('microseconds', { time: (seconds) => `${seconds}000000` }),
  inForm('nanoseconds', { time: (seconds) => `${seconds}000000000` }),
  inForm('seconds with decimals', { time: (seconds) => seconds.toFixed(6) }),
  inForm('ISO in UTC', { time: iso }),
  inForm('ISO with an offset', { time: (seconds) => `${at(seconds, 2)}+02:00` }),
  inForm('ISO with changing offsets', { time: (s) => (s % 2 === 0 ? `${at(s, 2)}+02:00` : `${at(s, -5)}-0500`) }),
  inForm('ISO without a zone', { time: (seconds) => at(seconds, 0).replace('T', ' ') }),
  inForm('local times', { time: localText('Europe/Berlin') }, { timeZone: 'Europe/Berlin' }),
  inForm('day first with points', { time: pointed }),
  inForm('day first with slashes', { time: (s) => pointed(s).replaceAll('.', '/') }, { dateOrder: 'day-first' }),
  inForm('month first with AM and PM', { time: monthFirst }, { dateOrder: 'month-first' }),
  assumed('day first with slashes that nobody spoke of', /day first/, { time: (s) => pointed(s).replaceAll('.', '/') }),
  assumed('month first with AM and PM that nobody spoke of', /month first/, { time: monthFirst }),
  assumed('no header', /no header; its first column/, { header: '' }),
  assumed('no header, power first', /its second column/, { header: '', time: iso, line: (time, power) => `${power},${time}` }),
  assumed('other column names', /time and mains power \[w\]/, { header: 'Voltage;Time;Mains Power [W]', delimiter: ';', line: (t, p) => `230;${t};${p}` }),
  assumed('kilowatts by the name', /timestamp and power_kw/, { header: 'timestamp,power_kW', power: (watts) => String(watts / 1000) }),
  assumed('three phases by their names', /the sum of the phases power_l1, power_l2, power_l3/, {
    header: 'timestamp,power_l1,power_l2,power_l3',
    line: (time, power) => `${time},${inPhases(power).join(',')}`,
  }),
  inForm(
    'phases that were named',
    { header: 'timestamp,power_1,power_2,power_3', line: (time, power) => `${time},${inPhases(power).join(',')}` },
    { powerColumn: 'power_1+power_2+power_3' },
  ),
  inForm('kilowatts', { power: (watts) => String(watts / 1000) }, { unit: 'kW' }),
  inForm('milliwatts', { power: (watts) => String(Math.round(watts * 1000)) }, { unit: 'mW' }),
  inForm('decimal commas between semicolons', { delimiter: ';', power: decimalComma }),
  inForm('decimal commas in quotes', { power: (watts) => `"${decimalComma(watts)}"` }),
  inForm('grouped thousands', { power: (watts) => `"${watts.toLocaleString('en', ONE_DIGIT)}"` }),
  inForm('grouped thousands of another country', { delimiter: ';', power: (watts) => watts.toLocaleString('de', ONE_DIGIT) }),
  inForm('tabs', { delimiter: '\t' }),
  inForm('bars', { delimiter: '|' }),
  inForm('CRLF', { lineEnd: '\r\n' }),
  inForm('CR alone', { lineEnd: '\r' }),
  inForm('blank lines', { lineEnd: '\n\n' }),
  inForm('spaces around', { line: (time, power) => `  ${time} ,\t${power}  ` }),
  inForm('every cell quoted', { header: '"timestamp","power_total"', line: (time, power) => `"${time}","${power}"` }),
  inForm('more columns', { header: 'id,Power_Total,voltage,TIMESTAMP', line: (time, power) => `7,${power},230.1,${time}` }),
  inForm('notes with commas, quotes and line ends', {
    header: 'note,timestamp,power_total',
    line: (time, power) => `"a, ""b""\nc",${time},${power}`,
  }),
  inForm('notes with an inch mark', {
    header: 'note,timestamp,power_total',
    line: (time, power) => `3/4" pipe,${time},${power}`,
  }),
  inForm(
    'columns of other names',
    { header: 'Zeit;Leistung (W)', delimiter: ';' },
    { timeColumn: 'zeit', powerColumn: 'leistung (w)' },
  ),
  inForm('an apparent power beside', {
    header: 'apparent_power,timestamp,power_total',
    line: (time, power) => `9999,${time},${power}`,
  }),
  assumed('comments before the header', /begin with # before the table \(2\).*skipped/, {
    header: '# exported by a meter, "v 2"\n\n#power in W\ntimestamp,power_total',
  }),
  {
    name: 'comments before rows without a header',
    warnings: [/begin with # before the table \(1\).*skipped/, /has no header/],
    text: (rows, seed) => tableText(steadyRows(rows, seed), { header: '# timestamp, power_total' }),
  },
  inForm('a first column that numbers the rows', {
    header: '#,timestamp,power_total',
    line: (time, power) => `7,${time},${power}`,
  }),
  inForm('a column whose name begins with #', { header: '#time,power_total' }, { timeColumn: '#time' }),
  inForm('a separator note', { header: 'sep=;\ntimestamp;power_total', delimiter: ';' }),
  encoded('byte order mark', '\uFEFF', (text) => Buffer.from(text)),
  encoded('UTF-16 little endian', '\uFEFF', (text) => Buffer.from(text, 'utf16le')),
  encoded('UTF-16 big endian', '\uFEFF', swapBytes),
  encoded('UTF-16 without its mark', '', (text) => Buffer.from(text, 'utf16le')),
  ordered('reversed', reversed),
  ordered('shuffled', shuffled),
  ordered('reversed pieces', (rows) => reversedPieces(rows, 97)),
  ordered('halves swapped', halvesSwapped),
  {
    name: 'local times through the end of summer time',
    options: { timeZone: 'Europe/Berlin' },
    intervalSeconds: 10,
    fromSeconds: SUMMER_TIME_ENDS,
    text: (rows, seed) => tableText(steadyRows(rows, seed, 10, SUMMER_TIME_ENDS), { time: localText('Europe/Berlin') }),
  },
]
