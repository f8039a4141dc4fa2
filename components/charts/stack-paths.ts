import type { StreamBucket, StreamData } from './prepare-stream'

export interface StackPaths {
  /** One closed outline per band, in STACK_ORDER; empty where the band is zero throughout. */
  areas: string[]
  /** The upper edge of each band. */
  edges: string[]
  /** The measured total. */
  total: string
}

export interface PlotSize {
  width: number
  height: number
}

const coordinate = (value: number) => String(Math.round(value * 10) / 10)
const NOTICEABLE_WATTS = 0.5

/**
 * Where each band begins and ends, in watts. The rest of the meter may be negative while the building exports; it then hangs
 * below zero and the bands above it start at zero.
 */
export function stackBounds(bucket: StreamBucket): { lowWatts: number; highWatts: number }[] {
  let top = 0
  return bucket.seriesWatts.map((watts, index) => {
    if (index === 0 && watts < 0) return { lowWatts: watts, highWatts: 0 }
    const lowWatts = top
    top += Math.max(0, watts)
    return { lowWatts, highWatts: top }
  })
}

/** SVG path data for prepared readings; y grows downwards, `minWatts` lies at the bottom edge. */
export function stackPaths(
  data: StreamData,
  scale: { minWatts: number; maxWatts: number },
  { width, height }: PlotSize,
): StackPaths {
  const x = (seconds: number) => ((seconds - data.startSeconds) / (data.endSeconds - data.startSeconds)) * width
  const y = (watts: number) => height - ((watts - scale.minWatts) / (scale.maxWatts - scale.minWatts)) * height
  const seriesCount = data.segments[0]?.[0]?.seriesWatts.length ?? 0
  const areas: string[] = Array.from({ length: seriesCount }, () => '')
  const edges: string[] = Array.from({ length: seriesCount }, () => '')
  let total = ''

  for (const segment of data.segments) {
    const xs = segment.map((bucket) => coordinate(x(bucket.timestampSeconds)))
    const bounds = segment.map(stackBounds)
    total += polyline(xs, segment.map((bucket) => y(bucket.totalWatts)))
    for (let band = 0; band < seriesCount; band += 1) {
      // A band is drawn only where it has height, with one point either side, so that an idle appliance costs nothing.
      for (const [from, to] of visibleStretches(bounds, band)) {
        const part = bounds.slice(from, to + 1)
        const partXs = xs.slice(from, to + 1)
        const upper = polyline(partXs, part.map((bound) => y(bound[band]?.highWatts ?? 0)))
        const lower = part.map((bound, index) => `L${partXs[index]} ${coordinate(y(bound[band]?.lowWatts ?? 0))}`)
        edges[band] += upper
        areas[band] += `${upper}${lower.reverse().join('')}Z`
      }
    }
  }
  return { areas, edges, total }
}

function polyline(xs: string[], ys: number[]): string {
  return ys.map((value, index) => `${index === 0 ? 'M' : 'L'}${xs[index]} ${coordinate(value)}`).join('')
}

function visibleStretches(bounds: { lowWatts: number; highWatts: number }[][], band: number): [number, number][] {
  const stretches: [number, number][] = []
  for (let index = 0; index < bounds.length; index += 1) {
    const bound = bounds[index]?.[band]
    if (!bound || bound.highWatts - bound.lowWatts < NOTICEABLE_WATTS) continue
    const from = Math.max(0, index - 1)
    const to = Math.min(bounds.length - 1, index + 1)
    const last = stretches.at(-1)
    if (last && from <= last[1]) last[1] = to
    else stretches.push([from, to])
  }
  return stretches
}
