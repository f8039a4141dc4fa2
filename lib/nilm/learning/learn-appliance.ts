import type { Appliance } from '@/lib/contracts/appliances'
import type { HeadMetrics, HeldBackScore } from '@/lib/contracts/home-learning'
import type { HeadWeights, HomeHead } from '../home-head'
import { meterKind } from '../output-blend'
import type { SessionModel } from '../session-model'
import { channelsOf, fitWeights, logitsWith, type Channels } from './fit-head'
import { compareRest, refusalOf, scoreLabels, type LabelScore, type RestChange } from './held-back-score'
import { applianceIndex, sortRows, type LabelledRows, type RunLabel } from './labelled-rows'
import { powerFactorOf } from './power-factor'
import { restFolds } from './rest-folds'
import type { RecordedRows } from './row-table'

const MOST_FOLDS = 5
/** From hardly any change of the shared model to one that follows the labels closely. */
const PENALTIES = [3, 0.3, 0.03]

export interface LearnedHead {
  head: Omit<HomeHead, 'id'>
  metrics: HeadMetrics
}

interface HeldBack {
  before: LabelScore
  after: LabelScore
  rest: RestChange
}

/**
 * Fits a head for one appliance and judges it on runs left out of the fit, whole runs at a time. The strength of the penalty is
 * chosen on the same left-out runs, the strongest on a tie.
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
  const hold = (horizon: 'provisional' | 'final', penalty: number) => holdBack(rows, labelled, channels, { horizon, index, penalty })

  let chosen: { penalty: number; heldBack: HeldBack } | null = null
  for (const [i, penalty] of PENALTIES.entries()) {
    const heldBack = await hold('final', penalty)
    if (!chosen || worth(heldBack.after) > worth(chosen.heldBack.after) + 1e-9) chosen = { penalty, heldBack }
    await progress((i + 1) / (PENALTIES.length + 2))
  }
  const { penalty, heldBack } = chosen!
  const provisionalHeldBack = await hold('provisional', penalty)
  await progress((PENALTIES.length + 1) / (PENALTIES.length + 2))

  const fit = (horizon: 'provisional' | 'final') => fitWeights(rows, labelled, channels, { horizon, appliance: index, penalty })
  const final = await fit('final')
  const provisionalGains = worth(provisionalHeldBack.after) > worth(provisionalHeldBack.before)
  const runs = labelled.runs.filter(({ label }) => label.isRun).length
  const notRuns = labelled.runs.length - runs
  const secondsOf = (list: readonly number[]) => list.reduce((sum, row) => sum + rows.strides[row]!, 0)
  const runSeconds = secondsOf(labelled.runs.flatMap(({ label, rows: own }) => (label.isRun ? own : [])))
  const runShareOfTime = runSeconds / Math.max(1, runSeconds + secondsOf(labelled.rest))
  const { before, after, rest } = heldBack
  return {
    head: {
      appliance,
      final,
      provisional: provisionalGains ? await fit('provisional') : null,
      powerFactor: powerFactorOf(rows, labelled, index, logitsWith(rows, 'final', index, final), sharpnessAt),
    },
    metrics: {
      runs,
      notRuns,
      before: published(before),
      after: published(after),
      restTurnedOn: rest.turnedOn,
      restTurnedOff: rest.turnedOff,
      refusal: refusalOf(before, after, rest, { runs, notRuns, runShareOfTime }),
    },
  }
}

/** Decisions about each labelled run, and each piece of the rest, by a head that was fitted without it. */
async function holdBack(
  rows: RecordedRows,
  labelled: LabelledRows,
  channels: Channels,
  { horizon, index, penalty }: { horizon: 'provisional' | 'final'; index: number; penalty: number },
): Promise<HeldBack> {
  const folds = Math.min(MOST_FOLDS, labelled.runs.length)
  const foldOfRest = restFolds(rows, labelled.rest, folds)
  const before = logitsWith(rows, horizon, index, null)
  const after = before.slice()
  // Runs and "not" labels each dealt out in turn, so that no fold holds all of one kind.
  const inTurn = [...labelled.runs].sort((a, b) => Number(b.label.isRun) - Number(a.label.isRun))
  for (let fold = 0; fold < folds; fold++) {
    const heldRuns = inTurn.filter((_, i) => i % folds === fold)
    const seen = {
      runs: labelled.runs.filter((run) => !heldRuns.includes(run)),
      rest: labelled.rest.filter((row) => folds === 1 || foldOfRest[row] !== fold),
    }
    const head: HeadWeights | null = seen.runs.length > 0
      ? await fitWeights(rows, seen, channels, { horizon, appliance: index, penalty })
      : null
    const changed = logitsWith(rows, horizon, index, head)
    for (const row of heldRuns.flatMap((run) => run.rows)) after[row] = changed[row]!
    for (const row of labelled.rest) if (foldOfRest[row] === fold) after[row] = changed[row]!
  }
  const rest = compareRest(rows, labelled.rest, before, after)
  return {
    before: scoreLabels(rows, labelled, before),
    after: scoreLabels(rows, labelled, after, rest.turnedOnSeconds),
    rest,
  }
}

/** What penalties are compared by: F1, and where there is no run, the share of what is right. */
const worth = ({ f1, rightShares }: LabelScore) =>
  (f1 ?? 0) + (1e-3 * rightShares.reduce((sum, share) => sum + share, 0)) / rightShares.length

const published = ({ f1, runsFound, falseAlarms }: HeldBackScore): HeldBackScore => ({ f1, runsFound, falseAlarms })
