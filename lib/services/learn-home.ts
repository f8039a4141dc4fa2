import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { timeOfReading } from '@/lib/data/label-changes'
import { findLearned, findLeftAlone, retireUnfounded, saveHead } from '@/lib/data/learned-heads'
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

export interface LearnedHome {
  /** As of when labels count, as PostgreSQL writes it. */
  labelsReadAt: string
  outcomes: ApplianceOutcome[]
}

/** Why nothing was learned of an appliance. */
const READINGS_GONE = 'The readings of too many labelled runs are no longer stored.'
const LEFT_ALONE = 'What was learned last was undone, and its labels have not changed since.'

/**
 * Learns from a building's labels: runs the stored readings around them through the shared model, fits a head for each
 * appliance with enough labels, and stores what the held-back runs say of it. Labels whose readings are gone take no part.
 * A head in effect that was learned from labels which have been withdrawn ends, unless what is left leads to another one.
 * @param isOurs asked now and then; once it is not, another process does the same and this one stores nothing more
 * @returns null where it stopped for that reason
 */
export async function learnHome(
  job: LearningJobRow,
  model: SessionModel,
  modelVersionId: number,
  isOurs: () => boolean = () => true,
): Promise<LearnedHome | null> {
  const { buildingKey } = job
  const labelsReadAt = await timeOfReading(buildingKey)
  const labels = (await findRunLabels([buildingKey])).flatMap(toFacts)
  const [done, leftAlone] = await Promise.all([findLearned(job.id, modelVersionId), findLeftAlone(buildingKey, modelVersionId)])
  const counted = APPLIANCES.map((appliance) => ({ appliance, own: labels.filter((label) => label.appliance === appliance) }))
    .map(({ appliance, own }) => ({ appliance, labels: own.length, needed: missing(own) }))
  const learned = counted.filter(({ needed }) => needed === 0).map(({ appliance }) => appliance)
    .filter((appliance) => !done.includes(appliance) && !leftAlone.includes(appliance))
  const outcomes = counted.flatMap(({ appliance, labels: count, needed }): ApplianceOutcome[] => {
    if (count > 0 && needed > 0) return [{ appliance, needed, headId: null, refusal: null }]
    return count > 0 && leftAlone.includes(appliance) ? [{ appliance, needed: 0, headId: null, refusal: LEFT_ALONE }] : []
  })
  const of = { job, buildingKey, modelVersionId, labelsReadAt }
  await retireUnfounded(of, APPLIANCES.filter((appliance) => !learned.includes(appliance) && !leftAlone.includes(appliance)))
  if (learned.length === 0) return { labelsReadAt, outcomes }

  const relevant = labels.filter((label) => learned.includes(label.appliance))
  const report = throttled((share) => reportProgress(job, share))
  const reportIfOurs = async (share: number) => {
    if (!isOurs()) throw new NotOurs()
    await report(share)
  }
  try {
    const { read, strideAt } = stretchesAround(relevant, model.replaySeconds, model.description.lookaheadSeconds)
    const readings = readingsOf(buildingKey, read, (share) => reportIfOurs(share * RECORDING_SHARE))
    const recorded = await recordRows(model, readings, strideAt)
    for (const [i, appliance] of learned.entries()) {
      const fitted = (share: number) => reportIfOurs(RECORDING_SHARE + ((1 - RECORDING_SHARE) * (i + share)) / learned.length)
      const result = await learnAppliance(model, recorded, relevant, appliance, fitted)
      if (!isOurs()) return null
      const needed = labelsNeeded(result?.metrics ?? { runs: 0, notRuns: 0 })
      if (!result || needed > 0) outcomes.push({ appliance, needed, headId: null, refusal: READINGS_GONE })
      else {
        const headId = await saveHead({ ...of, createdBy: job.requestedBy, ...result })
        if (headId === null) return null
        outcomes.push({ appliance, needed: 0, headId, refusal: result.metrics.refusal })
      }
      // One that was stored as active is of these very labels.
      await retireUnfounded(of, [appliance])
    }
  } catch (error) {
    if (error instanceof NotOurs) return null
    throw error
  }
  return { labelsReadAt, outcomes }
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
