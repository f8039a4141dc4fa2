import { UsageError } from '@/lib/infra/usage-error'
import { csvRecords } from '@/lib/ingest/csv-records'
import { MissingColumnsError } from '@/lib/ingest/csv-dialect'
import type { PowerUnit, TableOptions } from './table-options'

/** Units as column names end with them; `mw` could be milli or mega. */
const NAMED_UNITS: Record<string, PowerUnit | 'energy' | 'reactive' | 'unclear'> = {
  w: 'W', watt: 'W', watts: 'W',
  kw: 'kW', kilowatt: 'kW', kilowatts: 'kW',
  milliwatt: 'mW', milliwatts: 'mW', mw: 'unclear',
  va: 'VA', kva: 'kVA',
  wh: 'energy', kwh: 'energy', mwh: 'energy',
  var: 'reactive', kvar: 'reactive',
}
const POWER_NAME = /power|watt|load|mains|aggregate|demand|leistung|(^|[^a-z])(k?w|k?va)([^a-z]|$)/
const TIME_NAME = /time|date|unix|epoch|zeit|datum|(^|[^a-z])ts([^a-z]|$)/

/**
 * Looks at a table's header, and reads to its first row.
 * @throws UsageError where the file is no table, a column is missing or its name speaks of another quantity or an unsaid unit
 */
export async function assertTable(file: string, options: TableOptions): Promise<void> {
  const { powerColumn, unit } = options
  const named = namedUnit(powerColumn)
  if (named === 'energy') throw new UsageError(`${powerColumn} holds energy by its name; the models need power.`)
  if (named === 'reactive') throw new UsageError(`${powerColumn} holds reactive power by its name; the models need active power.`)
  if (named && named !== 'W' && unit === null) {
    const flag = named === 'unclear' ? '--unit mW if it holds milliwatts' : `--unit ${named}`
    throw new UsageError(`The name of the column ${powerColumn} is not that of watts: pass ${flag}.`)
  }
  try {
    for await (const { records } of csvRecords(file, [options.timeColumn, options.powerColumn])) {
      if (records.length > 0) return
    }
  } catch (error) {
    if (error instanceof MissingColumnsError) throw new UsageError(`${error.message}. ${advice(error.columns)}`)
    throw error
  }
  throw new UsageError(`${file} has a header and no rows.`)
}

/** What to do about a header without the columns. */
function advice(columns: readonly string[]): string {
  if (columns.length > 1 && columns.every((name) => /^[-+\d.,:tz /]*$/.test(name))) {
    return 'It begins with a row of data: put the line timestamp,power_total at its top.'
  }
  const time = columns.find((name) => TIME_NAME.test(name))
  const power = columns.find((name) => POWER_NAME.test(name) && isActivePower(name))
  if (!time && !power) return 'Name the columns with --time-column and --power-column.'
  const flags: string[] = []
  if (time && time !== 'timestamp') flags.push(`--time-column ${quoted(time)}`)
  if (power && power !== 'power_total') flags.push(`--power-column ${quoted(power)}`)
  const unit = power ? namedUnit(power) : null
  if (unit && unit !== 'W') flags.push(unit === 'unclear' ? '--unit mW' : `--unit ${unit}`)
  return flags.length === 0 ? 'Rename the other one.' : `If these are the ones, pass ${flags.join(' ')}.`
}

function isActivePower(name: string): boolean {
  const unit = namedUnit(name)
  return unit !== 'energy' && unit !== 'reactive' && !/factor|reactive|apparent/.test(name)
}

function namedUnit(name: string) {
  const words = name.split(/[^a-z]+/).filter((word) => word !== '')
  if (/apparent/.test(name)) return words.includes('kva') ? 'kVA' : 'VA'
  return NAMED_UNITS[words.at(-1) ?? ''] ?? null
}

const quoted = (name: string) => (/^[\w-]+$/.test(name) ? name : `"${name}"`)
