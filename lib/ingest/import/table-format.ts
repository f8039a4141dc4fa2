import type { ImportColumn, ImportFormat, ImportMapping } from '@/lib/contracts/import'
import { isPreamble, splitCells } from '@/lib/ingest/csv-dialect'
import { UsageError } from '@/lib/infra/usage-error'
import { plainName, roleOf } from './column-roles'
import { homeAssistant } from './home-assistant'

/** What a file's first lines say of it. */
export interface TableFormat {
  format: ImportFormat
  delimiter: string
  /** By position, as they are shown. */
  columns: string[]
  hasHeader: boolean
  skipLines: number
  timeColumn: string | null
  quantities: ImportColumn[]
  /** The zone the format's local times are in, where it has one; else the building's. */
  timeZone: string | null
  hold: ImportMapping['hold']
  /** Whether the power is the building's, where the format or the file's name tells. */
  mains: ImportMapping['mains']
  /** Local midnight of a file with a row a second and no times, as in 2012-06-01. */
  day: string | null
  /** Columns of which the first one that the chosen sensor fills holds its values, and what each is. */
  alternatives?: readonly ImportColumn[]
  notes: string[]
}

const DELIMITERS = ['\t', ';', ',', '|', ' ']
const CELL_IS_DATA = /^\s*"?[-+]?[\d.,:TZ /+-]*(?:nan|null|none)?"?\s*$/i
const ECO_COLUMNS = 16
const ECO_DAY = /(\d{4}-\d{2}-\d{2})(?:\D[^/]*)?$/

/**
 * Recognises a table by its first lines and its name.
 * @throws UsageError saying what is missing where no quantity with a time can be found
 */
export function recogniseTable(head: readonly string[], fileName: string): TableFormat {
  const lines = head.map((text, index) => ({ text, index })).filter(({ text }) => !isPreamble(text))
  if (lines.length === 0) throw new UsageError(`${fileName} is empty.`)
  const delimiter = commonDelimiter(lines.slice(0, 20).map(({ text }) => text))
  const cut = lines
    .slice(0, 20)
    .map(({ text, index }) => ({ index, cells: splitCells(text, delimiter).map((cell) => cell.trim()) }))
  const first = cut[0]!
  const isData = (cells: readonly string[]) => cells.every((cell) => CELL_IS_DATA.test(cell))
  const base = {
    delimiter,
    skipLines: 0,
    timeZone: null,
    hold: 'previous' as const,
    mains: 'auto' as const,
    day: null,
    notes: [],
  }
  if (cut.length > 0 && isData(first.cells) && first.cells.some((cell) => /\d/.test(cell))) {
    return { ...base, ...withoutHeader(first.cells, delimiter, fileName) }
  }
  // Some exports put their title above the header: it is the first line that names a time and a quantity.
  const header = cut.find(
    ({ cells }) => cells.length > 1 && findRoles(cells).timeColumn !== null && findRoles(cells).quantities.length > 0,
  )
  const names = (header ?? first).cells
  return { ...base, ...withHeader(names, fileName), skipLines: header?.index ?? first.index }
}

/** The delimiter that cuts the lines into the most cells, alike in most of them. */
function commonDelimiter(lines: readonly string[]): string {
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => splitCells(line.trim(), delimiter).length)
    const typical = [...counts].sort((a, b) => a - b)[Math.floor(counts.length / 2)]!
    const alike = counts.filter((count) => count === typical).length / counts.length
    // A decimal comma and the blank in a date cut lines as well, but never into more cells than the delimiter.
    const weight = delimiter === ' ' ? 0.4 : delimiter === ',' ? 0.9 : 1
    const score = typical > 1 ? alike * weight * (1 + Math.log2(typical)) : 0
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

export type Recognised = Pick<TableFormat, 'format' | 'columns' | 'hasHeader' | 'timeColumn' | 'quantities'> & Partial<TableFormat>

