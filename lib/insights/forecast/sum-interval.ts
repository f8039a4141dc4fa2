import type { JudgedOrigin } from './conformal'

/** Errors (what came less the forecast, in the series' unit) of each origin of a backtest: means of blocks of hours ahead. JSON. */
export interface BlockErrors {
  blockHours: number
  /** By origin, by block; null where nothing was known. */
  byOrigin: (number | null)[][]
}

/** To be added to the mean of the hours' forecasts. */
export interface MeanInterval {
  /**
   * The middle of what such means missed: hours are forecast by what is as likely exceeded as not, and the sum of such values is
   * less than that of the sum where use is lopsided.
   */
  middle: number
  lower: number
  upper: number
  /** Of 100 such means so many lie within; 95 where there are origins enough. */
  percent: number
}

const DAY_HOURS = 24
const MOST_COVERAGE = 0.95
/** With fewer the ends of the interval are known for less than 80 of 100. */
const FEWEST_ORIGINS = 9

export function blockErrors(origins: readonly JudgedOrigin[], stepSeconds: number): BlockErrors {
  const hoursAhead = (target: number, origin: number) => ((target - origin) * stepSeconds) / 3600
  const longest = Math.max(0, ...origins.map(({ origin, targets }) => hoursAhead((targets.at(-1) ?? origin) + 1, origin)))
  const blockHours = longest <= DAY_HOURS ? 3 : 6
  const byOrigin = origins.map(({ origin, targets, actual, said }) => {
    const blocks = Array.from({ length: Math.ceil(longest / blockHours) }, () => ({ sum: 0, count: 0 }))
    targets.forEach((target, i) => {
      const error = actual[i]! - said[i]!
      const block = blocks[Math.floor(hoursAhead(target, origin) / blockHours)]
      if (!block || Number.isNaN(error)) return
      block.sum += error
      block.count++
    })
    return blocks.map(({ sum, count }) => (count > 0 ? Math.round((sum / count) * 10) / 10 : null))
  })
  return { blockHours, byOrigin }
}

/**
 * Within what the mean of a stretch of hours ahead lies around its forecast: ranks of the errors that such means had in the
 * backtest, as split conformal prediction takes them (of n + 1 exchangeable errors the new one lies between the k-th and the k-th
 * last of the others in a share of 1 - 2 k / (n + 1)). The bands of single hours do not add up to this: their errors differ.
 * @returns null where too few origins reach that far
 */
export function meanInterval({ blockHours, byOrigin }: BlockErrors, fromHours: number, toHours: number): MeanInterval | null {
  const errors = byOrigin
    .flatMap((blocks) => meanOf(blocks, blockHours, fromHours, toHours) ?? [])
    .toSorted((a, b) => a - b)
  const { length } = errors
  if (length < FEWEST_ORIGINS) return null
  const rank = Math.max(1, Math.floor(((1 - MOST_COVERAGE) / 2) * (length + 1)))
  const coverage = Math.min(MOST_COVERAGE, 1 - (2 * rank) / (length + 1))
  return {
    middle: (errors[Math.floor((length - 1) / 2)]! + errors[Math.ceil((length - 1) / 2)]!) / 2,
    lower: errors[rank - 1]!,
    upper: errors[length - rank]!,
    percent: Math.floor(coverage * 100 + 1e-9),
  }
}

/** null where a block of the stretch is not known. */
function meanOf(blocks: readonly (number | null)[], blockHours: number, fromHours: number, toHours: number): number | null {
  let [sum, hours] = [0, 0]
  for (let index = Math.floor(fromHours / blockHours); index * blockHours < toHours; index++) {
    const error = blocks[index]
    if (error === null || error === undefined) return null
    const overlap = Math.min(toHours, (index + 1) * blockHours) - Math.max(fromHours, index * blockHours)
    sum += error * overlap
    hours += overlap
  }
  return hours > 0 ? sum / hours : null
}
