import { MAX_POWER_WATTS } from '@/lib/contracts/sample'
import { ROW_PROBLEMS, type Quantity, type RowProblem } from '@/lib/contracts/import'
import type { NumberSpool } from '@/lib/ingest/number-spool'
import { sameValues, type ImportSurvey } from './column-survey'
import type { ImportJudgement } from './judge-import'

/** What is physically possible; a value beyond is left out. */
const LIMITS: Partial<Record<Quantity, readonly [number, number]>> = {
  voltage: [0, 1_000_000],
  current: [-1_000_000, 1_000_000],
  powerFactor: [-1, 1],
  reactivePower: [-MAX_POWER_WATTS, MAX_POWER_WATTS],
  apparentPower: [0, MAX_POWER_WATTS],
  frequency: [0, 1_000],
  thd: [0, 10_000],
  cluster: [-2_147_483_648, 2_147_483_647],
}
const GAP_INTERVALS = 2.5
const SECONDS_PER_HOUR = 3600

/** A row as it is stored: SI units, NaN for what was not measured. */
export interface CleanRow {
  line: number
  isRepaired: boolean
  timestampSeconds: number
  /** Index of the device's name. */
  device: number
  watts: number
  /** How long the power was measured before this time; null where the rows around it tell. */
  spanSeconds: number | null
  values: Partial<Record<Quantity, number>>
}

export interface CleanEvents {
  /** A row that is not stored. */
  reject(line: number, problem: RowProblem, timestampSeconds: number, watts: number): void
  /** A row that says the same as one before. */
  repeat(): void
  /** Something of a row that is left out. */
  repair(reason: string): void
}

export interface GapCount {
  gaps: number
  longestGapSeconds: number
}

/**
 * A spool's rows in time order, one for each time and device, in SI units; what cannot be is told to `events`.
 * @param gaps counts what lies between rows further apart than 2.5 times the usual
 */
export function* cleanRows(
  spool: NumberSpool,
  quantities: readonly Quantity[],
  survey: ImportSurvey,
  judgement: ImportJudgement,
  events: CleanEvents,
  gaps: GapCount,
): Generator<CleanRow, void, undefined> {
  const fields = quantities.length + 2
  const factors = quantities.map((quantity) => judgement.factors[quantity]?.factor ?? 1)
  const limits = quantities.map((quantity) => LIMITS[quantity])
  const at = (quantity: Quantity) => 1 + quantities.indexOf(quantity)
  const columns = { device: at('deviceState'), power: at('power') }
  const energyColumn = judgement.energy === null ? 0 : Math.max(at('energyTotal'), at('energy'))
  const median = survey.medianSpacingSeconds > 0 ? survey.medianSpacingSeconds : 1
  /** The rows of the newest time, by device. */
  const sameTime = new Map<number, Float64Array>()
  let newestSeconds = Number.NEGATIVE_INFINITY
  let total: { seconds: number; wh: number } | null = null
  let lastEnergySeconds = Number.NaN
  for (const { numbers, rows } of spool.inOrder()) {
    for (let start = 0; start < rows * fields; start += fields) {
      const seconds = numbers[start]!
      const tag = numbers[start + fields - 1]!
      const line = Math.floor(tag / 2)
      const device = columns.device > 0 ? numbers[start + columns.device]! : 0
      if (seconds !== newestSeconds) {
        sameTime.clear()
        const gapSeconds = seconds - newestSeconds
        if (gapSeconds > GAP_INTERVALS * median && Number.isFinite(gapSeconds)) {
          gaps.gaps++
          gaps.longestGapSeconds = Math.max(gaps.longestGapSeconds, gapSeconds)
        }
        newestSeconds = seconds
      }
      const before = sameTime.get(device)
      if (before) {
        if (sameValues(numbers, start, before, fields)) events.repeat()
        else events.reject(line, ROW_PROBLEMS.conflict, seconds, columns.power > 0 ? numbers[start + columns.power]! : Number.NaN)
        continue
      }
      sameTime.set(device, numbers.slice(start, start + fields))

      const row: CleanRow = {
        line,
        isRepaired: tag % 2 === 1,
        timestampSeconds: seconds,
        device,
        watts: Number.NaN,
        spanSeconds: null,
        values: {},
      }
      if (row.isRepaired) events.repair('a value that is no number is left out')
      for (const [index, quantity] of quantities.entries()) {
        const factor = factors[index]!
        const value = factor === 1 ? numbers[start + 1 + index]! : Math.round(numbers[start + 1 + index]! * factor * 1e6) / 1e6
        if (Number.isNaN(value)) continue
        const limit = limits[index]
        if (limit && (value < limit[0] || value > limit[1])) {
          row.isRepaired = true
          events.repair(`${quantity} out of range is left out`)
          continue
        }
        row.values[quantity] = value
      }
      if (columns.power > 0 && row.values.power !== undefined) row.watts = row.values.power
      if (energyColumn > 0) {
        const wh = numbers[start + energyColumn]!
        const span =
          judgement.energy === 'total' ? seconds - (total?.seconds ?? Number.NaN) : spanOf(seconds - lastEnergySeconds, median)
        const energyWh = judgement.energy === 'total' ? wh - (total?.wh ?? Number.NaN) : wh
        const first = judgement.energy === 'total' && total === null
        total = { seconds, wh }
        lastEnergySeconds = seconds
        if (first || (energyWh < 0 && judgement.energy === 'total')) {
          events.reject(line, first ? ROW_PROBLEMS.totalBegins : ROW_PROBLEMS.totalFell, seconds, Number.NaN)
          continue
        }
        row.watts = (energyWh * SECONDS_PER_HOUR) / span
        row.spanSeconds = span
      }
      if (Math.abs(row.watts) > MAX_POWER_WATTS) {
        events.reject(line, ROW_PROBLEMS.range, seconds, row.watts)
        continue
      }
      yield row
    }
  }
}

/** How long a row's energy was measured: since the row before, or after a gap the usual interval. */
const spanOf = (spacing: number, median: number) => (spacing > GAP_INTERVALS * median || Number.isNaN(spacing) ? median : spacing)
