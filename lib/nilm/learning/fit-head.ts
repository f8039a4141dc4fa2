import { APPLIANCE_COUNT } from '@/lib/contracts/appliances'
import type { HeadWeights } from '../home-head'
import { meterKind } from '../output-blend'
import type { LabelledRows } from './labelled-rows'
import { solveLogistic } from './logistic-regression'
import type { HorizonRows, RecordedRows } from './row-table'

export interface FitOptions {
  horizon: 'provisional' | 'final'
  /** Position in contract order. */
  appliance: number
  /** L2 penalty on the channels in units of their common spread, for each labelled run. */
  penalty: number
}

/** Rows of the unlabelled rest in one fit: more cost time and say the same. */
const MOST_HARD_ROWS = 1_500
const MOST_EASY_ROWS = 1_500
/** A row whose logit is above this could be taken for the appliance. */
const HARD_LOGIT = -4

/** Which hidden channels a fit looks at. */
export interface Channels {
  first: number
  count: number
}

/** On coarse meters a fit looks at the channels of the slow network alone, which learned from such meters most. */
export function channelsOf(rows: RecordedRows, coarseIntervalSeconds: number): Channels {
  const coarse = rows.meterIntervalSeconds.filter((interval) => meterKind(interval, coarseIntervalSeconds) === 'coarse').length
  const all = rows.fastChannels + rows.slowChannels
  const slowAlone = rows.slowChannels > 0 && coarse > rows.count / 2
  return slowAlone ? { first: rows.fastChannels, count: rows.slowChannels } : { first: 0, count: all }
}

/** What an unlabelled claim "it is on" still weighs once people said that some of those are wrong. */
const DOUBTED_WEIGHT = 0.1
/** Time left out of the rest for each second of labelled runs that the shared model missed. */
const DOUBTED_SECONDS = 2

/**
 * Fits the change of one appliance's logit to labelled runs, each of which weighs the same however long it is, and to the rest,
 * where the shared model's own answer is the target. Both are pulled towards no change by the penalty.
 *
 * The rest holds the same mistakes as the labelled time, and would vote them back. So once there are "not" labels, unconfirmed
 * claims that the appliance is on weigh little; and where the shared model missed labelled runs, the part of the rest that looks most
 * like them to a first fit is left out of the second.
 */
export async function fitWeights(
  rows: RecordedRows,
  labelled: LabelledRows,
  channels: Channels,
  options: FitOptions,
): Promise<HeadWeights> {
  const shared = logitsWith(rows, options.horizon, options.appliance, null)
  const first = await fitOnce(rows, labelled.runs, sampleRest(rows, labelled.rest, shared), channels, options)
  const changed = logitsWith(rows, options.horizon, options.appliance, first)

  const missedSeconds = labelled.runs.flatMap(({ label, rows: own }) => (label.isRun ? own : []))
    .reduce((sum, row) => sum + (shared[row]! > 0 ? 0 : rows.strides[row]!), 0)
  let seconds = DOUBTED_SECONDS * missedSeconds
  const leftOut = new Set<number>()
  for (const row of labelled.rest.filter((row) => shared[row]! <= 0).sort((x, y) => changed[y]! - changed[x]!)) {
    if (seconds <= 0) break
    seconds -= rows.strides[row]!
    leftOut.add(row)
  }
  const kept = labelled.rest.filter((row) => !leftOut.has(row))
  // What the first fit takes for the appliance without reason is among the hard rows now.
  const either = shared.map((logit, row) => Math.max(logit, changed[row]!))
  return fitOnce(rows, labelled.runs, sampleRest(rows, kept, either), channels, options)
}

interface SampledRow {
  row: number
  /** The time it stands for. */
  seconds: number
}

/** The rows that could be taken for the appliance, hardest first, and evenly spread ones of all others; together they stand for all. */
function sampleRest(rows: RecordedRows, rest: readonly number[], logits: Float64Array): SampledRow[] {
  const hard = rest.filter((row) => logits[row]! > HARD_LOGIT).sort((x, y) => logits[y]! - logits[x]!).slice(0, MOST_HARD_ROWS)
  const isHard = new Set(hard)
  const easy = rest.filter((row) => !isHard.has(row))
  const every = Math.max(1, Math.ceil(easy.length / MOST_EASY_ROWS))
  const spread = easy.filter((_, i) => i % every === 0)
  const factor = secondsOf(rows, easy) / Math.max(1, secondsOf(rows, spread))
  return [
    ...hard.map((row) => ({ row, seconds: rows.strides[row]! })),
    ...spread.map((row) => ({ row, seconds: factor * rows.strides[row]! })),
  ]
}