function withoutHeader(cells: readonly string[], delimiter: string, fileName: string): Recognised {
  const columns = cells.map((_, index) => `column ${index + 1}`)
  const column = (position: number, quantity: ImportColumn['quantity'], unit: string | null): ImportColumn => ({
    column: columns[position - 1]!,
    quantity,
    unit,
  })
  const found = { columns, hasHeader: false }
  const isTime = /\d{4}[-/]\d|\d[-/.]\d{1,2}[-/.]\d{4}/.test(cells[0] ?? '') || Number(cells[0]?.replace(',', '.')) > 9e8
  const day = ECO_DAY.exec(fileName.replace(/\.(csv|gz|txt)/g, ''))?.[1] ?? null
  if (!isTime && day && (cells.length === ECO_COLUMNS || cells.length === 1)) {
    return {
      ...found,
      format: 'eco',
      timeColumn: null,
      day,
      timeZone: 'Europe/Zurich',
      mains: cells.length === 1 ? 'no' : 'auto',
      quantities: cells.length === 1 ? [column(1, 'power', 'W')] : [column(1, 'power', 'W'), column(9, 'voltage', 'V')],
      notes: [
        cells.length === 1
          ? `A row a second of ${day} and no times: an ECO plug. It is not the building's total.`
          : `A row a second of ${day} and no times: an ECO smart meter. Of three phases the total power and the first voltage are read.`,
      ],
    }
  }
  if (!isTime) {
    throw new UsageError(
      `${fileName} has no header and no times in its first column. Add a first line such as timestamp,power_total.`,
    )
  }
  if (delimiter === ' ' && cells.length === 4) {
    return {
      ...found,
      format: 'ukdale',
      timeColumn: columns[0]!,
      quantities: [column(2, 'power', 'W'), column(3, 'apparentPower', 'VA'), column(4, 'voltage', 'V')],
      notes: ['Four columns without a header, a blank between them: a UK-DALE mains file (time, W, VA, V).'],
    }
  }
  if (delimiter === ' ' && cells.length === 2) {
    const channel = Number(/channel_?(\d+)/i.exec(fileName)?.[1] ?? 1)
    return {
      ...found,
      format: 'ukdale',
      timeColumn: columns[0]!,
      quantities: [column(2, 'power', 'W')],
      mains: channel === 1 ? 'auto' : 'no',
      notes: [
        channel === 1
          ? 'Two columns without a header, a blank between them: a UK-DALE channel. That of the mains is in VA, which is taken for W.'
          : `Channel ${channel} of UK-DALE is an appliance, not the building's total; it is stored as a device's own power.`,
      ],
    }
  }
  if (cells.length === 2) {
    return {
      ...found,
      format: 'emoncms',
      timeColumn: columns[0]!,
      quantities: [column(2, 'power', null)],
      notes: ['Times and one value without a header: a feed as emoncms exports it.'],
    }
  }
  throw new UsageError(
    `${fileName} has ${cells.length} columns and no header, so nothing says what they hold. Add a first line such as timestamp,power_total.`,
  )
}

function withHeader(header: readonly string[], fileName: string): Recognised {
  const names = header.map(plainName)
  const has = (...wanted: string[]) => wanted.every((name) => names.includes(name))
  const named = (name: string) => header[names.indexOf(name)]!
  const columns = [...header]
  if (has('unix', 'aggregate', 'appliance1')) {
    return {
      format: 'refit',
      columns,
      hasHeader: true,
      timeColumn: named('unix'),
      quantities: [{ column: named('aggregate'), quantity: 'power', unit: 'W' }],
      notes: ['A REFIT house: the aggregate is read, by the Unix times.'],
    }
  }
  const time = ['last_changed', 'start', 'start_ts'].find(
    (column) => has(column, { last_changed: 'entity_id', start: 'statistic_id', start_ts: 'metadata_id' }[column]!),
  )
  const values = time === 'last_changed' ? (['state'] as const) : (['mean', 'delta', 'sum', 'state'] as const)
  const found = values.filter((name) => has(name))
  if (time && found.length > 0)
    return homeAssistant(columns, named(time), Object.fromEntries(found.map((name) => [name, named(name)])))
  const { timeColumn, quantities } = findRoles(header)
  if (has('real_power_watt') || (has('cluster') && has('device_state'))) {
    const kilo: Record<string, string> = { real_power: 'kW', reactive_power: 'kvar', apparent_power: 'kVA' }
    return {
      format: 'electrical_data',
      columns,
      hasHeader: true,
      timeColumn,
      // The table's own columns are in kW, kvar and kVA; a header that names a unit says so itself.
      quantities: quantities
        .map((column) => ({ ...column, unit: column.unit ?? kilo[plainName(column.column)] ?? null }))
        .toSorted((a, b) => Number(b.unit === 'W') - Number(a.unit === 'W')),
      notes: [
        'The columns are those of electrical_data: power, reactive and apparent power without a unit are in kW, kvar and kVA.',
      ],
    }
  }
  if (timeColumn === null || quantities.length === 0) {
    const missing = timeColumn === null ? 'no column of times' : 'no column of power, energy or another electrical quantity'
    throw new UsageError(
      `${fileName} has ${missing} by its header (${header.slice(0, 12).join(', ').slice(0, 200)}). ` +
        'Name them with --time-column and --power-column, or rename them to timestamp and power_total.',
    )
  }
  return { format: 'meter', columns, hasHeader: true, timeColumn, quantities, notes: [] }
}

function findRoles(header: readonly string[]): { timeColumn: string | null; quantities: ImportColumn[] } {
  let timeColumn: string | null = null
  const quantities: ImportColumn[] = []
  for (const name of header) {
    const role = roleOf(name)
    if (role?.role === 'time') timeColumn ??= name
    else if (role) quantities.push(role.column)
  }
  return { timeColumn, quantities: onePower(quantities) }
}

/** Of several powers the building's total, by its name, else the first; active power in two units is kept twice. */
function onePower(quantities: ImportColumn[]): ImportColumn[] {
  const seen = new Map<string, ImportColumn>()
  const isTotal = ({ column }: ImportColumn) =>
    /total|aggregate|mains|main|sum|gesamt|grid|haus|house|building/.test(plainName(column))
  for (const column of quantities) {
    const before = seen.get(column.quantity)
    if (!before || (isTotal(column) && !isTotal(before))) seen.set(column.quantity, column)
  }
  const chosen = new Set(seen.values())
  const isRealPower = ({ column }: ImportColumn) => /^real_power(_watts?|_w|_kw)?$/.test(plainName(column))
  return quantities.filter((column) => chosen.has(column) || (column.quantity === 'power' && isRealPower(column)))
}
