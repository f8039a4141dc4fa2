import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { WindowPoint } from '@/lib/contracts/live-events'
import { STACK_ORDER, type Series } from './appliance-colors'

const TOTAL_INDEX = 1
const FIRST_APPLIANCE_INDEX = 2
const OTHER_INDEX = FIRST_APPLIANCE_INDEX + APPLIANCES.length

/** Where each band of the stack, bottom to top, is found in a window point. */
const POINT_INDEX = STACK_ORDER.map((series) => seriesPointIndex(series))

export function seriesPointIndex(series: Series): number {
  return series === 'other' ? OTHER_INDEX : FIRST_APPLIANCE_INDEX + APPLIANCES.indexOf(series satisfies Appliance)
}

export interface StreamBucket {
  timestampSeconds: number
  totalWatts: number
  /** In STACK_ORDER. */
  seriesWatts: number[]
}

export interface StreamData {
  startSeconds: number
  endSeconds: number
  /** Runs of measurements without a gap, oldest first; what lies between two runs was not measured. */
  segments: StreamBucket[][]
  minWatts: number
  maxWatts: number
}

export interface StreamOptions {
  /** The right edge. */
  endSeconds: number
  windowSeconds: number
  /** Readings further apart than this have a gap between them. */
  gapSeconds: number
  /** Means over this many seconds are drawn; buckets keep their place on the clock, so that a moving chart does not shimmer. */
  bucketSeconds: number
}

interface OpenBucket {
  slot: number
  points: WindowPoint[]
}

function mean(points: WindowPoint[], index: number): number {
  let sum = 0
  for (const point of points) sum += point[index] ?? 0
  return sum / points.length
}

function closeBucket({ points }: OpenBucket): StreamBucket {
  return {
    timestampSeconds: mean(points, 0),
    totalWatts: mean(points, TOTAL_INDEX),
    seriesWatts: POINT_INDEX.map((index) => mean(points, index)),
  }
}

/** Window points, oldest first, into buckets and runs. A missing value stays missing: nothing is carried over a gap. */
export function prepareStream(points: readonly WindowPoint[], options: StreamOptions): StreamData {
  const { endSeconds, windowSeconds, gapSeconds, bucketSeconds } = options
  const startSeconds = endSeconds - windowSeconds
  const segments: StreamBucket[][] = []
  let run: OpenBucket[] = []
  let previousSeconds = Number.NEGATIVE_INFINITY

  const closeRun = () => {
    if (run.length === 0) return
    const buckets = run.map(closeBucket)
    // A run reaches from its first to its last reading, not from mean to mean.
    const first = buckets[0]
    const last = buckets.at(-1)
    if (first) first.timestampSeconds = run[0]?.points[0]?.[0] ?? first.timestampSeconds
    if (last && buckets.length > 1) last.timestampSeconds = run.at(-1)?.points.at(-1)?.[0] ?? last.timestampSeconds
    segments.push(buckets)
    run = []
  }

  for (const point of points) {
    const seconds = point[0] ?? Number.NaN
    if (!(seconds >= startSeconds && seconds <= endSeconds)) continue
    if (seconds - previousSeconds > gapSeconds) closeRun()
    const slot = Math.floor(seconds / bucketSeconds)
    const open = run.at(-1)
    if (open?.slot === slot) open.points.push(point)
    else run.push({ slot, points: [point] })
    previousSeconds = seconds
  }
  closeRun()

  let minWatts = 0
  let maxWatts = 0
  for (const bucket of segments.flat()) {
    minWatts = Math.min(minWatts, bucket.totalWatts)
    maxWatts = Math.max(maxWatts, bucket.totalWatts)
  }
  return { startSeconds, endSeconds, segments, minWatts, maxWatts }
}

/** The bucket a cursor at this time reads, or null where nothing was measured within half a minute of it. */
export function bucketAt(data: StreamData, timestampSeconds: number): StreamBucket | null {
  let nearest: StreamBucket | null = null
  let smallest = 30
  for (const bucket of data.segments.flat()) {
    const distance = Math.abs(bucket.timestampSeconds - timestampSeconds)
    if (distance <= smallest) {
      smallest = distance
      nearest = bucket
    }
  }
  return nearest
}

/** Mean watts of every band over the window, in STACK_ORDER, and of the meter. Null where nothing was measured. */
export function windowMeans(points: readonly WindowPoint[]): { totalWatts: number; seriesWatts: number[] } | null {
  if (points.length === 0) return null
  const list = [...points]
  return { totalWatts: mean(list, TOTAL_INDEX), seriesWatts: POINT_INDEX.map((index) => mean(list, index)) }
}
