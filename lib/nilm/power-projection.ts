/** Even a certain estimate gives way a little, so that a solution always exists. */
const CERTAIN_WEIGHT = 0.05

/**
 * The nearest powers to the estimates that the meter allows: the x that minimises sum_i (x_i - w_i)^2 / u_i subject to x_i >= 0
 * and sum_i x_i <= max(total, 0), with u_i = w_i * (1 - c_i + 0.05) for certainty c_i. By its optimality conditions
 * x_i = w_i * max(0, 1 - lambda * (1 - c_i + 0.05)): each gives up a share of its own power that grows with its uncertainty, so
 * the least certain reaches zero first. lambda = 0 where the sum fits; otherwise it is found exactly, not by iteration.
 *
 * @param watts estimates, 0 or more
 * @param certainties 0..1, same length
 * @param totalWatts the meter's power, negative while exporting
 * @returns watts whose floating-point sum, taken in order, is at most max(total, 0)
 */
export function projectPowers(watts: readonly number[], certainties: readonly number[], totalWatts: number): number[] {
  const limit = Math.max(totalWatts, 0)
  if (sumInOrder(watts) <= limit) return [...watts]
  const yielding = watts.map((value, i) => ({ value, give: 1 - certainties[i]! + CERTAIN_WEIGHT }))
  // Those still above zero lose lambda * slope in all; the most yielding drops out as soon as lambda passes 1 / give.
  const order = yielding.filter(({ value }) => value > 0).sort((a, b) => b.give - a.give)
  let remaining = order.reduce((sum, { value }) => sum + value, 0)
  let slope = order.reduce((sum, { value, give }) => sum + value * give, 0)
  let lambda = 0
  for (const { value, give } of order) {
    lambda = (remaining - limit) / slope
    if (lambda * give <= 1) break
    remaining -= value
    slope -= value * give
  }
  const projected = yielding.map(({ value, give }) => value * Math.max(0, 1 - lambda * give))
  return trimToLimit(projected, limit)
}

/** Takes what rounding left above the limit from the largest entries. */
function trimToLimit(powers: number[], limit: number): number[] {
  for (let excess = sumInOrder(powers) - limit; excess > 0; excess = sumInOrder(powers) - limit) {
    const largest = powers.indexOf(Math.max(...powers))
    // Doubling passes the rounding of the sum itself, which could swallow an excess of one last digit for ever.
    powers[largest] = Math.max(0, powers[largest]! - 2 * excess)
  }
  return powers
}

function sumInOrder(values: readonly number[]): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}
