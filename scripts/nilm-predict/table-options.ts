import { UsageError } from '@/lib/infra/usage-error'
import { LocalClock } from '@/lib/ingest/local-clock'
import type { DecimalSign } from '@/lib/ingest/read-decimal'
import { TABLE_TIMES, type TimestampRules } from '@/lib/ingest/read-timestamp'
import type { DateOrder } from '@/lib/ingest/rewrite-date'

/** Watts in one of each; of apparent power the volt-amperes stand for watts. */
export const WATTS_PER_UNIT = { W: 1, kW: 1000, mW: 0.001, VA: 1, kVA: 1000 } as const
export type PowerUnit = keyof typeof WATTS_PER_UNIT

/**
 * Over which time a row's power holds: since the row before, as meters that report regularly mean it, or until the next one, as a
 * log with a row for each change does.
 */
export type PowerHold = 'previous' | 'next'

/** What is said about a table that its cells do not tell; null where nothing was said. */
export interface TableOptions {
  timeColumn: string
  /** A column's name, or several with + between them, which are added up. */
  powerColumn: string
  unit: PowerUnit | null
  decimal: DecimalSign | null
  dateOrder: DateOrder
  timeZone: string | null
  hold: PowerHold | null
}

export const DEFAULT_TABLE_OPTIONS: TableOptions = {
  timeColumn: 'timestamp',
  powerColumn: 'power_total',
  unit: null,
  decimal: null,
  dateOrder: 'dotted',
  timeZone: null,
  hold: null,
}

export const TABLE_FLAGS = {
  'time-column': { type: 'string' },
  'power-column': { type: 'string' },
  unit: { type: 'string' },
  decimal: { type: 'string' },
  'date-order': { type: 'string' },
  'time-zone': { type: 'string' },
  hold: { type: 'string' },
} as const

/** @throws UsageError naming the flag and what it may be */
export function readTableOptions(flags: Partial<Record<keyof typeof TABLE_FLAGS, string>>): TableOptions {
  const timeZone = flags['time-zone'] ?? null
  if (timeZone !== null) openClock(timeZone)
  return {
    timeColumn: columnName(flags['time-column']) ?? DEFAULT_TABLE_OPTIONS.timeColumn,
    powerColumn: columnName(flags['power-column']) ?? DEFAULT_TABLE_OPTIONS.powerColumn,
    unit: oneOf('unit', flags.unit, Object.keys(WATTS_PER_UNIT) as PowerUnit[]),
    decimal: oneOf('decimal', flags.decimal, ['point', 'comma'] as const),
    dateOrder: oneOf('date-order', flags['date-order'], ['day-first', 'month-first'] as const) ?? DEFAULT_TABLE_OPTIONS.dateOrder,
    timeZone,
    hold: oneOf('hold', flags.hold, ['previous', 'next'] as const),
  }
}

/** How the times of a table are read; each reading of the file needs its own, since a local clock remembers the row before. */
export function timeRules({ dateOrder, timeZone }: TableOptions): TimestampRules {
  const clock = timeZone === null ? null : openClock(timeZone)
  return { ...TABLE_TIMES, dateOrder, zoneless: clock ? (seconds) => clock.toUnixSeconds(seconds) : TABLE_TIMES.zoneless }
}

function openClock(timeZone: string): LocalClock {
  try {
    return new LocalClock(timeZone)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

function columnName(given: string | undefined): string | undefined {
  return given?.trim().toLowerCase()
}

function oneOf<T extends string>(flag: string, given: string | undefined, allowed: readonly T[]): T | null {
  if (given === undefined) return null
  const value = allowed.find((choice) => choice === given)
  if (!value) throw new UsageError(`--${flag} may be ${allowed.join(', ')}, not ${given}.`)
  return value
}
