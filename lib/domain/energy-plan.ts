import type { ENERGY_GRANULARITIES } from '@/lib/contracts/energy'
import { QUARTER_SECONDS, type LocalCalendar } from './local-calendar'
import { isSameRate, type Rate, type RateBook } from './rate-book'

export type Granularity = (typeof ENERGY_GRANULARITIES)[number]

const HOUR_SECONDS = 3600
const DAY_SECONDS = 86_400

/** A stretch of time within one bucket during which nothing about the price changes. */
export interface Segment {
  startSeconds: number
  /** Index of its bucket; -1 where it only counts towards the blocks of a tiered tariff. */
  bucket: number
  rate: Rate
}

export interface PlannedBucket {
  startSeconds: number
  endSeconds: number
  /** How much of it is past. */
  elapsedSeconds: number
  standingCharge: number
}

/** What is to be summed up: contiguous segments, oldest first, up to `endSeconds`. */
export interface EnergyPlan {
  segments: Segment[]
  endSeconds: number
  buckets: PlannedBucket[]
  /** Whether a border falls inside an hour, so that hourly sums do not do. */
  byQuarter: boolean
}

export interface PlanPeriod {
  /** Unix seconds on quarters of an hour, half open. */
  fromSeconds: number
  toSeconds: number
  granularity: Granularity
  nowSeconds: number
  /** The site's first reading: before it no day carries a standing charge. null: there is none. */
  firstReadingSeconds: number | null
}

/**
 * Cuts a period into local hours, days or months, and those where the price changes. Under a tiered tariff every hour is a segment
 * of its own, and the segments begin where the blocks of the first month began to count.
 */
export function planEnergy(period: PlanPeriod, rates: RateBook, calendar: LocalCalendar): EnergyPlan {
  const { fromSeconds, toSeconds } = period
  const segments: Segment[] = []
  const buckets: PlannedBucket[] = []
  const first = rates.rateAt(fromSeconds)
  let previous: Rate | null = null
  let previousKey: string | number = ''
  let newestDate = -Infinity
  const step = coarsestStep(period, rates, calendar)
  let next: number
  for (let at = first.tiers ? Math.min(first.tiersFromSeconds, fromSeconds) : fromSeconds; at < toSeconds; at = next) {
    next = nextStep(at, period, step, calendar)
    const rate = rates.rateAt(at)
    const isBefore = at < fromSeconds
    // A date, and so its month, that has begun is not left again by setting the clock back over midnight.
    const date = Math.max(newestDate, calendar.dayNumber(at))
    const isNewDate = date > newestDate
    newestDate = date
    const key: string | number = isBefore ? 'before' : bucketKey(period.granularity, at, isNewDate, previousKey, calendar)
    const isNewBucket = key !== previousKey
    if (!isBefore && isNewBucket) {
      closeBucket(buckets, at)
      buckets.push({ startSeconds: at, endSeconds: toSeconds, elapsedSeconds: 0, standingCharge: 0 })
    }
    if (isNewBucket || !previous || !isSameRate(previous, rate) || (rate.tiers && at % HOUR_SECONDS === 0)) {
      segments.push({ startSeconds: at, bucket: buckets.length - 1, rate })
    }
    const bucket = buckets.at(-1)
    if (bucket) addElapsed(bucket, at, next, rate, period, calendar)
    previous = rate
    previousKey = key
  }
  const byQuarter = toSeconds % HOUR_SECONDS !== 0 || segments.some(({ startSeconds }) => startSeconds % HOUR_SECONDS !== 0)
  return { segments, endSeconds: toSeconds, buckets, byQuarter }
}

type Step = 'quarter' | 'hour' | 'day'

/** As far as nothing can change: neither the bucket nor the price. */
function nextStep(at: number, { fromSeconds, toSeconds }: PlanPeriod, step: Step, calendar: LocalCalendar): number {
  const border = at < fromSeconds ? fromSeconds : toSeconds
  if (step === 'day') return Math.min(border, calendar.dayAround(at).endSeconds)
  const seconds = step === 'hour' ? HOUR_SECONDS : QUARTER_SECONDS
  return Math.min(border, (Math.floor(at / seconds) + 1) * seconds)
}

function coarsestStep({ granularity }: PlanPeriod, rates: RateBook, calendar: LocalCalendar): Step {
  const { changesBy } = rates
  if (changesBy === 'day' && granularity !== 'hour') return 'day'
  return changesBy === 'quarter' || !calendar.hasWholeHours ? 'quarter' : 'hour'
}

function bucketKey(
  granularity: Granularity,
  at: number,
  isNewDate: boolean,
  previousKey: string | number,
  calendar: LocalCalendar,
): string | number {
  if (granularity === 'hour') {
    // The hour that the clock shows twice is two hours.
    const offset = calendar.offsetAt(at)
    return `${Math.floor((at + offset) / HOUR_SECONDS)} ${offset}`
  }
  if (!isNewDate && typeof previousKey === 'number') return previousKey
  return granularity === 'day' ? calendar.dayNumber(at) : calendar.monthNumber(at)
}

function closeBucket(buckets: readonly PlannedBucket[], endSeconds: number): void {
  const last = buckets.at(-1)
  if (last) last.endSeconds = endSeconds
}

/** A day's standing charge is spread over its 23 to 25 hours. */
function addElapsed(
  bucket: PlannedBucket,
  at: number,
  next: number,
  rate: Rate,
  period: PlanPeriod,
  calendar: LocalCalendar,
): void {
  const end = Math.min(next, period.nowSeconds)
  if (end <= at) return
  bucket.elapsedSeconds += end - at
  if (rate.standingChargePerDay === 0 || period.firstReadingSeconds === null) return
  const charged = end - Math.max(at, period.firstReadingSeconds)
  if (charged <= 0) return
  const { startSeconds, endSeconds } = calendar.dayAround(at)
  bucket.standingCharge += (rate.standingChargePerDay * charged) / (endSeconds - startSeconds)
}

/** How long a period may be, so that an answer stays of a size that can be read. */
export const MOST_DAYS: Record<Granularity, number> = { hour: 62, day: 800, month: 3660 }

export function isTooLong(granularity: Granularity, fromSeconds: number, toSeconds: number): boolean {
  return toSeconds - fromSeconds > MOST_DAYS[granularity] * DAY_SECONDS + HOUR_SECONDS
}
