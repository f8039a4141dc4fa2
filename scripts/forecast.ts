// npm run forecast -- --input FILE.csv --horizon 24h: what a series will most likely be, and within which band.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { IANAZone } from 'luxon'
import { UsageError } from '@/lib/infra/usage-error'
import { allCandidates } from '@/lib/insights/forecast/all-candidates'
import { type Forecast, forecastSeries } from '@/lib/insights/forecast/forecast'
import { FORECAST_MODEL_DIR, loadForecastNetworks } from '@/lib/insights/forecast/network-candidates'
import { MOST_HOURS, readHorizonHours } from '@/lib/insights/forecast/read-horizon'
import { type RegularSeries, regularSeries } from '@/lib/insights/forecast/regular-series'
import type { WeatherView } from '@/lib/insights/forecast/weather'
import { alignWeather } from './forecast/align-weather'
import { readSeries } from './forecast/read-series'
import { readWeather } from './forecast/read-weather'
import { offsetMinutes, timeWriter } from './forecast/write-time'

const HELP = `Forecasts a series from its own past.

  npm run forecast -- --input FILE.csv [--horizon 24h] [--weather WEATHER.csv] [--output OUT.csv]

Input   a header with timestamp and value; one row every second to every day, in any order, with gaps, of any unit. Timestamps are
        Unix seconds (also ms, us, ns) or ISO 8601. At least two days, better some weeks.
Output  timestamp,forecast,lower95,upper95: a row for each step after the last value, as far apart as the input's, times written as
        in the input. Between lower95 and upper95 lie about 95 of 100 values. To the standard output, or to --output.

  --horizon 1h ... 168h, 1d ... 7d          how far ahead (24h)
  --time-column NAME, --value-column NAME   where they are not called timestamp and value
  --time-zone Europe/Berlin                 the clock that people there live by, and of times without an offset (UTC)
  --weather WEATHER.csv                     forecasts of the weather, past and to come, to follow where that helps

Weather a header with timestamp and irradiance (or ghi, shortwave_radiation; W/m2, global horizontal) or temperature (or
        temperature_2m; °C) or both, each the mean of the time that begins at timestamp, and issued: when it was said, so that the
        past is judged by what was known then. Rows without it count as said a day before their time, which serves a forecast of up
        to 24h. At least about three weeks of the past, better three months; what was issued after the last value is not used.`

const DAY_SECONDS = 86_400
const MOST_HISTORY_DAYS = 400
/** Of fine series less: habits of last year help little, and each of their steps costs as much as an hour. */
const MOST_STEPS = 60_000
const FEWEST_HISTORY_DAYS = 42
const LEAST_SHARE_SHOWN = 0.05

