// npm run forecast:rows -- --data DIR --output DIR [load] [solar]: what training/forecast learns from, made by the very code that forecasts.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { ForecastTask, SeriesView } from '@/lib/insights/forecast/candidate'
import { viewOf } from '@/lib/insights/forecast/forecast'
import { type FeatureRow, loadFeatures } from '@/lib/insights/forecast/load-features'
import { locatePlant } from '@/lib/insights/forecast/locate-plant'
import { ClearSkyShares, solarFeatures, solarPast } from '@/lib/insights/forecast/solar-features'
import { type MeasuredSeries, measuredHomes, solarPlant } from './eval-insights/forecast/measured-series'

const EVERY_HOURS = 7
const SOLAR_EVERY_HOURS = 5
const WEEK = 168
/** Sums of several homes, for series smoother than one home's. */
const MIXES = 10
const SOLAR_HELD_BACK_FROM = Date.UTC(2022, 11, 31, 16) / 1000

const { values: flags, positionals } = parseArgs({
  options: { data: { type: 'string' }, output: { type: 'string' } },
  allowPositionals: true,
})
const dataDir = path.resolve(flags.data ?? '../shared/data')
const outputDir = path.resolve(flags.output ?? '.data/forecast-rows')
mkdirSync(outputDir, { recursive: true })

if (positionals.includes('load') || positionals.length === 0) writeLoad()
if (positionals.includes('solar') || positionals.length === 0) writeSolar()

function writeLoad(): void {
  const homes = measuredHomes(dataDir)
  const learned = homes.filter(({ trainedShare }) => trainedShare > 0).map(cutToTraining)
  write('load-train.f32', [...learned, ...mixes(learned)].flatMap((home) => loadRows(home)))
  write('load-validate.f32', homes.filter(({ trainedShare }) => trainedShare === 0).flatMap((home) => loadRows(home)))
}

function cutToTraining(home: MeasuredSeries): MeasuredSeries {
  const { series, trainedShare } = home
  return { ...home, series: { ...series, values: series.values.slice(0, Math.floor(series.values.length * trainedShare)) } }
}

/** Sums of two to six homes, each from another week on; the n-th mix is always the same. */
function mixes(from: readonly MeasuredSeries[]): MeasuredSeries[] {
  return Array.from({ length: MIXES }, (_, n) => {
    const first = from[n % from.length]!
    const sum = first.series.values.slice(0, 26 * WEEK)
    for (let part = 0; part < 1 + (n % 5); part++) {
      const { values } = from[(n + part) % from.length]!.series
      const shift = WEEK * (1 + ((n * 5 + part * 11) % Math.max(1, Math.floor(values.length / WEEK) - 13)))
      for (let step = 0; step < sum.length; step++) sum[step]! += values[(step + shift) % values.length] ?? Number.NaN
    }
    return { ...first, name: `mix ${n}`, series: { ...first.series, values: sum } }
  })
}

/** Ahead: every hour of the first day, every third of the second, every seventh to a week. */
function task(view: SeriesView, origin: number, end: number): ForecastTask {
  const targets: number[] = []
  for (let ahead = 0; ahead < WEEK && origin + ahead < end; ahead += ahead < 24 ? 1 : ahead < 48 ? 3 : 7) {
    if (!Number.isNaN(view.values[origin + ahead]!)) targets.push(origin + ahead)
  }
  return { origin, targets: Int32Array.from(targets) }
}

function loadRows({ name, series, timeZone }: MeasuredSeries): number[][] {
  const view = viewOf(series, WEEK, timeZone)
  const rows: number[][] = []
  for (let origin = 4 * 24; origin < series.values.length; origin += EVERY_HOURS) {
    const given = task(view, origin, series.values.length)
    rows.push(...rowsOf(view, given, loadFeatures(view, given)))
  }
  console.log(name, rows.length)
  return rows
}

function writeSolar(): void {
  const plant = solarPlant(dataDir)
  if (!plant) return
  const { series, timeZone } = plant
  const heldBack = Math.floor((SOLAR_HELD_BACK_FROM - series.startSeconds) / 3600)
  const place = locatePlant(series.values, series.startSeconds, heldBack)
  if (!place) throw new Error('The plant was not found.')
  console.log('solar plant looks as if it stood at', place)
  const view = viewOf(series, WEEK, timeZone)
  const shares = new ClearSkyShares(view, place)
  const pasts: number[][] = []
  const rows: number[][] = []
  for (let origin = 10 * 24; origin < series.values.length; origin += SOLAR_EVERY_HOURS) {
    // What is learned from must not reach into the year that is held back.
    const given = task(view, origin, origin < heldBack ? heldBack : series.values.length)
    const features = solarFeatures(shares, given)
    const past = solarPast(shares, origin)
    if (!past || features.every((row) => row === null)) continue
    rows.push(...rowsOf(view, given, features).map((row) => [...row, pasts.length]))
    pasts.push([...past, origin < heldBack ? 1 : 0, Math.floor(origin / 24)])
  }
  write('solar-past.f32', pasts)
  write('solar-rows.f32', rows)
}

/** Columns, then what the network should have answered, then how much an error of 1 is in units of the series' own scale. */
function rowsOf({ values }: SeriesView, { targets }: ForecastTask, rows: readonly (FeatureRow | null)[]): number[][] {
  return rows.flatMap((row, i) => (row ? [[...row.columns, (values[targets[i]!]! - row.base) / row.scale, row.scale]] : []))
}

function write(file: string, rows: readonly number[][]): void {
  const width = rows[0]?.length ?? 0
  const packed = new Float32Array(rows.length * width)
  rows.forEach((row, index) => packed.set(row, index * width))
  writeFileSync(path.join(outputDir, file), packed)
  console.log(file, rows.length, 'rows of', width)
}
