import type { Quantity } from '@/lib/contracts/import'
import { LogHistogram } from '@/lib/ingest/log-histogram'
import { MixedUnits, type KilowattRows } from '@/lib/ingest/mixed-units'
import type { NumberSpool } from '@/lib/ingest/number-spool'

/** Spacings of which one is at most this many times the other count as alike. */
const ALIKE = 1.5

export interface QuantitySurvey {
  median: number
  /** Of the magnitude. */
  max: number
  hasFractions: boolean
  /** Share of steps, in time order, that do not fall. */
  risingShare: number
}

/** What a file's rows say as a whole, in time order. */
export interface ImportSurvey {
  rows: number
  fromSeconds: number | null
  toSeconds: number | null
  /** Between rows of different times; NaN where there are none. */
  medianSpacingSeconds: number
  /** Share of spacings that are like the one before. */
  steadyShare: number
  /** Rows with the time of another one of the same device, and those of them without its values. */
  repeatedTimes: number
  conflicts: number
  quantities: Partial<Record<Quantity, QuantitySurvey>>
  /** Median of power / (voltage x current), as the numbers stand; NaN where the file does not have all three. */
  powerPerVoltAmpere: number
  /** Rows whose power is a thousandth of the others'. */
  kilowattRows: KilowattRows | null
}

/** So that a process that reads a large file still gives signs of life. */
const ROWS_BETWEEN_PAUSES = 200_000

/**
 * Reads a spool once.
 * @param quantities what its columns hold, after the time
 * @param pause awaited now and then
 */
export async function surveyRows(
  spool: NumberSpool,
  quantities: readonly Quantity[],
  pause: () => Promise<void> = async () => {},
): Promise<ImportSurvey> {
  const fields = quantities.length + 2
  const spacings = new LogHistogram()
  const ratios = new LogHistogram()
  const units = new MixedUnits()
  const columns = quantities.map(() => ({
    histogram: new LogHistogram(),
    max: 0,
    hasFractions: false,
    rising: 0,
    steps: 0,
    last: Number.NaN,
  }))
  const at = (quantity: Quantity) => 1 + quantities.indexOf(quantity)
  const [power, voltage, current, device] = [at('power'), at('voltage'), at('current'), at('deviceState')]
  const previous = new Float64Array(fields)
  const survey: ImportSurvey = {
    rows: 0,
    fromSeconds: null,
    toSeconds: null,
    medianSpacingSeconds: Number.NaN,
    steadyShare: 1,
    repeatedTimes: 0,
    conflicts: 0,
    quantities: {},
    powerPerVoltAmpere: Number.NaN,
    kilowattRows: null,
  }
  let lastSpacing = 0
  let alike = 0
  let pausedAtRow = 0
  for (const { numbers, rows } of spool.inOrder()) {
    if (survey.rows - pausedAtRow >= ROWS_BETWEEN_PAUSES) {
      pausedAtRow = survey.rows
      await pause()
    }
    for (let start = 0; start < rows * fields; start += fields) {
      const seconds = numbers[start]!
      if (survey.rows > 0) {
        const spacing = seconds - previous[0]!
        if (spacing > 0) {
          spacings.add(spacing)
          if (lastSpacing > 0 && spacing <= lastSpacing * ALIKE && lastSpacing <= spacing * ALIKE) alike++
          lastSpacing = spacing
        } else if (device === 0 || numbers[start + device] === previous[device]) {
          survey.repeatedTimes++
          if (!sameValues(numbers, start, previous, fields)) survey.conflicts++
        }
      } else survey.fromSeconds = seconds
      survey.rows++
      survey.toSeconds = seconds
      for (const [index, column] of columns.entries()) {
        const value = numbers[start + 1 + index]!
        if (Number.isNaN(value)) continue
        const magnitude = Math.abs(value)
        if (magnitude > column.max) column.max = magnitude
        column.hasFractions ||= !Number.isInteger(value)
        column.histogram.add(magnitude)
        if (!Number.isNaN(column.last)) {
          column.steps++
          if (value >= column.last) column.rising++
        }
        column.last = value
      }
      if (power > 0 && !Number.isNaN(numbers[start + power]!)) units.add(seconds, numbers[start + power]!)
      if (power > 0 && voltage > 0 && current > 0) {
        const apparent = numbers[start + voltage]! * numbers[start + current]!
        const active = Math.abs(numbers[start + power]!)
        if (apparent > 0 && active > 0) ratios.add(active / apparent)
      }
      for (let i = 0; i < fields; i++) previous[i] = numbers[start + i]!
    }
  }
  survey.medianSpacingSeconds = spacings.median
  if (spacings.count > 1) survey.steadyShare = alike / (spacings.count - 1)
  survey.powerPerVoltAmpere = ratios.median
  survey.kilowattRows = units.found
  for (const [index, { histogram, max, hasFractions, rising, steps }] of columns.entries()) {
    survey.quantities[quantities[index]!] = {
      median: histogram.median,
      max,
      hasFractions,
      risingShare: steps > 0 ? rising / steps : 0,
    }
  }
  return survey
}

/** Whether two rows hold the same, their lines aside. */
export function sameValues(a: Float64Array, aStart: number, b: Float64Array, fields: number): boolean {
  for (let i = 1; i < fields - 1; i++) {
    if (a[aStart + i] !== b[i] && !(Number.isNaN(a[aStart + i]!) && Number.isNaN(b[i]!))) return false
  }
  return true
}
