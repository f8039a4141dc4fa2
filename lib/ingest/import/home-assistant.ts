import type { ImportColumn, ImportMapping } from '@/lib/contracts/import'
import type { Cell, SourceRow } from './row-reader'
import type { Recognised, TableFormat } from './table-format'

const ENERGY_UNITS = new Set(['Wh', 'kWh', 'MWh'])
const POWER_SENSOR = /power|leistung|watt(?!h|stunde)|(^|[_.:])(k?w)([_.:]|$)/i
const ENERGY_SENSOR = /energy|energie|[km]?wh([_.:]|$)|wattstunde|consumption|verbrauch|bezug|import|export|einspeisung|z(?:ae|ä)hler/i
const HOUR_SECONDS = 3600
/** Statistics are of whole hours, and those of the last days of five minutes. */
const STATISTIC_SECONDS = [300, HOUR_SECONDS]
const HISTORY_TIME = 'last_changed'

/** How the columns of Home Assistant that can hold a sensor's values are read. */
const VALUES = {
  mean: { quantity: 'power', unit: null },
  // The growth within the interval, as the export of statistics adds it.
  delta: { quantity: 'energy', unit: 'kWh' },
  sum: { quantity: 'energyTotal', unit: 'kWh' },
  state: { quantity: 'energyTotal', unit: 'kWh' },
} as const

/**
 * A history (`entity_id,state,last_changed`, a row for each change) or long-term statistics, exported or from the database itself.
 * @param values columns by what they hold
 */
export function homeAssistant(columns: string[], timeColumn: string, values: Partial<Record<keyof typeof VALUES, string>>): Recognised {
  const isHistory = timeColumn.trim().toLowerCase() === HISTORY_TIME
  const alternatives = Object.entries(values).map(([name, column]) => ({ column, ...VALUES[name as keyof typeof VALUES] }))
  const history = { column: values.state ?? '', quantity: 'power', unit: null } as const
  return {
    format: 'home_assistant',
    columns,
    hasHeader: true,
    timeColumn,
    quantities: isHistory ? [history] : alternatives.slice(0, 1),
    alternatives: isHistory ? [history, { ...history, ...VALUES.state }] : alternatives,
    hold: 'next',
    notes: [],
  }
}

export interface SensorReading {
  column: ImportColumn
  hold: ImportMapping['hold']
  note: string
}

/**
 * What the values of a sensor are, by its unit, its name and the columns it fills.
 * @param rows the sensor's own, in file order
 * @param unit that the file gives for it
 */
export function readSensor(format: TableFormat, sensor: string, unit: string | null, rows: readonly SourceRow[]): SensorReading | null {
  const { alternatives, timeColumn, columns } = format
  if (format.format !== 'home_assistant' || !alternatives?.[0]) return null
  if (timeColumn?.trim().toLowerCase() === HISTORY_TIME) {
    const isEnergy = ENERGY_SENSOR.test(sensor) && !POWER_SENSOR.test(sensor)
    const [power, total] = alternatives
    const column = isEnergy && total ? total : power!
    return {
      column,
      // A total is what was drawn up to its time.
      hold: isEnergy ? 'previous' : 'next',
      note: isEnergy
        ? 'A Home Assistant history of a total, by its name; it is read in kWh.'
        : 'A Home Assistant history: each state holds until the next one.',
    }
  }
  const isFilled = ({ column }: ImportColumn) => {
    const at = columns.indexOf(column)
    return rows.some(({ cells }) => !/^(|null|none|nan)$/i.test(String(cells[at] ?? '').trim()))
  }
  const chosen = alternatives.filter(isFilled).find(({ quantity }) => {
    return unit === null || ENERGY_UNITS.has(unit) === (quantity !== 'power')
  })
  const { quantity, ...column } = chosen ?? alternatives[0]
  const isTotal = quantity === 'energyTotal'
  return {
    column: { ...column, quantity, unit: quantity === 'power' ? null : unit !== null && ENERGY_UNITS.has(unit) ? unit : 'kWh' },
    hold: isTotal ? 'previous' : 'next',
    note: {
      power: 'Home Assistant statistics: the mean of each interval is read.',
      energy: 'Home Assistant statistics: what was drawn in each interval is read.',
      energyTotal: 'Home Assistant statistics: the total at the end of each interval is read.',
    }[quantity as 'power' | 'energy' | 'energyTotal'],
  }
}

/** Names by which one of several sensors is the building's, the likeliest first. */
export const isPowerSensor = (name: string) => POWER_SENSOR.test(name)
export const isEnergySensor = (name: string) => ENERGY_SENSOR.test(name)

/**
 * What is added to the times of a file: a row of statistics has the start of its interval, and the total at the end of it.
 * @param rows of one sensor
 * @param columns what is read of them
 */
export function timeOffsetOf(format: TableFormat, columns: readonly ImportColumn[], rows: readonly SourceRow[]): number {
  const { timeColumn, alternatives } = format
  if (!alternatives || timeColumn === null || timeColumn.trim().toLowerCase() === HISTORY_TIME) return 0
  if (!columns.some(({ quantity }) => quantity === 'energyTotal')) return 0
  const timeAt = format.columns.indexOf(timeColumn)
  const seconds = rows.map(({ cells }) => toSeconds(cells[timeAt] ?? '')).filter((at) => !Number.isNaN(at))
  const spacings = seconds.slice(1).map((at, index) => Math.abs(at - seconds[index]!))
  const smallest = Math.min(...spacings.filter((spacing) => spacing > 0))
  return STATISTIC_SECONDS.find((interval) => smallest < 2 * interval) ?? HOUR_SECONDS
}

/** As far as differences need it. */
function toSeconds(cell: Cell): number {
  if (typeof cell === 'number' || /^\d+(\.\d+)?$/.test(cell.trim())) return Number(cell)
  const [, day, month, year, clock] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})\s+(\d{1,2}:\d{2})/.exec(cell.trim()) ?? []
  const text = day ? `${year}-${month!.padStart(2, '0')}-${day.padStart(2, '0')}T${clock!.padStart(5, '0')}Z` : cell.trim()
  return Date.parse(text) / 1000
}
