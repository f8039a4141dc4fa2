import type { BacktestOrigin } from './backtest'
import { leastAbsoluteFit } from './least-absolute'

const ROUNDS = 12
/** Origins before the newest count less: this many halve it. */
const HALF_LIFE_ORIGINS = 30
/** A candidate that often has nothing to say is no choice. */
const LEAST_ANSWERED = 0.9
/** How fast a candidate loses weight with its error, as a share of the least error. */
const ERROR_SHARPNESS = 30
const LEAST_WEIGHT = 0.01
/** With fewer origins corrections would be learned from chance. */
const FEWEST_ORIGINS_TO_CORRECT = 20
const CORRECTION_PENALTY = 0.3
const OFFSET_SCALE = 0.3

/** How candidates are mixed: their weighted mean, and how far the mix follows each of them beyond it. */
export interface Blend {
  /** By candidate, sum 1. */
  weights: number[]
  /** By candidate: this share of its distance from the mean is added. */
  corrections: number[]
  /** Added to all, in the series' unit. */
  offset: number
}

/** What a mix says; a candidate that says nothing leaves its share to the others. NaN where all say nothing. */
export function blended({ weights, corrections, offset }: Blend, predicted: readonly Float64Array[], at: number): number {
  let [sum, total] = [0, 0]
  weights.forEach((weight, c) => {
    if (weight === 0 || Number.isNaN(predicted[c]![at]!)) return
    sum += weight * predicted[c]![at]!
    total += weight
  })
  if (total === 0) return Number.NaN
  const mean = sum / total
  let value = mean + offset
  corrections.forEach((correction, c) => {
    if (correction === 0 || Number.isNaN(predicted[c]![at]!)) return
    value += correction * (predicted[c]![at]! - mean)
  })
  return value
}

/** By candidate, sum 1: what it adds to the mix, corrections included; may be below 0. */
export function sharesOf({ weights, corrections }: Blend): number[] {
  const corrected = corrections.reduce((sum, correction) => sum + correction, 0)
  return weights.map((weight, c) => weight * (1 - corrected) + corrections[c]!)
}

/** What was said and came, by usable candidate. */
interface Row {
  value: number
  weight: number
  /** null where nothing was said. */
  said: (number | null)[]
}

/** Mean absolute error of each candidate over the origins; NaN for one that answered too little. */
function candidateErrors(origins: readonly BacktestOrigin[], candidates: number): number[] {
  return Array.from({ length: candidates }, (_, c) => {
    let [sum, weightSum, answered, asked] = [0, 0, 0, 0]
    origins.forEach(({ actual, predicted }, index) => {
      const weight = originWeight(origins.length, index)
      for (let i = 0; i < actual.length; i++) {
        asked++
        const error = Math.abs(predicted[c]![i]! - actual[i]!)
        if (Number.isNaN(error)) continue
        answered++
        sum += weight * error
        weightSum += weight
      }
    })
    return answered >= asked * LEAST_ANSWERED && answered > 0 ? sum / weightSum : Number.NaN
  })
}

export const originWeight = (count: number, index: number) => 0.5 ** ((count - 1 - index) / HALF_LIFE_ORIGINS)

/**
 * Chooses how candidates are mixed. Half of the weights come from forward selection, half from the candidates' errors (exponential
 * weights): the first finds what complements each other, the second is steady where little is known. Then a regression of least
 * absolute errors corrects the mean by how the candidates differ from it. Where one that was trusted beforehand answers, selection
 * alone decides, beginning with it.
 * @param trust by candidate: how often it counts as chosen before the first choice
 */
export function chooseBlend(origins: readonly BacktestOrigin[], candidates: number, trust: readonly number[]): Blend {
  const errors = candidateErrors(origins, candidates)
  const usable = errors.flatMap((error, c) => (Number.isNaN(error) ? [] : [c]))
  const none = new Array<number>(candidates).fill(0)
  if (usable.length === 0) return { weights: none.map(() => 1 / candidates), corrections: none, offset: 0 }
  const rows = origins.flatMap(({ actual, predicted }, index) =>
    [...actual].map((value, i) => ({
      value,
      weight: originWeight(origins.length, index),
      said: usable.map((c) => (Number.isNaN(predicted[c]![i]!) ? null : predicted[c]![i]!)),
    })),
  )
  const spread = (values: readonly number[]) => none.map((_, c) => values[usable.indexOf(c)] ?? 0)
  const trusted = sharedTrust(
    usable.map((c) => trust[c] ?? 0),
    usable.map((c) => errors[c]!),
  )
  const selected = selectForward(rows, trusted)
  if (trusted.some((count) => count > 0)) return { weights: spread(selected), corrections: none, offset: 0 }
  const byError = weightsByError(usable.map((c) => errors[c]!))
  const weights = spread(selected.map((weight, u) => (weight + byError[u]!) / 2))
  const blend = { weights, corrections: none, offset: 0 }
  return origins.length < FEWEST_ORIGINS_TO_CORRECT ? blend : corrected(blend, usable, origins)
}

