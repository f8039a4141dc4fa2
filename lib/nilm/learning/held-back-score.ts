import { REFUSALS, type HeldBackScore } from '@/lib/contracts/home-learning'
import type { LabelledRows } from './labelled-rows'
import type { RecordedRows } from './row-table'

/** A run counts as recognised when this share of it was seen on, a "not a ..." as a false alarm from this share on. */
const FOUND_SHARE = 0.5
const ALARM_SHARE = 0.2

export interface LabelScore extends HeldBackScore {
  /** For each labelled run the share of its time that was decided right. */
  rightShares: number[]
}

/**
 * Scores decisions (logit above 0 = on) on labelled runs.
 * @param logits one for each row of `rows`
 * @param newSeconds unlabelled time seen on that the shared model does not see on. Some of it may be right, but nobody said so, and
 * labels alone would not show a head that sees the appliance everywhere: it counts as wrong, in lengths of a mean run
 */
export function scoreLabels(
  rows: RecordedRows,
  { runs }: LabelledRows,
  logits: Float64Array,
  newSeconds = 0,
): LabelScore {
  const allSeconds = runs.flatMap((run) => run.rows).reduce((sum, row) => sum + rows.strides[row]!, 0)
  let falsePositive = newSeconds / Math.max(1, allSeconds / Math.max(1, runs.length))
  let [truePositive, falseNegative, runsFound, falseAlarms] = [0, 0, 0, 0]
  const rightShares = runs.map(({ label, rows: own }) => {
    const seconds = own.reduce((sum, row) => sum + rows.strides[row]!, 0)
    const onSeconds = own.reduce((sum, row) => sum + (logits[row]! > 0 ? rows.strides[row]! : 0), 0)
    const onShare = onSeconds / seconds
    // Each run weighs the same, as in the fit.
    if (label.isRun) {
      truePositive += onShare
      falseNegative += 1 - onShare
      if (onShare >= FOUND_SHARE) runsFound++
    } else {
      falsePositive += onShare
      if (onShare >= ALARM_SHARE) falseAlarms++
    }
    return label.isRun ? onShare : 1 - onShare
  })
  const all = 2 * truePositive + falsePositive + falseNegative
  return { f1: all > 0 ? (2 * truePositive) / all : null, runsFound, falseAlarms, rightShares }
}

export interface RestChange {
  /** Shares of the unlabelled time. */
  turnedOn: number
  turnedOff: number
  turnedOnSeconds: number
  /** Share of it in which the shared model sees the appliance on. */
  onBefore: number
}

/** What changes where nobody said anything. */
export function compareRest(
  rows: RecordedRows,
  rest: readonly number[],
  before: Float64Array,
  after: Float64Array,
): RestChange {
  let [all, turnedOn, turnedOff, onBefore] = [0, 0, 0, 0]
  for (const row of rest) {
    const seconds = rows.strides[row]!
    all += seconds
    const [wasOn, isOn] = [before[row]! > 0, after[row]! > 0]
    if (wasOn) onBefore += seconds
    if (isOn && !wasOn) turnedOn += seconds
    if (wasOn && !isOn) turnedOff += seconds
  }
  const share = (seconds: number) => (all > 0 ? seconds / all : 0)
  return { turnedOn: share(turnedOn), turnedOff: share(turnedOff), turnedOnSeconds: turnedOn, onBefore: share(onBefore) }
}

const LEAST_GAIN = 0.03
/** How often chance alone may make so many runs better and so few worse (sign test, one-sided): 3 to 0, 5 to 1, 7 to 2. */
const CHANCE = 0.13
const MARKED_CHANGE = 0.1
/** Unlabelled time that may change in any case. */
const FREE_REST_SHARE = 0.005

/**
 * Why a head must not take effect; null where it may. It has to be better on runs it was not fitted on by more than chance gives, and
 * must not change what nobody spoke of more than the labels explain: no more new on-time than the labelled runs themselves take,
 * and less of what was seen before only where labels say that some of it was wrong.
 */
export function refusalOf(
  before: LabelScore,
  after: LabelScore,
  rest: RestChange,
  labels: { runs: number; notRuns: number; runShareOfTime: number },
): string | null {
  const missed = (score: LabelScore) => labels.runs - score.runsFound
  const better = after.rightShares.filter((share, i) => share > before.rightShares[i]! + MARKED_CHANGE).length
  const worse = after.rightShares.filter((share, i) => share < before.rightShares[i]! - MARKED_CHANGE).length
  if (missed(after) + after.falseAlarms > missed(before) + before.falseAlarms) return REFUSALS.moreMistakes
  if (labels.runs > 0 && (after.f1 ?? 0) < (before.f1 ?? 0) + LEAST_GAIN) return REFUSALS.noGain
  if (signTest(better, worse) > CHANCE) return REFUSALS.chance
  if (rest.turnedOn > FREE_REST_SHARE + labels.runShareOfTime) return REFUSALS.tooOften
  const mayTurnOff = FREE_REST_SHARE + rest.onBefore * (labels.notRuns > 0 ? 0.6 : 0.2)
  if (rest.turnedOff > mayTurnOff) return REFUSALS.losesRuns
  return null
}

/** Probability that fair coins, one for each run that changed, show at least `better` heads. */
function signTest(better: number, worse: number): number {
  const tosses = better + worse
  let [ways, atLeast] = [1, 0]
  for (let heads = tosses; heads >= better; heads--) {
    atLeast += ways
    ways = (ways * heads) / (tosses - heads + 1)
  }
  return atLeast / 2 ** tosses
}
