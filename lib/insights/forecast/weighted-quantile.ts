/**
 * The smallest value whose share of the weight reaches `level`; NaN of nothing.
 * @param level 0 to 1
 */
export function weightedQuantile(values: readonly number[], weights: readonly number[], level: number): number {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!)
  let total = 0
  for (const weight of weights) total += weight
  let reached = 0
  for (const index of order) {
    reached += weights[index]!
    if (reached >= level * total) return values[index]!
  }
  return values[order.at(-1) ?? -1] ?? Number.NaN
}

export function weightedMean(values: readonly number[], weights: readonly number[]): number {
  let sum = 0
  let total = 0
  for (let i = 0; i < values.length; i++) {
    sum += values[i]! * weights[i]!
    total += weights[i]!
  }
  return sum / total
}
