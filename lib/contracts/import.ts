import { z } from 'zod'

/** Files that are recognised by themselves; `meter`: any other table with a time and a quantity. */
export const IMPORT_FORMATS = {
  electrical_data: 'electrical_data of the former backend',
  meter: 'Meter table',
  ukdale: 'UK-DALE channel',
  refit: 'REFIT house',
  eco: 'ECO smart meter day',
  emoncms: 'emoncms feed export',
  home_assistant: 'Home Assistant statistics',
  green_button: 'Green Button XML',
} as const
export const importFormatSchema = z.enum(Object.keys(IMPORT_FORMATS) as [keyof typeof IMPORT_FORMATS])
export type ImportFormat = z.infer<typeof importFormatSchema>

/** What a column can hold, the units it may be in, and what one of each is in the unit that is stored. */
export const QUANTITIES = {
  power: { label: 'Active power', units: { W: 1, kW: 1e3, mW: 1e-3, MW: 1e6 } },
  voltage: { label: 'Voltage', units: { V: 1, kV: 1e3, mV: 1e-3 } },
  current: { label: 'Current', units: { A: 1, mA: 1e-3, kA: 1e3 } },
  reactivePower: { label: 'Reactive power', units: { var: 1, kvar: 1e3 } },
  apparentPower: { label: 'Apparent power', units: { VA: 1, kVA: 1e3 } },
  powerFactor: { label: 'Power factor', units: { '1': 1, '%': 0.01 } },
  frequency: { label: 'Frequency', units: { Hz: 1, mHz: 1e-3 } },
  thd: { label: 'THD', units: { '%': 1, '1': 100 } },
  /** Energy since the row before, or during the row's own interval. */
  energy: { label: 'Energy of the interval', units: { Wh: 1, kWh: 1e3, MWh: 1e6, J: 1 / 3600 } },
  /** A meter's total, which only grows. */
  energyTotal: { label: 'Meter reading (total)', units: { Wh: 1, kWh: 1e3, MWh: 1e6 } },
  cluster: { label: 'Cluster', units: { '': 1 } },
  deviceState: { label: 'Device or its state', units: { '': 1 } },
} as const
export type Quantity = keyof typeof QUANTITIES
export const QUANTITY_NAMES = Object.keys(QUANTITIES) as [Quantity]

export const importColumnSchema = z.object({
  /** The column's name in the header; without a header "column 1" and so on. */
  column: z.string().max(500),
  quantity: z.enum(QUANTITY_NAMES),
  /** One of the quantity's units; null: told by the values' size. */
  unit: z.string().max(10).nullable(),
})
export type ImportColumn = z.infer<typeof importColumnSchema>

/** How a file's columns are read: guessed, then as a person corrected it. */
export const importMappingSchema = z.object({
  /** The column of times; null where the format says when its rows are. */
  timeColumn: z.string().max(500).nullable(),
  /** The column of the time of day where timeColumn holds days alone; null: there is none, missing: found by itself. */
  clockColumn: z.string().max(500).nullish(),
  /** Of a quantity that two columns hold, the first one that has a value counts. */
  columns: z.array(importColumnSchema).min(1, 'Map at least one column to a quantity.').max(30),
  /** IANA zone of times without one. */
  timeZone: z.string().max(64),
  dateOrder: z.enum(['dotted', 'day-first', 'month-first']),
  /** null: told by the values. */
  decimal: z.enum(['point', 'comma']).nullable(),
  /** Over which time a row's power holds: since the row before, or until the next one. */
  hold: z.enum(['previous', 'next']),
  /** Whether the power is that of the whole building. auto: unless rows name several devices. */
  mains: z.enum(['auto', 'yes', 'no']),
  /** Of a file that holds several sensors, the one that is read; null where it holds one. */
  sensor: z.string().max(255).nullable(),
})
export type ImportMapping = z.infer<typeof importMappingSchema>

export const ROW_PROBLEMS = {
  cells: 'more cells than the header has columns',
  noTime: 'no time',
  time: 'time unreadable',
  skippedTime: 'a local time that the clock skips when it is set forward',
  dateOrder: 'day and month in an unknown order (say --date-order day-first or month-first)',
  early: 'time before the year 2000',
  future: 'time in the future (another time zone?)',
  empty: 'no value',
  power: 'power is not a number',
  decimal: 'a number that could mean thousands or decimals (say --decimal point or comma)',
  range: 'power beyond 10 MW',
  sensor: 'of another sensor',
  devices: 'more than 10,000 different devices in one file',
  conflict: 'another value for a time that the file has already',
  totalBegins: 'nothing before it to subtract from the meter reading',
  totalFell: 'meter reading lower than before',
} as const
export type RowProblem = (typeof ROW_PROBLEMS)[keyof typeof ROW_PROBLEMS]

/** What is in a file, before anything is stored. */
export const importPreviewSchema = z.object({
  format: importFormatSchema,
  container: z.enum(['text', 'gzip', 'parquet', 'xml']),
  /** Every column there is. */
  columns: z.array(z.string()),
  mapping: importMappingSchema,
  /** Why it is read like this, and what is doubtful, a sentence each. */
  notes: z.array(z.string()),
  /** The first rows as they will be stored; a problem where one will not be. */
  rows: z.array(
    z.object({
      line: z.number(),
      cells: z.array(z.string()),
      /** Unix seconds. */
      timestamp: z.number().nullable(),
      values: z.partialRecord(z.enum(QUANTITY_NAMES), z.union([z.number(), z.string()])),
      problem: z.string().nullable(),
    }),
  ),
})
export type ImportPreview = z.infer<typeof importPreviewSchema>

export const reasonCountSchema = z.object({ reason: z.string(), rows: z.number() })

/** What became of a file's rows: read = imported + unchanged + rejected. */
export const importReportSchema = z.object({
  format: importFormatSchema,
  read: z.number(),
  /** Stored now; of them `repaired` are not quite as the file had them. */
  imported: z.number(),
  repaired: z.number(),
  /** Stored before or in the file already, with the same time. */
  unchanged: z.number(),
  rejected: z.number(),
  repairs: z.array(reasonCountSchema),
  rejections: z.array(reasonCountSchema),
  /** Where readings went: rows of the building's total power, of electrical quantities, and minutes of slow meters' energy. */
  stored: z.object({ mains: z.number(), electrical: z.number(), minutes: z.number() }),
  /** Unix seconds of the first and last row; null where there is none. */
  fromSeconds: z.number().nullable(),
  toSeconds: z.number().nullable(),
  gaps: z.number(),
  longestGapSeconds: z.number(),
  notes: z.array(z.string()),
})
export type ImportReport = z.infer<typeof importReportSchema>
