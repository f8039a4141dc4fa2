import type { BacktestOrigin } from './backtest'

const ROUNDS = 12
/** Origins before the newest count less: this many halve it. */
const HALF_LIFE_ORIGINS = 30
/** A candidate that often has nothing to say is no choice. */
const LEAST_ANSWERED = 0.9

export interface Blend {
  /** By candidate, sum 1. */
  weights: number[]
}

/** The weighted mean of what candidates said; of one that said nothing the others take the share. NaN where all said nothing. */
export function blended(weights: readonly number[], predicted: readonly Float64Array[], at: number): number {
  let sum = 0
  let total = 0
  for (let c = 0; c < weights.length; c++) {
    const weight = weights[c]!
    if (weight === 0) continue
    const value = predicted[c]![at]!
    if (Number.isNaN(value)) continue
    sum += weight * value
    total += weight
  }
  return total > 0 ? sum / total : Number.NaN
}

/** Mean absolute error of each candidate over the origins; NaN for one that answered too little. */
export function candidateErrors(origins: readonly BacktestOrigin[], candidates: number): number[] {
  return Array.from({ length: candidates }, (_, c) => {
    let sum = 0
    let weightSum = 0
    let answered = 0
    let asked = 0
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
 * Chooses how candidates are mixed: forward selection with replacement, from the best on, of whatever lowers the mean absolute error
 * of the mix most (Caruana et al. 2004, Ensemble selection from libraries of models). The winner alone where nothing helps it.
 */
export function chooseBlend(origins: readonly BacktestOrigin[], candidates: number): Blend {
  const errors = candidateErrors(origins, candidates)
  const usable = errors.flatMap((error, c) => (Number.isNaN(error) ? [] : [c]))
  if (usable.length === 0) return { weights: Array.from({ length: candidates }, () => 1 / candidates) }
  const rows = origins.flatMap(({ actual, predicted }, index) =>
    [...actual].map((value, i) => ({
      value,
      weight: originWeight(origins.length, index),
      said: usable.map((c) => (Number.isNaN(predicted[c]![i]!) ? null : predicted[c]![i]!)),
    })),
  )
  const chosen = new Array<number>(usable.length).fill(0)
  const sums = new Float64Array(rows.length)
  const counts = new Float64Array(rows.length)
  let bestError = Infinity
  let best = [...chosen]
  for (let round = 0; round < ROUNDS; round++) {
    let pick = -1
    let pickError = Infinity
    for (let u = 0; u < usable.length; u++) {
      let total = 0
      for (let r = 0; r < rows.length; r++) {
        const { value, weight, said } = rows[r]!
        const more = said[u]
        const count = counts[r]! + (more == null ? 0 : 1)
        if (count > 0) total += weight * Math.abs((sums[r]! + (more ?? 0)) / count - value)
      }
      if (total < pickError) {
        pick = u
        pickError = total
      }
    }
    chosen[pick]!++
    rows.forEach(({ said }, r) => {
      const value = said[pick]
      if (value == null) return
      sums[r]! += value
      counts[r]!++
    })
    if (pickError < bestError) {
      bestError = pickError
      best = [...chosen]
    }
  }
  const picked = best.reduce((sum, count) => sum + count, 0)
  const weights = new Array<number>(candidates).fill(0)
  usable.forEach((c, u) => (weights[c] = best[u]! / picked))
  return { weights }
}
