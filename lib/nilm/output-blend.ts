import type { ApplianceModel } from './model-manifest'
import type { SlowFeed } from './slow-feed'
import type { GridSecond } from './grid-resampler'
import { HORIZON_NAMES, HORIZONS, OUTPUT_KINDS, outputChannel } from './stream-network'

/** The manifest has a blend for meters below its `coarseIntervalSeconds` and one for those from there on. */
export type MeterKind = 'fine' | 'coarse'

/** A meter of exactly that interval would else change its kind whenever some readings come early, and appliances go on and off. */
const EARLY_SHARE = 0.1

export function meterKind(intervalSeconds: number, coarseIntervalSeconds: number): MeterKind {
  return intervalSeconds < (1 - EARLY_SHARE) * coarseIntervalSeconds ? 'fine' : 'coarse'
}

/**
 * Brings the fast network's output [44, seconds.length], in place, to the published scale: for each appliance its share of the
 * slow network's answer, then the calibration of the horizon; both depend on whether the meter is a fine or a coarse one (the manifest's
 * `blend`). Until the slow network has an answer, the fast one's stands alone.
 */
export function blendOutputs(
  output: Float32Array,
  seconds: readonly GridSecond[],
  slow: SlowFeed | null,
  appliances: readonly (ApplianceModel | null)[],
  coarseIntervalSeconds: number,
): void {
  const count = seconds.length
  for (const [column, { timestampSeconds, intervalSeconds }] of seconds.entries()) {
    const meter = meterKind(intervalSeconds, coarseIntervalSeconds)
    const answers = { provisional: slow?.provisionalAt(timestampSeconds)?.output, final: slow?.finalAt(timestampSeconds)?.output }
    for (const [i, appliance] of appliances.entries()) {
      if (!appliance) continue
      const blend = appliance.blend[meter]
      for (const horizon of HORIZON_NAMES) {
        const { scale, bias, powerFactor } = blend[horizon]
        const logitAt = outputChannel(HORIZONS[horizon], OUTPUT_KINDS.logit, i)
        const powerAt = outputChannel(HORIZONS[horizon], OUTPUT_KINDS.onPowerWatts, i)
        const logit = mixed(output, count, column, logitAt, answers[horizon], blend.slowShare)
        const onPowerWatts = mixed(output, count, column, powerAt, answers[horizon], blend.slowShare)
        output[logitAt * count + column] = scale * logit + bias
        output[powerAt * count + column] = powerFactor * onPowerWatts
      }
    }
  }
}

function mixed(fast: Float32Array, count: number, column: number, row: number, slow: Float32Array | undefined, slowShare: number) {
  const value = fast[row * count + column]!
  return slow ? (1 - slowShare) * value + slowShare * slow[row]! : value
}
