import type { MaintenanceEntry, VibrationReport } from '@/lib/contracts/maintenance'
import type { VibrationSnapshot } from '@/lib/domain/vibration-snapshot'
import { daysUntil, localDate, priorityOf, roundShare } from './judge-asset'
import { LATELY_WEEKS, WEEK_SECONDS } from './judge-signature'
import { BASELINE_SNAPSHOTS, vibrationFeatures } from './vibration-features'
import type { VibrationModel } from './vibration-model'

export interface ObservedBearing {
  assetId: string
  assetName: string
  /** Where the sensor sits, in words. */
  sensor: string
  /** How many snapshots there are. */
  count: number
  first: readonly VibrationSnapshot[]
  recent: readonly VibrationSnapshot[]
  /** Unix seconds: since when it runs, where that is before its first snapshot; by default since that. */
  runsSince: number | null
}

/**
 * A bearing's health by the forests, and an entry for the list only where the forest is surer of `critical` than the threshold at
 * which that was true for most left-out bearings. A bearing that nobody has looked at lately makes none: it may be replaced.
 */
export async function judgeVibration(
  bearing: ObservedBearing,
  model: VibrationModel,
  { nowSeconds, timeZone }: { nowSeconds: number; timeZone: string },
): Promise<{ judged: VibrationReport['judged']; entry: MaintenanceEntry | null }> {
  const [oldest, newest] = [bearing.first[0], bearing.recent.at(-1)]
  if (bearing.count < BASELINE_SNAPSHOTS || !oldest || !newest) return { judged: null, entry: null }
  const { probabilities, remainingShare } = await model.judge(vibrationFeatures(bearing.first, bearing.recent))
  const interval = model.manifest.remainingShareIntervals.find(({ below }) => remainingShare < below)
  const clamp = (share: number) => Math.min(1, Math.max(0, share))
  const low = clamp(remainingShare + (interval?.low ?? 0))
  const high = clamp(remainingShare + (interval?.high ?? 0))
  const { critical, worn, healthy } = probabilities
  const health = critical >= Math.max(worn, healthy) ? 'critical' : worn >= healthy ? 'worn' : 'healthy'
  const judged = { health, probabilities, remainingShare: { value: remainingShare, low, high }, at: newest.timestamp } as const
  const { alarm } = model.manifest
  const isOld = newest.timestamp < nowSeconds - LATELY_WEEKS * WEEK_SECONDS
  if (critical < alarm.probability || isOld) return { judged, entry: null }
  const age = newest.timestamp - Math.min(bearing.runsSince ?? Infinity, oldest.timestamp)
  const failsAt = (share: number) => Math.max(nowSeconds, newest.timestamp + (age * Math.min(share, 0.99)) / (1 - Math.min(share, 0.99)))
  const at = failsAt(remainingShare)
  const days = daysUntil(at, nowSeconds)
  const entry: MaintenanceEntry = {
    assetId: bearing.assetId,
    assetName: bearing.assetName,
    type: 'vibration',
    priority: priorityOf(days),
    predictedFailureDate: localDate(at, timeZone),
    daysUntilMaintenance: days,
    confidence: roundShare(critical * alarm.precision),
    recommendation:
      `Its vibration (${bearing.sensor}) resembles bearings near their end: about ${percent(remainingShare)} of its life is left ` +
      `(${percent(low)} to ${percent(high)}), which at its age means until ${localDate(at, timeZone)}, at the latest ` +
      `${localDate(failsAt(high), timeZone)}. Have the bearing looked at, its lubrication and alignment checked.`,
  }
  return { judged, entry }
}

const percent = (share: number) => `${Math.round(100 * share)} %`
