/** How far a value is from what was expected, % of that, signed; where nothing was expected, all of it is beyond: 100 %. */
export function deviationPercent(value: number, expected: number): number {
  if (expected === 0) return 100 * Math.sign(value)
  return (100 * (value - expected)) / Math.abs(expected)
}