/** Of several that are trusted, each counts by its error: what was trusted blindly must not hold back what does better here. */
function sharedTrust(trust: readonly number[], errors: readonly number[]): number[] {
  const trusted = trust.flatMap((count, u) => (count > 0 ? [u] : []))
  const weights = weightsByError(trusted.map((u) => errors[u]!))
  return trust.map((count, u) => (count > 0 ? count * weights[trusted.indexOf(u)]! : 0))
}

function weightsByError(errors: readonly number[]): number[] {
  const least = Math.min(...errors)
  const raw = errors.map((error) => (least > 0 ? Math.exp(-ERROR_SHARPNESS * (error / least - 1)) : Number(error === least)))
  const total = raw.reduce((sum, weight) => sum + weight, 0)
  const kept = raw.map((weight) => (weight >= LEAST_WEIGHT * total ? weight : 0))
  const keptTotal = kept.reduce((sum, weight) => sum + weight, 0)
  return kept.map((weight) => weight / keptTotal)
}

/**
 * Forward selection with replacement of whatever lowers the mean absolute error of the mix most (Caruana et al. 2004, Ensemble
 * selection from libraries of models).
 */
function selectForward(rows: readonly Row[], start: readonly number[]): number[] {
  const chosen = [...start]
  const sums = Float64Array.from(rows, ({ said }) => said.reduce<number>((sum, value, u) => sum + start[u]! * (value ?? 0), 0))
  const counts = Float64Array.from(rows, ({ said }) => said.reduce<number>((sum, value, u) => sum + (value === null ? 0 : start[u]!), 0))
  let bestError = Infinity
  let best = chosen
  for (let round = 0; round < ROUNDS; round++) {
    let [pick, pickError] = [0, Infinity]
    for (let u = 0; u < chosen.length; u++) {
      let total = 0
      for (let r = 0; r < rows.length; r++) {
        const { value, weight, said } = rows[r]!
        const more = said[u] ?? null
        const count = counts[r]! + (more === null ? 0 : 1)
        if (count > 0) total += weight * Math.abs((sums[r]! + (more ?? 0)) / count - value)
      }
      if (total < pickError) [pick, pickError] = [u, total]
    }
    chosen[pick]!++
    rows.forEach(({ said }, r) => {
      const value = said[pick] ?? null
      if (value === null) return
      sums[r]! += value
      counts[r]!++
    })
    if (pickError < bestError) {
      bestError = pickError
      best = [...chosen]
    }
  }
  const picked = best.reduce((sum, count) => sum + count, 0)
  return best.map((count) => count / picked)
}

function corrected(blend: Blend, usable: readonly number[], origins: readonly BacktestOrigin[]): Blend {
  const examples: { columns: Float64Array; answer: number; weight: number }[] = []
  origins.forEach(({ actual, predicted }, index) => {
    for (let i = 0; i < actual.length; i++) {
      const mean = blended(blend, predicted, i)
      if (Number.isNaN(mean)) continue
      const columns = Float64Array.from([...usable.map((c) => predicted[c]![i]! - mean), 0], (value) => (Number.isNaN(value) ? 0 : value))
      examples.push({ columns, answer: actual[i]! - mean, weight: originWeight(origins.length, index) })
    }
  })
  const scale = examples.reduce((sum, { answer }) => sum + Math.abs(answer), 0) / examples.length
  if (!(scale > 0)) return blend
  for (const example of examples) {
    example.answer /= scale
    example.columns.forEach((value, column) => (example.columns[column] = value / scale))
    example.columns[usable.length] = OFFSET_SCALE
  }
  const penalty = CORRECTION_PENALTY * examples.reduce((sum, { weight }) => sum + weight, 0)
  const fitted = leastAbsoluteFit(examples, () => penalty, { rounds: 8 })
  const corrections = blend.weights.map((_, c) => fitted[usable.indexOf(c)] ?? 0)
  return { ...blend, corrections, offset: fitted[usable.length]! * OFFSET_SCALE * scale }
}
