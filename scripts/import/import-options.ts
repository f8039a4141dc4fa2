import { parseArgs } from 'node:util'
import { importMappingSchema, type ImportColumn, type ImportMapping, QUANTITIES } from '@/lib/contracts/import'
import { UsageError } from '@/lib/infra/usage-error'
import { roleOf } from '@/lib/ingest/import/column-roles'
import { isBuildingId } from '@/lib/contracts/building-id'

export const HELP = `Imports measurements from a file.

  npm run import -- FILE --building ID [--preview]

Recognised by themselves: meter tables (CSV with comma, semicolon, tab or bar; decimal point or comma; any header that names a
time and a quantity), electrical_data of the former backend, UK-DALE .dat, REFIT CLEAN_House, ECO days, emoncms exports, Home
Assistant history and statistics, Green Button XML, Parquet; each may be packed with gzip. Rows may be in any order.

The building's total power becomes readings, which the models then run over; other quantities, and devices' own power, become
electrical readings. Meters slower than 90 s become minutes of energy. The same file again changes nothing.

  --preview                                 says how the file would be read, and stores nothing
  --rejected FILE                           where rows go that cannot be stored, with reasons (FILE.rejected.csv)
  --no-models                               leaves the run of the models to a running application

What a file does not say by itself
  --time-column NAME, --power-column NAME   where the header is not understood
  --clock-column NAME                       of the time of day, where --time-column holds days alone
  --unit W|kW|mW|MW|Wh|kWh|MWh              of the power column
  --column NAME=QUANTITY[:UNIT]             another column, any number of times; quantities: ${Object.keys(QUANTITIES).join(', ')}
  --time-zone Europe/Berlin                 of times without a zone (the building's)
  --date-order day-first|month-first        of dates such as 03/04/2024
  --decimal point|comma                     whether 1,234 is a thousand or a decimal number
  --hold previous|next                      whether a power is that since the row before, or until the next row
  --mains yes|no                            whether the power is the whole building's
  --sensor NAME                             which one, of a file with several`

export interface ImportOptions {
  file: string
  buildingId: string
  isPreview: boolean
  rejectedFile: string
  runModels: boolean
  said: Partial<ImportMapping>
}

/** @returns null where only help was asked for @throws UsageError */
export function readImportOptions(argv: readonly string[]): ImportOptions | null {
  const { values, positionals } = parse(argv)
  if (values.help) return null
  const [file, ...more] = positionals
  if (!file || more.length > 0)
    throw new UsageError('Give one file: npm run import -- FILE --building ID. --help explains the rest.')
  const buildingId = values.building
  if (!buildingId) throw new UsageError('Say which building the file is of: --building ID.')
  if (!isBuildingId(buildingId))
    throw new UsageError(`${buildingId} is no building id: 1 to 64 letters, digits and _ . : - are allowed.`)
  const said = {
    timeColumn: values['time-column'],
    clockColumn: values['clock-column'],
    columns: columnsOf(values['power-column'], values.unit, values.column ?? []),
    timeZone: values['time-zone'],
    dateOrder: values['date-order'],
    decimal: values.decimal,
    hold: values.hold,
    mains: values.mains,
    sensor: values.sensor,
  }
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
  const checked = importMappingSchema.partial().safeParse(given)
  if (!checked.success) {
    const { path, message } = checked.error.issues[0]!
    throw new UsageError(
      `--${path
        .join('.')
        .replace(/([A-Z])/g, '-$1')
        .toLowerCase()}: ${message}`,
    )
  }
  return {
    file,
    buildingId,
    isPreview: values.preview ?? false,
    rejectedFile: values.rejected ?? `${file}.rejected.csv`,
    runModels: !values['no-models'],
    said: checked.data,
  }
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        building: text,
        rejected: text,
        'time-column': text,
        'clock-column': text,
        'power-column': text,
        unit: text,
        'time-zone': text,
        'date-order': text,
        decimal: text,
        hold: text,
        mains: text,
        sensor: text,
        column: { type: 'string', multiple: true },
        preview: { type: 'boolean' },
        'no-models': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function columnsOf(power: string | undefined, unit: string | undefined, others: readonly string[]): ImportColumn[] | undefined {
  if (power === undefined && others.length === 0) {
    if (unit !== undefined) throw new UsageError('--unit goes with --power-column NAME.')
    return undefined
  }
  const columns = others.map((given): ImportColumn => {
    const [, column = '', quantity = '', columnUnit] = /^(.*)=(\w+)(?::(.+))?$/.exec(given) ?? []
    if (!(quantity in QUANTITIES))
      throw new UsageError(
        `--column ${given}: write NAME=QUANTITY or NAME=QUANTITY:UNIT; quantities are ${Object.keys(QUANTITIES).join(', ')}.`,
      )
    return { column, quantity: quantity as ImportColumn['quantity'], unit: columnUnit ?? null }
  })
  if (power === undefined) return columns
  const role = roleOf(power)
  const named =
    role?.role === 'quantity' && ['energy', 'energyTotal'].includes(role.column.quantity) ? role.column.quantity : 'power'
  const quantity = unit?.endsWith('h') ? (named === 'power' ? 'energy' : named) : 'power'
  return [{ column: power, quantity, unit: unit ?? (role?.role === 'quantity' ? role.column.unit : null) }, ...columns]
}
