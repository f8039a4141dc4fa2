import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { findLearned, saveHead } from '@/lib/data/home-heads'
import { reportProgress, type LearningJobRow } from '@/lib/data/learning-jobs'
import { readRaw } from '@/lib/data/raw-read'
import { findRunLabels } from '@/lib/data/run-labels'
import { labelsNeeded } from '@/lib/domain/home-learning'
import { pool } from '@/lib/infra/db'
import { stretchesAround, type LabelStretches } from '@/lib/nilm/learning/label-stretches'
import { learnAppliance } from '@/lib/nilm/learning/learn-appliance'
import type { RunLabel } from '@/lib/nilm/learning/labelled-rows'
import { recordRows } from '@/lib/nilm/learning/record-rows'
import type { SessionModel } from '@/lib/nilm/session-model'
import { countFacts, toFacts } from './run-facts'

const PART_SECONDS = 4 * 3600
/** Recording takes about this share of a job. */
const RECORDING_SHARE = 0.6

/** What came of one appliance, as the job keeps it. */
export interface ApplianceOutcome {
  appliance: Appliance
  /** Labels still missing; nothing was fitted then. */
  needed: number
  headId: string | null
  refusal: string | null
}

/**
 * Learns from a building's labels: runs the stored readings around them through the shared model, fits a head for each
 * appliance with enough labels, and stores what the held-back runs say of it. Labels whose readings are gone take no part.
 * @param isOurs asked now and then; once it is not, another process does the same and this one stores nothing more
 * @returns null where it stopped for that reason
 */
export async function learnHome(
  job: LearningJobRow,
  model: SessionModel,
  modelVersionId: number,
  isOurs: () => boolean = () => true,
): Promise<ApplianceOutcome[] | null> {
  const labels = (await findRunLabels([job.buildingKey])).flatMap(toFacts)
  const byAppliance = APPLIANCES.map((appliance) => ({ appliance, own: labels.filter((label) => label.appliance === appliance) }))
    .filter(({ own }) => own.length > 0)
    .map(({ appliance, own }) => ({ appliance, needed: missing(own) }))
  const done = await findLearned(job.id)
  const learned = byAppliance.filter(({ appliance, needed }) => needed === 0 && !done.includes(appliance))
  const outcomes = byAppliance
    .filter(({ needed }) => needed > 0)
    .map(({ appliance, needed }): ApplianceOutcome => ({ appliance, needed, headId: null, refusal: null }))
  if (learned.length === 0) return outcomes

  const relevant = labels.filter((label) => learned.some(({ appliance }) => appliance === label.appliance))
  const report = throttled((share) => reportProgress(job.id, share))
  const { read, strideAt } = stretchesAround(relevant, model.replaySeconds, model.description.lookaheadSeconds)
  const readings = readingsOf(job.buildingKey, read, async (share) => {
    if (!isOurs()) throw new NotOurs()
    await report(share * RECORDING_SHARE)
  })
  const recorded = await recordRows(model, readings, strideAt).catch((error: unknown) => {
    if (error instanceof NotOurs) return null
    throw error
  })
  if (!recorded) return null
  for (const [i, { appliance }] of learned.entries()) {
    const fitted = (share: number) => report(RECORDING_SHARE + ((1 - RECORDING_SHARE) * (i + share)) / learned.length)
    const result = await learnAppliance(model, recorded, relevant, appliance, fitted)
    if (!isOurs()) return null
    const kept = result ? { runs: result.metrics.runs, notRuns: result.metrics.notRuns } : { runs: 0, notRuns: 0 }
    const needed = labelsNeeded(kept)
    if (!result || needed > 0) {
      outcomes.push({ appliance, needed, headId: null, refusal: 'The readings of too many labelled runs are no longer stored.' })
      continue
    }
    const headId = await saveHead({
      buildingKey: job.buildingKey,
      modelVersionId,
      jobId: job.id,
      createdBy: job.requestedBy,
      ...result,
    })
    outcomes.push({ appliance, needed: 0, headId, refusal: result.metrics.refusal })
  }
  return outcomes
}

class NotOurs extends Error {}

const missing = (facts: readonly RunLabel[]) => labelsNeeded(countFacts(facts))

/** Stored readings of these stretches. @param progress called with 0..1 */
async function* readingsOf(buildingKey: number, stretches: LabelStretches['read'], progress: (share: number) => Promise<void>) {
  const allSeconds = stretches.reduce((sum, [from, to]) => sum + to - from, 0)
  let readSeconds = 0
  for (const [from, to] of stretches) {
    for (let start = from; start < to; start += PART_SECONDS) {
      const end = Math.min(to, start + PART_SECONDS)
      yield await readRaw(pool(), buildingKey, start, end, { inOrderOnly: true })
      readSeconds += end - start
      await progress(readSeconds / allSeconds)
    }
  }
}

/** At most one report a second. */
function throttled(report: (share: number) => Promise<void>): (share: number) => Promise<void> {
  let reportedAt = 0
  return async (share) => {
    if (Date.now() - reportedAt < 1000) return
    reportedAt = Date.now()
    await report(share)
  }
}
