import type { HeadWeights } from '../home-head'
import { fitWeights, logitsWith, type Channels } from './fit-head'
import { compareRest, scoreLabels, type LabelScore, type RestChange } from './held-back-score'
import type { LabelledRows } from './labelled-rows'
import { restFolds } from './rest-folds'
import type { RecordedRows } from './row-table'

/** From hardly any change of the shared model to one that follows the labels closely. */
const PENALTIES = [3, 0.3, 0.03] as const
const PENALTY_FOLDS = 3

export interface HeldBack {
  before: LabelScore
  after: LabelScore
  rest: RestChange
}

export interface HoldBackOptions {
  horizon: 'provisional' | 'final'
  /** Of the appliance, in contract order. */
  index: number
  mostFolds: number
}

/**
 * Decisions about each labelled run, and each piece of the rest, by a head that was fitted without it.
 * @param fit makes the head of a fold of what the fold leaves; it must use nothing else
 */
export async function holdBack(
  rows: RecordedRows,
  labelled: LabelledRows,
  { horizon, index, mostFolds }: HoldBackOptions,
  fit: (seen: LabelledRows, fold: number, folds: number) => Promise<HeadWeights>,
): Promise<HeldBack> {
  const folds = Math.min(mostFolds, labelled.runs.length)
  const foldOfRest = restFolds(rows, labelled.rest, folds)
  const before = logitsWith(rows, horizon, index, null)
  const after = before.slice()
  // Runs and "not" labels each dealt out in turn, so that no fold holds all of one kind.
  const inTurn = [...labelled.runs].sort((a, b) => Number(b.label.isRun) - Number(a.label.isRun))
  for (let fold = 0; fold < folds; fold++) {
    const heldRuns = inTurn.filter((_, i) => i % folds === fold)
    const seen = {
      runs: labelled.runs.filter((run) => !heldRuns.includes(run)),
      rest: labelled.rest.filter((row) => foldOfRest[row] !== fold),
    }
    const head = seen.runs.length > 0 ? await fit(seen, fold, folds) : null
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

/**
 * The strength of the penalty that does best on runs left out of these, the strongest on a tie. Whoever judges a head on other
 * runs gives none of those: the best of several on the very runs that judge would look better than it is.
 */
export async function choosePenalty(
  rows: RecordedRows,
  labelled: LabelledRows,
  channels: Channels,
  index: number,
): Promise<number> {
  let chosen: { penalty: number; worth: number } | null = null
  for (const penalty of PENALTIES) {
    const { after } = await holdBack(rows, labelled, { horizon: 'final', index, mostFolds: PENALTY_FOLDS }, (seen) => {
      return fitWeights(rows, seen, channels, { horizon: 'final', appliance: index, penalty })
    })
    if (!chosen || worth(after) > chosen.worth + 1e-9) chosen = { penalty, worth: worth(after) }
  }
  return chosen!.penalty
}

/** What penalties are compared by: F1, and where there is no run, the share of what is right. */
const worth = ({ f1, rightShares }: LabelScore) =>
  (f1 ?? 0) + (1e-3 * rightShares.reduce((sum, share) => sum + share, 0)) / rightShares.length
