/** What a spread of zero still counts as, so that the meter's noise is not blown up; the training code has the same. */
const SMALLEST_SPREAD_WATTS = 20

export interface TrailingStatistics {
  /** The lowest value (W) of the last so many steps. */
  shortMinimum: number
  longMinimum: number
  /** Mean and standard deviation (W) over the long stretch, of whole watts. */
  mean: number
  spread: number
}

/**
 * The last steps' lowest, mean and spread, by which inputs are normalised. Before the first step the value counts as constant.
 *
 * Mean and spread are of whole watts: their sums stay exact below 2^53 for 1e6 W, so that no result depends on where a run of
 * readings began.
 */
export class TrailingWindow {
  private readonly shortMinimum: SlidingMinimum
  private readonly longMinimum: SlidingMinimum
  private readonly ring: Int32Array
  private position = 0
  private empty = true
  private sum = 0
  private sumOfSquares = 0

  constructor(
    shortSteps: number,
    private readonly longSteps: number,
  ) {
    this.shortMinimum = new SlidingMinimum(shortSteps)
    this.longMinimum = new SlidingMinimum(longSteps)
    this.ring = new Int32Array(longSteps)
  }

  add(watts: number): TrailingStatistics {
    const whole = Math.floor(watts + 0.5)
    if (this.empty) this.begin(whole)
    const gone = this.ring[this.position]!
    this.ring[this.position] = whole
    this.position = (this.position + 1) % this.longSteps
    this.sum += whole - gone
    this.sumOfSquares += whole * whole - gone * gone
    const mean = this.sum / this.longSteps
    return {
      shortMinimum: this.shortMinimum.add(watts),
      longMinimum: this.longMinimum.add(watts),
      mean,
      spread: Math.sqrt(Math.max(this.sumOfSquares / this.longSteps - mean * mean, 0)),
    }
  }

  /** What it keeps of the long stretch. */
  get stateBytes(): number {
    return this.ring.byteLength
  }

  /** Forgets the past, as before the first step. */
  reset(): void {
    this.empty = true
    this.shortMinimum.reset()
    this.longMinimum.reset()
  }

  private begin(whole: number): void {
    this.empty = false
    this.position = 0
    this.ring.fill(whole)
    this.sum = whole * this.longSteps
    this.sumOfSquares = whole * whole * this.longSteps
  }
}

/** The network's three inputs of it: height above both minima, and deviation from the mean in spreads. */
export function normalisedInputs(watts: number, trailing: TrailingStatistics): [number, number, number] {
  const { shortMinimum, longMinimum, mean, spread } = trailing
  return [
    Math.log1p((watts - shortMinimum) / 10) / 6,
    Math.log1p((watts - longMinimum) / 10) / 6,
    Math.tanh((watts - mean) / (spread + SMALLEST_SPREAD_WATTS) / 3),
  ]
}

/** Lowest of the last `steps` values: a queue of those that no later one undercuts, seldom more than a few. */
class SlidingMinimum {
  private readonly queue: { value: number; lastStep: number }[] = []
  private step = 0

  constructor(private readonly steps: number) {}

  add(value: number): number {
    const { queue } = this
    if (queue.length > 0 && queue[0]!.lastStep <= this.step) queue.shift()
    while (queue.length > 0 && queue.at(-1)!.value >= value) queue.pop()
    this.step++
    queue.push({ value, lastStep: this.step + this.steps - 1 })
    return queue[0]!.value
  }

  reset(): void {
    this.queue.length = 0
    this.step = 0
  }
}
