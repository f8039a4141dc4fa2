import { ANOMALY_REFUSALS, type AnomalyMetrics } from '@/lib/contracts/training'
import { askForLook, findDecidedAnomalies } from '@/lib/data/anomalies'
import type { BackgroundJob } from '@/lib/data/background-jobs'
import { findModelsOfJob, saveSiteModel } from '@/lib/data/site-models'
import { findSiteOfBuilding } from '@/lib/data/sites'
import { incidentKind } from '@/lib/insights/anomaly/site/detect-incidents'
import { fitLimits, type JudgedIncident, limitsRefusal, scoreLimits } from '@/lib/insights/anomaly/site/fit-limits'
import { DAY_SECONDS } from '@/lib/insights/anomaly/site/incident'
import { judgedFromSeconds } from '@/lib/insights/anomaly/site/judged-from'
import { NO_LIMITS } from '@/lib/insights/anomaly/site/limits'
import type { Progress } from './import/job-progress'
import { ANOMALY_FORMAT, findLimits, readBuildingHistory, type StoredLimits } from './watch-anomalies'

/** Looks of so long ago are made again, as far as there are readings. */
const LOOKS_SECONDS = 70 * DAY_SECONDS
const HELD_BACK_DAYS = 14
const FEWEST_FITTED_DAYS = 14
/** Of a refit, the share of the work that fitting takes; the rest judges what came of it. */
const FITTING_SHARE = 0.7

/** What came of a building in a job. */
export interface AnomalyOutcome {
  versionId: string | null
  /** Why nothing could be fitted, or why it did not take effect; null where it did. */
  refusal: string | null
}

/**
 * Fits the limits of a job's building anew. They take effect only where they raise fewer false alarms in the last two weeks, which
 * neither they nor those in use were fitted on, and miss nothing there that somebody called real.
 */
export async function runAnomalyJob(job: BackgroundJob, progress: Progress): Promise<AnomalyOutcome[]> {
  const site = await findSiteOfBuilding(job.buildingKey)
  const building = site?.buildings.find(({ key }) => key === job.buildingKey)
  if (!site || !building) return []
  const [done] = await findModelsOfJob(job.id)
  if (done) return [{ versionId: done.id, refusal: (done.metrics as AnomalyMetrics).refusal }]
  const history = await readBuildingHistory(building, site.timeZone, Date.now() / 1000, LOOKS_SECONDS)
  const first = history?.hours[0]
  if (!history || !first) return [{ versionId: null, refusal: 'Nothing was measured here in the last weeks.' }]
  const toSeconds = history.nowSeconds
  const fromSeconds = toSeconds - HELD_BACK_DAYS * DAY_SECONDS
  const looksFromSeconds = Math.max(judgedFromSeconds(first.startSeconds), toSeconds - LOOKS_SECONDS)
  const missing = FEWEST_FITTED_DAYS - (fromSeconds - looksFromSeconds) / DAY_SECONDS
  if (missing > 0) {
    const refusal = `There is not enough history: ${Math.ceil(missing)} more days must be measured, so that two weeks can be held back.`
    return [{ versionId: null, refusal }]
  }
  const judged = (await findDecidedAnomalies(building.key, first.startSeconds)).map(
    ({ status, type, appliance, startSeconds, endSeconds, strength }): JudgedIncident => {
      return { type, appliance, startSeconds, endSeconds, strength, verdict: status === 'dismissed' ? 'false alarm' : 'real' }
    },
  )
  const known = { ...history, confirmed: judged.filter(({ verdict }) => verdict === 'real') }
  const report = (from: number, to: number) => (share: number) => progress(from + share * (to - from), 'looking at the past again')
  const inUse = await findLimits(site.id, building.id)
  const limits = await fitLimits(known, { fittedUntilSeconds: fromSeconds, looksFromSeconds, judged, progress: report(0, FITTING_SHARE) })
  const held = { fromSeconds, toSeconds }
  const middle = (1 + FITTING_SHARE) / 2
  const before = await scoreLimits(known, judged, {
    ...held,
    limits: inUse?.limits ?? NO_LIMITS,
    dismissals: dismissalsBetween(judged, building.id, inUse?.fittedUntil ?? 0, fromSeconds),
    progress: report(FITTING_SHARE, middle),
  })
  const after = await scoreLimits(known, judged, { ...held, limits, progress: report(middle, 1) })
  const refused = limitsRefusal(before, after, HELD_BACK_DAYS)
  const metrics: AnomalyMetrics = { days: HELD_BACK_DAYS, before, after, refusal: refused && ANOMALY_REFUSALS[refused] }
  const content: StoredLimits = { limits, fittedUntil: fromSeconds }
  const versionId = await saveSiteModel({
    siteId: site.id,
    model: 'anomalies',
    part: building.id,
    format: ANOMALY_FORMAT,
    buildingKey: building.key,
    isActive: refused === null,
    comparedWith: inUse?.versionId ?? null,
    metrics,
    content,
    fittedUntil: fromSeconds,
    jobId: job.id,
    createdBy: job.requestedBy,
  })
  if (refused === null) await askForLook(site.id)
  return [{ versionId, refusal: metrics.refusal }]
}

/** As looks without a fit count them: how often each kind was dismissed. */
function dismissalsBetween(judged: readonly JudgedIncident[], buildingId: string, fromSeconds: number, toSeconds: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { type, appliance, startSeconds, verdict } of judged) {
    if (verdict === 'real' || startSeconds < fromSeconds || startSeconds >= toSeconds) continue
    const kind = incidentKind({ buildingId, type, appliance })
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return counts
}