async function fitOnce(
  rows: RecordedRows,
  runs: LabelledRows['runs'],
  rest: readonly SampledRow[],
  channels: Channels,
  { horizon, appliance, penalty }: FitOptions,
): Promise<HeadWeights> {
  const view = rows[horizon]
  const width = rows.fastChannels + rows.slowChannels
  const chosen = [...runs.flatMap((run) => run.rows), ...rest.map(({ row }) => row)]
  const { means, scale } = spread(view, rows, chosen, channels)
  const features = new Float32Array(chosen.length * channels.count)
  const [offsets, targets, weights] = [0, 1, 2].map(() => new Float64Array(chosen.length)) as [Float64Array, Float64Array, Float64Array]
  const runSeconds = runs.map((run) => secondsOf(rows, run.rows))
  const meanRunSeconds = runSeconds.reduce((sum, seconds) => sum + seconds, 0) / Math.max(1, runs.length)
  const doubted = runs.some(({ label }) => !label.isRun) ? DOUBTED_WEIGHT : 1

  let at = 0
  const take = (row: number, target: number | null, weight: number) => {
    for (let i = 0; i < channels.count; i++) {
      features[at * channels.count + i] = (view.hidden[row * width + channels.first + i]! - means[i]!) / scale
    }
    const logit = view.logits[row * APPLIANCE_COUNT + appliance]!
    offsets[at] = logit
    targets[at] = target ?? 1 / (1 + Math.exp(-logit))
    weights[at] = target === null && logit > 0 ? doubted * weight : weight
    at++
  }
  for (const [i, { label, rows: own }] of runs.entries()) {
    for (const row of own) take(row, Number(label.isRun), rows.strides[row]! / runSeconds[i]!)
  }
  // The rest weighs what it lasts: with less, the head sees the appliance far more often than it runs.
  for (const { row, seconds } of rest) take(row, null, seconds / Math.max(1, meanRunSeconds))

  const { coefficients, intercept } = await solveLogistic({
    width: channels.count,
    features,
    offsets,
    targets,
    weights,
    penalty: penalty * runs.length,
    interceptPenalty: penalty * runs.length,
  })
  // Back from scaled channels to those the networks answer.
  const perChannel = Array.from(coefficients, (value) => value / scale)
  const bias = perChannel.reduce((sum, value, i) => sum - value * means[i]!, intercept)
  const usesFast = channels.first === 0
  return {
    fast: usesFast ? perChannel.slice(0, rows.fastChannels) : [],
    slow: usesFast ? perChannel.slice(rows.fastChannels) : perChannel,
    bias,
  }
}

const secondsOf = (rows: RecordedRows, list: readonly number[]) => list.reduce((sum, row) => sum + rows.strides[row]!, 0)

/** Logits of one appliance with a head of its own, row by row. */
export function logitsWith(rows: RecordedRows, horizon: 'provisional' | 'final', appliance: number, head: HeadWeights | null) {
  const { hidden, logits } = rows[horizon]
  const width = rows.fastChannels + rows.slowChannels
  return Float64Array.from({ length: rows.count }, (_, row) => {
    let logit = logits[row * APPLIANCE_COUNT + appliance]!
    if (!head) return logit
    logit += head.bias
    for (const [i, weight] of head.fast.entries()) logit += weight * hidden[row * width + i]!
    for (const [i, weight] of head.slow.entries()) logit += weight * hidden[row * width + rows.fastChannels + i]!
    return logit
  })
}

/**
 * Mean of each channel over the chosen rows, and one scale for all: a channel that hardly ever moves in these rows must not be
 * blown up until it decides everything where it does.
 */
function spread(view: HorizonRows, rows: RecordedRows, chosen: readonly number[], channels: Channels) {
  const means = new Float64Array(channels.count)
  const squares = new Float64Array(channels.count)
  const width = rows.fastChannels + rows.slowChannels
  for (const row of chosen) {
    for (let i = 0; i < channels.count; i++) {
      const value = view.hidden[row * width + channels.first + i]!
      means[i]! += value
      squares[i]! += value * value
    }
  }
  let all = 0
  for (let i = 0; i < channels.count; i++) {
    means[i]! /= Math.max(1, chosen.length)
    all += squares[i]! / Math.max(1, chosen.length) - means[i]! ** 2
  }
  return { means, scale: Math.sqrt(all / channels.count) || 1 }
}