async function main(): Promise<void> {
  const { values: given } = parseArgs({
    options: {
      input: { type: 'string', short: 'i' },
      output: { type: 'string', short: 'o' },
      horizon: { type: 'string', default: '24h' },
      'time-column': { type: 'string', default: 'timestamp' },
      'value-column': { type: 'string', default: 'value' },
      weather: { type: 'string' },
      'time-zone': { type: 'string', default: 'UTC' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (given.help) return console.log(HELP)
  if (!given.input) throw new UsageError('--input is needed; --help explains it.')
  const horizonHours = readHorizonHours(given.horizon)
  if (horizonHours === null) throw new UsageError(`--horizon may be 1h to ${MOST_HOURS}h or 1d to 7d, not ${given.horizon}.`)
  const timeZone = given['time-zone']
  if (!IANAZone.isValidZone(timeZone)) throw new UsageError(`There is no time zone ${timeZone}; write it like Europe/Berlin.`)
  const read = await readSeries(given.input, {
    timeColumn: given['time-column'].trim().toLowerCase(),
    valueColumn: given['value-column'].trim().toLowerCase(),
    timeZone,
  })
  reportRejected(given.input, read.rejected)
  const series = newest(regularSeries(read.times, read.values))
  const horizonSteps = Math.max(1, Math.round((horizonHours * 3600) / series.stepSeconds))
  const weather = given.weather ? await weatherFor(given.weather, series, horizonSteps, timeZone) : undefined
  const forecast = await forecastSeries(series, {
    horizonSteps,
    timeZone: localZone(timeZone, read.exampleTime),
    weather,
    candidates: allCandidates(await loadForecastNetworks(FORECAST_MODEL_DIR)),
  })
  const csv = toCsv(forecast, timeWriter(read.exampleTime, timeZone))
  if (given.output) await writeFile(given.output, csv)
  else process.stdout.write(csv)
  report(forecast, series, weather)
}

async function weatherFor(file: string, series: RegularSeries, horizonSteps: number, timeZone: string): Promise<WeatherView> {
  const { rows, rejected } = await readWeather(file, timeZone)
  reportRejected(file, rejected)
  const weather = alignWeather(rows, series, horizonSteps)
  if (!isKnown(weather, 1)) {
    throw new UsageError(`${file} says nothing of the weather of the series' time, or it was all issued too late.`)
  }
  return weather
}

/** Whether anything of the first so many steps is known that was said so many days ahead, or more. */
const isKnown = ({ irradianceWattsPerSquareMetre, temperatureCelsius }: WeatherView, leadDays: number, steps?: number) =>
  [irradianceWattsPerSquareMetre, temperatureCelsius].some((rows) =>
    rows.slice(leadDays - 1).some((row) => row.subarray(0, steps).some((value) => !Number.isNaN(value))),
  )

function whyNot(weather: WeatherView, { values, stepSeconds }: RegularSeries, horizonSteps: number): string {
  return horizonSteps * stepSeconds > DAY_SECONDS && !isKnown(weather, 2, values.length)
    ? 'none of the past was said more than a day ahead, as a forecast of more than 24h needs (see issued in --help)'
    : 'on the past it made forecasts no better, or too little of the past has any (about three weeks are needed)'
}

function reportRejected(file: string, rejected: readonly { lineNumber: number; reason: string }[]): void {
  if (rejected.length === 0) return
  const { lineNumber, reason } = rejected[0]!
  console.error(`${file}: ${rejected.length} rows were left out; the first is line ${lineNumber}: ${reason}`)
}

function newest(series: RegularSeries): RegularSeries {
  const perDay = 86_400 / series.stepSeconds
  const most = Math.max(FEWEST_HISTORY_DAYS * perDay, Math.min(MOST_STEPS, MOST_HISTORY_DAYS * perDay))
  const skipped = Math.max(0, series.values.length - most)
  return {
    ...series,
    startSeconds: series.startSeconds + skipped * series.stepSeconds,
    values: series.values.slice(skipped),
  }
}

/** Days begin at midnight of the offset that times are written with, where no zone is given. */
function localZone(timeZone: string, exampleTime: string): string {
  const hours = offsetMinutes(exampleTime.replace(/^\d{4}-\d{2}-\d{2}$/, '')) / 60
  if (timeZone !== 'UTC' || hours === 0 || !Number.isInteger(hours)) return timeZone
  const zone = `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
  return IANAZone.isValidZone(zone) ? zone : timeZone
}

function toCsv({ points }: Forecast, write: (seconds: number) => string): string {
  const number = (value: number) => String(Number(value.toPrecision(8)))
  const rows = points.map(
    ({ startSeconds, value, lower95, upper95 }) => `${write(startSeconds)},${number(value)},${number(lower95)},${number(upper95)}`,
  )
  return `timestamp,forecast,lower95,upper95\n${rows.join('\n')}\n`
}

function report({ points, choice, notes }: Forecast, series: RegularSeries, weather: WeatherView | undefined): void {
  const { values, stepSeconds } = series
  const { origins, meanAbsoluteError, naiveDayError, coverage } = choice.backtest
  const missing = values.reduce((count, value) => count + Number(Number.isNaN(value)), 0)
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`
  console.error(`${values.length} steps of ${stepSeconds} s, ${percent(missing / values.length)} of them missing.`)
  const largest = choice.blend.filter(({ share }) => share >= LEAST_SHARE_SHOWN)
  console.error(`Mix, largest shares: ${largest.map(({ name, share }) => `${name} ${percent(share)}`).join(', ')}.`)
  console.error(
    `Tried on ${origins} moments of the past: mean absolute error ${meanAbsoluteError.toPrecision(4)}, ` +
      `that of repeating the day before ${naiveDayError.toPrecision(4)}` +
      `${coverage === null ? '' : `; ${percent(coverage)} lay inside the band`}.`,
  )
  if (weather) {
    const { withoutWeather } = choice
    console.error(
      withoutWeather
        ? 'It follows the weather; where that is not known it is forecast without it.'
        : `The weather is not followed: ${whyNot(weather, series, points.length)}.`,
    )
  }
  for (const { text } of notes) console.error(text)
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
