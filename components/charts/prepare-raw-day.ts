import type { RawDay } from '@/lib/contracts/energy-export'

/** Times and watts for a chart, with a null wherever readings are missing, so that no line is drawn across. */
export function rawDayColumns({ timestamps, powerWatts, gapSeconds }: RawDay): [number[], (number | null)[]] {
  const times: number[] = []
  const watts: (number | null)[] = []
  for (const [index, at] of timestamps.entries()) {
    const before = timestamps[index - 1]
    if (before !== undefined && at - before > gapSeconds) {
      times.push((before + at) / 2)
      watts.push(null)
    }
    times.push(at)
    watts.push(powerWatts[index] ?? null)
  }
  return [times, watts]
}

/** Stretches without readings of at least a minute, oldest first; the ends of the day count too. */
export function rawDayGaps(day: RawDay, nowSeconds: number): { fromSeconds: number; toSeconds: number }[] {
  const end = Math.min(day.to, nowSeconds)
  const edges = [day.from, ...day.timestamps, end]
  return edges.slice(1).flatMap((at, index) => {
    const before = edges[index] ?? at
    return at - before > Math.max(60, day.gapSeconds) ? [{ fromSeconds: before, toSeconds: at }] : []
  })
}
