import path from 'node:path'
import { DateTime } from 'luxon'
import type { Asset } from '@/lib/contracts/assets'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { MaintenanceEntry, VibrationReport, VibrationSnapshotInput, VibrationStored } from '@/lib/contracts/maintenance'
import { findAssets } from '@/lib/data/assets'
import { findSiteOf } from '@/lib/data/sites'
import { findSnapshotEnds, insertSnapshots, readVibrationCurve } from '@/lib/data/vibration'
import { describeSamples, type VibrationSnapshot } from '@/lib/domain/vibration-snapshot'
import { createLogger } from '@/lib/infra/logger'
import { judgeVibration } from '@/lib/insights/maintenance/judge-vibration'
import { BASELINE_SNAPSHOTS, LONG_SNAPSHOTS } from '@/lib/insights/maintenance/vibration-features'
import { loadVibrationModel } from '@/lib/insights/maintenance/vibration-model'
import { modelCache } from './model-cache'

const MODEL_FOLDER = 'models/vibration'
const CURVE_POINTS = 200
const MOST_AHEAD_SECONDS = 300

class ModelUnreadable extends Error {
  override name = 'ModelUnreadable'
}

let isSaid = false

/** What the model makes of a bearing; null, and said once in the log, where the model cannot be read. */
async function judge(bearing: Parameters<typeof judgeVibration>[0], clock: Parameters<typeof judgeVibration>[2]) {
  const load = async () => {
    const model = await loadVibrationModel(path.resolve(MODEL_FOLDER)).catch((error: unknown) => {
      throw new ModelUnreadable(MODEL_FOLDER, { cause: error })
    })
    return { value: model, bytes: model.bytes, close: model.close }
  }
  try {
    return await modelCache.use('vibration', load, (model) => judgeVibration(bearing, model, clock))
  } catch (err) {
    if (!(err instanceof ModelUnreadable)) throw err
    if (!isSaid) createLogger('vibration').error({ err }, `${MODEL_FOLDER} cannot be read: no bearing is judged`)
    isSaid = true
    return null
  }
}

/**
 * Stores snapshots of an asset's vibration sensor and judges the bearing anew.
 * @returns null where the user has no such site or asset; 'no sensor' where the asset has none
 */
export async function storeVibrationOf(
  user: CurrentUser,
  { siteId, assetId }: { siteId: string; assetId: string },
  given: readonly VibrationSnapshotInput[],
  nowSeconds = Date.now() / 1000,
): Promise<VibrationStored | 'no sensor' | null> {
  const site = await findSiteOf(user, siteId)
  const asset = site && (await findAssets(siteId)).find(({ id }) => id === assetId)
  if (!site || !asset) return null
  if (asset.vibrationSensor === null) return 'no sensor'
  const isAhead = ({ timestamp }: VibrationSnapshotInput) => timestamp > nowSeconds + MOST_AHEAD_SECONDS
  const usable = given.filter((snapshot) => !isAhead(snapshot)).map(toSnapshot)
  const stored = await insertSnapshots(assetId, usable, { firstKept: BASELINE_SNAPSHOTS, sinceSeconds: installedAt(asset, site.timeZone) ?? 0 })
  const { report } = await judgeVibrationOf(asset, { nowSeconds, timeZone: site.timeZone })
  return {
    stored,
    repeated: usable.length - stored,
    rejected: given.filter(isAhead).map(({ timestamp }) => {
      return { timestamp, reason: 'Its time is more than five minutes ahead. Check the clock of the sensor.' }
    }),
    vibration: report,
  }
}

/** What is known of the bearing of an asset that has a sensor. */
export async function judgeVibrationOf(
  asset: Asset,
  clock: { nowSeconds: number; timeZone: string },
): Promise<{ report: VibrationReport; entry: MaintenanceEntry | null }> {
  const runsSince = installedAt(asset, clock.timeZone)
  const [ends, points] = await Promise.all([
    // What its predecessor did says nothing of what is usual for it.
    findSnapshotEnds(asset.id, runsSince ?? 0, BASELINE_SNAPSHOTS, LONG_SNAPSHOTS),
    readVibrationCurve(asset.id, CURVE_POINTS),
  ])
  const bearing = {
    ...ends,
    assetId: asset.id,
    assetName: asset.name,
    sensor: asset.vibrationSensor ?? '',
    runsSince,
  }
  const found = await judge(bearing, clock)
  const judged = found?.judged ?? null
  return {
    report: { snapshots: ends.count, leastSnapshots: BASELINE_SNAPSHOTS, judged, isModelMissing: found === null, points },
    entry: found?.entry ?? null,
  }
}

/** Unix seconds; null where it was not said. */
const installedAt = ({ installedOn }: Asset, timeZone: string) =>
  installedOn === null ? null : DateTime.fromISO(installedOn, { zone: timeZone }).toSeconds()

function toSnapshot(given: VibrationSnapshotInput): VibrationSnapshot {
  const [horizontal, vertical] =
    'horizontal' in given
      ? [given.horizontal, given.vertical]
      : [describeSamples(given.horizontalSamples), describeSamples(given.verticalSamples)]
  return {
    timestamp: given.timestamp,
    rmsHorizontal: horizontal.rms,
    kurtosisHorizontal: horizontal.kurtosis,
    peakHorizontal: horizontal.peak,
    rmsVertical: vertical.rms,
    kurtosisVertical: vertical.kurtosis,
    peakVertical: vertical.peak,
  }
}
