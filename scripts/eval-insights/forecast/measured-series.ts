import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readNpz } from '@/lib/ingest/import/testing/read-npz'
import { hourlyMeans, type RegularSeries } from '@/lib/insights/forecast/regular-series'

export interface MeasuredSeries {
  name: string
  /** Whether the shared network has learned from the first part of it; only the rest is judged. */
  trainedShare: number
  timeZone: string
  series: RegularSeries
}

/** Of homes the network learns from, this share of their time, from the beginning. */
export const TRAINED_SHARE = 0.6
const MISSING = -32_768
const LONGEST_HOLD_SECONDS = 3600

interface Home {
  name: string
  file: string
  timeZone: string
  trained: boolean
  /** Where the file has relative times: when it may have begun. */
  startSeconds?: number
}

const HOMES: readonly Home[] = [
  { name: 'REFIT 2', file: 'train/devicescope_REFIT_House2_30s.npz', timeZone: 'Europe/London', trained: true },
  { name: 'GJW', file: 'train/gjw_mains_events_first_half.npz', timeZone: 'Europe/London', trained: true },
  { name: 'Purdue', file: 'train/purdue_house_2024H1_300s.npz', timeZone: 'America/Indiana/Indianapolis', trained: true },
  { name: 'UK-DALE 1', file: 'train/ukdale_house1_6s.npz', timeZone: 'UTC', trained: false, startSeconds: 1_366_000_000 },
  { name: 'UK-DALE 3', file: 'validate/ukdale_house3_6s.npz', timeZone: 'UTC', trained: false, startSeconds: 1_362_000_000 },
  { name: 'IDEAL 65', file: 'validate/devicescope_IDEAL_House65_60s.npz', timeZone: 'Europe/London', trained: false },
  { name: 'IDEAL 175', file: 'validate/devicescope_IDEAL_House175_60s.npz', timeZone: 'Europe/London', trained: false },
]

/** The measured homes that are long enough to be forecast, by the hour (W). */
export function measuredHomes(dataDir: string): MeasuredSeries[] {
  return HOMES.flatMap(({ name, file, timeZone, trained, startSeconds }) => {
    const at = path.join(dataDir, 'nilm', file)
    if (!existsSync(at)) return []
    const arrays = readNpz(at)
    const series = hourly(arrays, startSeconds ?? 0)
    return [{ name, timeZone, trainedShare: trained ? TRAINED_SHARE : 0, series }]
  })
}

function hourly(arrays: ReturnType<typeof readNpz>, relativeStart: number): RegularSeries {
  const agg = arrays.agg!
  const step = arrays.dt ? Number(arrays.dt[0]) : null
  const longest = longestSegment(arrays.seg_len)
  const from = longest?.from ?? 0
  const count = longest?.count ?? agg.length
  const timeOf = (row: number) =>
    arrays.t ? Number(arrays.t[row]) : relativeStart + (arrays.t_rel ? Number(arrays.t_rel[row]) : (row - from) * (step ?? 1))
  const first = Math.ceil(timeOf(from) / 3600) * 3600
  const hours = Math.floor((timeOf(from + count - 1) - first) / 3600)
  const energy = new Float64Array(hours)
  const covered = new Float64Array(hours)
  for (let row = from; row < from + count; row++) {
    const watts = Number(agg[row])
    if (watts === MISSING) continue
    const start = timeOf(row)
    const next = row + 1 < from + count ? timeOf(row + 1) : start
    let at = start
    const end = Math.min(next, start + (step === null ? LONGEST_HOLD_SECONDS : step * 2.5))
    while (at < end) {
      const hour = Math.floor((at - first) / 3600)
      const until = Math.min(end, first + (hour + 1) * 3600)
      if (hour >= 0 && hour < hours) {
        energy[hour]! += watts * (until - at)
        covered[hour]! += until - at
      }
      at = until
    }
  }
  const values = energy.map((sum, hour) => (covered[hour]! >= 1800 ? sum / covered[hour]! : Number.NaN))
  return { startSeconds: first, stepSeconds: 3600, values }
}

function longestSegment(lengths: ArrayLike<number | bigint> | undefined): { from: number; count: number } | null {
  if (!lengths) return null
  let best = { from: 0, count: 0 }
  let from = 0
  for (const length of Array.from(lengths, Number)) {
    if (length > best.count) best = { from, count: length }
    from += length
  }
  return best
}

/** The rooftop plant SQ8 by the hour (W); nights that the file leaves out are zero. */
export function solarPlant(dataDir: string): MeasuredSeries | null {
  const file = path.join(dataDir, 'solar/SQ8.csv.gz')
  if (!existsSync(file)) return null
  const rows = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n').slice(1)
  const points = rows.map((row) => {
    const [time, power] = row.split(',')
    return { hour: Date.parse(`${time!.replace(' ', 'T')}+08:00`) / 3_600_000, power: power === '' ? Number.NaN : Number(power) }
  })
  const first = points[0]!.hour
  const values = new Float64Array(points.at(-1)!.hour - first + 1).fill(Number.NaN)
  for (const { hour, power } of points) values[hour - first] = power
  return {
    name: 'solar SQ8',
    timeZone: 'Asia/Hong_Kong',
    trainedShare: 0,
    series: hourlyMeans({ startSeconds: first * 3600, stepSeconds: 3600, values }),
  }
}
