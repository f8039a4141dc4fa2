import { LogHistogram } from './log-histogram'

const STRETCH_ROWS = 200
/** A building's mains rarely stay below a light bulb. */
const KILOWATT_LIKE_MAX = 30
/** How far apart a home's usual power of one day and of another may be. */
const ALIKE = 5
const PER_KILO = 1000
const MOST_STRETCHES = 10_000

export interface KilowattRows {
  rows: number
  /** Unix seconds of the first one. */
  fromSeconds: number
  maxWatts: number
  /** Of all other rows. */
  usualWatts: number
}

/** Finds rows that are a thousandth of the others: of a file that is in W, and for some time in kW. Memory does not grow with rows. */
export class MixedUnits {
  private readonly usual = new LogHistogram()
  private readonly small: { fromSeconds: number; maxWatts: number; medianWatts: number }[] = []
  private readonly stretch = new Float64Array(STRETCH_ROWS)
  private rows = 0
  private fromSeconds = 0
  private hasFractions = false

  /** @param seconds of rows in time order */
  add(seconds: number, watts: number): void {
    if (this.rows === 0) this.fromSeconds = seconds
    this.stretch[this.rows++] = Math.abs(watts)
    this.hasFractions ||= !Number.isInteger(watts)
    if (this.rows === STRETCH_ROWS) this.close()
  }

  /** Null where there are none. Rows at the edges of such a time are not counted. */
  get found(): KilowattRows | null {
    const usualWatts = this.usual.median
    const found = this.small.filter(({ medianWatts }) => {
      const ratio = (medianWatts * PER_KILO) / usualWatts
      return ratio >= 1 / ALIKE && ratio <= ALIKE
    })
    const [first] = found
    if (!first) return null
    const maxWatts = found.reduce((max, stretch) => Math.max(max, stretch.maxWatts), 0)
    return { rows: found.length * STRETCH_ROWS, fromSeconds: first.fromSeconds, maxWatts, usualWatts }
  }

  private close(): void {
    const sorted = this.stretch.sort()
    const medianWatts = sorted[STRETCH_ROWS >> 1]!
    const maxWatts = sorted[STRETCH_ROWS - 1]!
    const isSmall = maxWatts <= KILOWATT_LIKE_MAX && this.hasFractions
    if (!isSmall) this.usual.add(medianWatts)
    else if (this.small.length < MOST_STRETCHES) this.small.push({ fromSeconds: this.fromSeconds, maxWatts, medianWatts })
    this.rows = 0
    this.hasFractions = false
  }
}
