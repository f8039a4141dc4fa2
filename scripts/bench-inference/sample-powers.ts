/** A household's mains for measuring time only: base load, a refrigerator, a kettle, some ripple. W, one value a second. */
export function samplePowers(seconds: number): number[] {
  return Array.from({ length: seconds }, (_, t) => {
    const refrigerator = t % 1800 < 700 ? 95 : 0
    const kettle = t % 2400 > 1900 && t % 2400 < 2080 ? 2050 : 0
    return 140 + refrigerator + kettle + 6 * Math.sin(t * 1.7)
  })
}
