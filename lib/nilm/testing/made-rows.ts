import { APPLIANCE_COUNT, APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { RecordedRows } from '../learning/row-table'
import { NOON } from './recordings'

/** A few hundred rows are days, so that each fold of a fit has some of the unlabelled time. */
export const ROW_SECONDS = 240

export interface MadeRow {
  /** What the heads see, alike in both horizons. */
  hidden?: readonly number[]
  /** Of the appliance; others are surely off. */
  logit?: number
  mainsWatts?: number
  onPowerWatts?: number
}

/** What would have been recorded of one appliance, a row every four minutes from NOON on. */
export function madeRows(appliance: Appliance, channels: number, made: readonly MadeRow[]): RecordedRows {
  const at = APPLIANCES.indexOf(appliance)
  const horizon = () => ({
    hidden: Float32Array.from(made.flatMap(({ hidden }) => hidden ?? new Array<number>(channels).fill(0))),
    logits: new Float32Array(made.length * APPLIANCE_COUNT).fill(-8),
    onPowerWatts: new Float32Array(made.length * APPLIANCE_COUNT),
  })
  const rows: RecordedRows = {
    count: made.length,
    fastChannels: channels,
    slowChannels: 0,
    seconds: Float64Array.from(made, (_, i) => NOON + (i + 1) * ROW_SECONDS),
    strides: new Float32Array(made.length).fill(ROW_SECONDS),
    mainsWatts: Float32Array.from(made, ({ mainsWatts }) => mainsWatts ?? 0),
    meterIntervalSeconds: new Float32Array(made.length).fill(1),
    provisional: horizon(),
    final: horizon(),
  }
  for (const [row, { logit, onPowerWatts }] of made.entries()) {
    for (const { logits, onPowerWatts: powers } of [rows.provisional, rows.final]) {
      logits[row * APPLIANCE_COUNT + at] = logit ?? -8
      powers[row * APPLIANCE_COUNT + at] = onPowerWatts ?? 0
    }
  }
  return rows
}
