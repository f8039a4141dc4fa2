import { quantile } from '@/lib/domain/always-on'
import type { VibrationSnapshot } from '@/lib/domain/vibration-snapshot'

/** As training/vibration/features.py, to which models/vibration/golden.json holds both. */
export const BASELINE_SNAPSHOTS = 60
export const LONG_SNAPSHOTS = 60
const SHORT_SNAPSHOTS = 10
const SMALLEST = 1e-6
const CHANNELS = ['rmsHorizontal', 'kurtosisHorizontal', 'peakHorizontal', 'rmsVertical', 'kurtosisVertical', 'peakVertical'] as const
const LEVELS = ['rmsHorizontal', 'rmsVertical'] as const

const median = (values: readonly number[]) => quantile(values, 0.5)

/**
 * What the forests see of a bearing: of each channel, as natural logarithms of the ratio to the median of the first 60 snapshots,
 * the median of the last 10, of the last 60, their difference and the highest of the last 60; then both RMS in g.
 * @param first the bearing's first 60 snapshots
 * @param recent its last 60, oldest first
 */
export function vibrationFeatures(first: readonly VibrationSnapshot[], recent: readonly VibrationSnapshot[]): Float32Array {
  const features = CHANNELS.flatMap((channel) => {
    const baseline = median(first.slice(0, BASELINE_SNAPSHOTS).map((snapshot) => Math.max(snapshot[channel], SMALLEST)))
    const ratios = recent.slice(-LONG_SNAPSHOTS).map((snapshot) => Math.log(Math.max(snapshot[channel], SMALLEST) / baseline))
    const short = median(ratios.slice(-SHORT_SNAPSHOTS))
    const long = median(ratios)
    return [short, long, short - long, Math.max(...ratios)]
  })
  const levels = LEVELS.map((channel) => median(recent.slice(-SHORT_SNAPSHOTS).map((snapshot) => snapshot[channel])))
  return Float32Array.from([...features, ...levels])
}
