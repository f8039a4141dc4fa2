import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { findLearned, saveHead } from '@/lib/data/home-heads'
import { reportProgress, type LearningJobRow } from '@/lib/data/learning-jobs'
import { readRaw } from '@/lib/data/raw-read'
import { findRunLabels } from '@/lib/data/run-labels'
import { labelsNeeded } from '@/lib/domain/home-learning'
import { pool } from '@/lib/infra/db'
import { learnAppliance } from '@/lib/nilm/learning/learn-appliance'
import type { RunLabel } from '@/lib/nilm/learning/labelled-rows'
import { recordRows } from '@/lib/nilm/learning/record-rows'
import type { SessionModel } from '@/lib/nilm/session-model'
import { countFacts, toFacts } from './run-facts'

/** Unlabelled time around the labels that anchors a head to the shared model: from so long before the first label on. */
const LONGEST_REST_SECONDS = 14 * 86_400
const PART_SECONDS = 4 * 3600
/** Rows kept of a labelled run, and of the rest, one in so many seconds. */
const ROWS_PER_RUN = 120
const REST_STRIDE_SECONDS = 30
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
 * Learns from a building's labels: runs the stored readings around them through the shared model, fits a head for each appliance with
 * enough labels, and stores what the held-back runs say of it. Labels whose readings are gone take no part.
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
  const readings = readingsAround(job.buildingKey, relevant, model, async (share) => {
    if (!isOurs()) throw new NotOurs()
    await report(share * RECORDING_SHARE)
  })
  const recorded = await recordRows(model, readings, strideFor(relevant)).catch((error: unknown) => {
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

/** Stored readings from the time the networks need before the first label to a little after the last one. */
async function* readingsAround(
  buildingKey: number,
  labels: readonly RunLabel[],
  model: SessionModel,
  progress: (share: number) => Promise<void>,
) {
  const last = Math.max(...labels.map((label) => label.endedAtSeconds)) + model.description.lookaheadSeconds + 3600
  const first = Math.min(...labels.map((label) => label.startedAtSeconds))
  for (const [from, to] of stretches(labels, first, last, model.replaySeconds)) {
    for (let start = from; start < to; start += PART_SECONDS) {
      yield await readRaw(pool(), buildingKey, start, Math.min(to, start + PART_SECONDS), { inOrderOnly: true })
      await progress((start - first) / Math.max(1, last - first))
    }
  }
}

/** All of the newest days with labels, and of older ones what lies around the labels. */
function stretches(labels: readonly RunLabel[], first: number, last: number, replaySeconds: number): [number, number][] {
  const recent = Math.max(first - replaySeconds, last - LONGEST_REST_SECONDS)
  const older = labels
    .filter((label) => label.startedAtSeconds < recent)
    .map((label): [number, number] => [label.startedAtSeconds - replaySeconds, Math.min(label.endedAtSeconds + 3600, recent)])
    .sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const stretch of [...older, [recent, last] as [number, number]]) {
    const before = merged.at(-1)
    if (before && stretch[0] <= before[1]) before[1] = Math.max(before[1], stretch[1])
    else merged.push(stretch)
  }
  return merged
}

/** Labelled runs closely, the rest now and then. */
function strideFor(labels: readonly RunLabel[]) {
  const sorted = [...labels].sort((a, b) => a.startedAtSeconds - b.startedAtSeconds)
  const longest = Math.max(...labels.map((label) => label.endedAtSeconds - label.startedAtSeconds))
  let from = 0
  return (timestampSeconds: number): number => {
    // Asked in time order, a few minutes back and forth.
    while (from < sorted.length && sorted[from]!.startedAtSeconds + longest < timestampSeconds - 3600) from++
    let stride = REST_STRIDE_SECONDS
    for (let i = from; i < sorted.length && sorted[i]!.startedAtSeconds < timestampSeconds; i++) {
      const { startedAtSeconds, endedAtSeconds } = sorted[i]!
      if (timestampSeconds > endedAtSeconds) continue
      stride = Math.min(stride, Math.max(1, Math.floor((endedAtSeconds - startedAtSeconds) / ROWS_PER_RUN)))
    }
    return stride
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
