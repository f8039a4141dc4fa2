import type { Appliance } from '@/lib/contracts/appliances'
import type { HeadMetrics, HeldBackScore } from '@/lib/contracts/home-learning'
import type { HomeHead } from '../home-head'
import { meterKind } from '../output-blend'
import type { SessionModel } from '../session-model'
import { channelsOf, fitWeights, logitsWith } from './fit-head'
import { refusalOf } from './held-back-score'
import { choosePenalty, holdBack, type HeldBack } from './hold-back'
import { applianceIndex, sortRows, type LabelledRows, type RunLabel } from './labelled-rows'
import { powerFactorOf } from './power-factor'
import type { RecordedRows } from './row-table'

const MOST_FOLDS = 5

export interface LearnedHead {
  head: Omit<HomeHead, 'id'>
  metrics: HeadMetrics
}

/**
 * Fits a head for one appliance and judges it on runs left out of the fit, whole runs at a time. What is judged is all that is
 * done with labels, the choice of the penalty too, which each fold makes by its own runs. Each horizon has to pass: where the
 * provisional one does not, the shared model's stays.
 * @param progress called with 0..1
 * @returns null where no labelled run lies in what was recorded
 */
export async function learnAppliance(
  model: SessionModel,
  rows: RecordedRows,
  labels: readonly RunLabel[],
  appliance: Appliance,
  progress: (share: number) => void | Promise<void> = () => {},
): Promise<LearnedHead | null> {
  const index = applianceIndex(appliance)
  const described = model.appliances[index]
  const labelled = sortRows(rows, labels, appliance)
  if (!described || !model.networks || labelled.runs.length === 0) return null
  const { coarseIntervalSeconds } = model.networks
  const channels = channelsOf(rows, coarseIntervalSeconds)
  const sharpnessAt = (row: number) => {
    return described.blend[meterKind(rows.meterIntervalSeconds[row]!, coarseIntervalSeconds)].final.sharpness
  }
  const fit = (horizon: 'provisional' | 'final', seen: LabelledRows, penalty: number) =>
    fitWeights(rows, seen, channels, { horizon, appliance: index, penalty })

  const penalties: number[] = []
  const held = { index, mostFolds: MOST_FOLDS }
  const heldBack = await holdBack(rows, labelled, { ...held, horizon: 'final' }, async (seen, fold, folds) => {
    const penalty = (penalties[fold] = await choosePenalty(rows, seen, channels, index))
    const head = await fit('final', seen, penalty)
    await progress((fold + 1) / (folds + 2))
    return head
  })
  const penalty = await choosePenalty(rows, labelled, channels, index)
  const final = await fit('final', labelled, penalty)
  const runs = labelled.runs.filter(({ label }) => label.isRun).length
  const notRuns = labelled.runs.length - runs
  const secondsOf = (list: readonly number[]) => list.reduce((sum, row) => sum + rows.strides[row]!, 0)
  const runSeconds = secondsOf(labelled.runs.flatMap(({ label, rows: own }) => (label.isRun ? own : [])))
  const runShareOfTime = runSeconds / Math.max(1, runSeconds + secondsOf(labelled.rest))
  const refusalFor = ({ before, after, rest }: HeldBack) => refusalOf(before, after, rest, { runs, notRuns, runShareOfTime })
  const refusal = refusalFor(heldBack)
  // Of a head that will not be used nobody asks what it is worth before its time.
  const fitEarly = (seen: LabelledRows, fold: number) => fit('provisional', seen, penalties[fold]!)
  const provisionalHeldBack = refusal === null
    ? await holdBack(rows, labelled, { ...held, horizon: 'provisional' }, fitEarly)
    : null
  const hasProvisional = provisionalHeldBack !== null && refusalFor(provisionalHeldBack) === null
  const { before, after, rest } = heldBack
  return {
    head: {
      appliance,
      final,
      provisional: hasProvisional ? await fit('provisional', labelled, penalty) : null,
      powerFactor: powerFactorOf(rows, labelled, index, logitsWith(rows, 'final', index, final), sharpnessAt),
    },
    metrics: {
      runs,
      notRuns,
      before: published(before),
      after: published(after),
      restTurnedOn: rest.turnedOn,
      restTurnedOff: rest.turnedOff,
      refusal,
    },
  }
}

const published = ({ f1, runsFound, falseAlarms }: HeldBackScore): HeldBackScore => ({ f1, runsFound, falseAlarms })
