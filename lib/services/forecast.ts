import { createHash } from 'node:crypto'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { ForecastAnswer, ForecastReport } from '@/lib/contracts/forecast'
import { findSiteOf, type SiteRow } from '@/lib/data/sites'
import { askForForecastChoice, saveFirstGuess } from '@/lib/data/site-forecasts'
import { applyChoice, type ForecastChoice, type ForecastPoint } from '@/lib/insights/forecast/forecast'
import { historyNotes } from '@/lib/insights/forecast/history-notes'
import { PROFILE_CANDIDATES } from '@/lib/insights/forecast/profile-candidates'
import { readHorizonHours } from '@/lib/insights/forecast/read-horizon'
import type { RegularSeries } from '@/lib/insights/forecast/regular-series'
import type { WeatherView } from '@/lib/insights/forecast/weather'
import { weightedQuantile } from '@/lib/insights/forecast/weighted-quantile'
import { expectedEnergyOfAll } from './forecast-energy'
import { type ChoiceInUse, choiceName, DAY_HOURS, findForecastState, lookOf, withCandidates } from './forecast-choices'
import { type ForecastOf, readForecastSeries } from './forecast-series'
import { makeFirstGuess } from './refit-forecast'
import { readSiteWeather, type SiteWeather } from './weather/weather-view'

/** The background makes a new one sooner; one that is older than this is still used, but said to be. */
const CHOICE_HOLDS_SECONDS = 7 * 86_400
/** A history that was imported since, or a young one that has grown by a fifth, makes another choice. */
const GROWN = 1.2
const FORECASTS_KEPT = 200
const PROVISIONAL_NOTE = {
  kind: 'provisional' as const,
  days: 0,
  percent: 0,
  text: 'A first forecast by simple means: all ways to forecast are being compared in the background, and the better one follows, mostly within a minute.',
}

export interface SiteForecast {
  series: RegularSeries
  /** undefined: nothing is said of what comes. */
  weather: SiteWeather | undefined
  choice: ForecastChoice
  points: ForecastPoint[]
  /** The version it is made by; null: a first guess. */
  versionId: string | null
  /** Whether the background is asked for a better choice: this one is a first guess, or older than what is known. */
  isProvisional: boolean
}

/**
 * What a site (load, solar or an appliance) will draw in the next hours, the one that runs included, by the choice that is stored.
 * Where there is none, simple ways alone are tried on little of the past, and `workers/jobs` is asked for the whole comparison: who
 * asks for a forecast never waits for it, nor does anybody else.
 * @throws SeriesError, in words for the reader, where there is too little history
 */
export async function forecastSite(
  site: SiteRow,
  of: ForecastOf,
  horizonHours: number,
  nowSeconds = Date.now() / 1000,
): Promise<SiteForecast> {
  const { series, weather } = await readPast(site, of, nowSeconds)
  const { choice, isProvisional, versionId } = await choiceFor(site, of, { series, weather }, horizonHours)
  return { series, weather, choice, isProvisional, versionId, points: await pointsOf(site, { series, weather }, choice, horizonHours) }
}

/** What a forecast is made from: the measured past, and what is said of the weather. */
interface Past {
  series: RegularSeries
  weather: SiteWeather | undefined
}

async function readPast(site: SiteRow, of: ForecastOf, nowSeconds: number): Promise<Past> {
  const series = await readForecastSeries(site, of, nowSeconds)
  return { series, weather: await readSiteWeather(site.id, series, nowSeconds) }
}

/** The load of a site from the hour that runs on until a day after it has ended. @throws SeriesError, as above */
export async function forecastNextDay(site: SiteRow, nowSeconds: number): Promise<ForecastPoint[]> {
  const past = await readPast(site, 'load', nowSeconds)
  const { choice } = await choiceFor(site, 'load', past, DAY_HOURS)
  return pointsOf(site, past, choice, DAY_HOURS + 2)
}

async function choiceFor(site: SiteRow, of: ForecastOf, { series, weather }: Past, horizonHours: number): Promise<ChoiceInUse> {
  const name = choiceName(of, horizonHours)
  const { inUse, look } = await findForecastState(site.id, name)
  if (inUse && look) {
    const known = lookOf(series)
    const isOld = look.knownUntil < known.knownUntil - CHOICE_HOLDS_SECONDS || known.knownDays > look.knownDays * GROWN
    if (isOld && look.knownUntil > 0) await askForForecastChoice(site.id, name)
    // What follows the weather says how to do without it, where none is known any more.
    const choice = weather ? inUse.choice : (inUse.choice.withoutWeather ?? inUse.choice)
    return { ...inUse, choice, isProvisional: inUse.isProvisional || isOld }
  }
  const made = await makeFirstGuess(site, name, series)
  await saveFirstGuess(site.id, name, made, { ...lookOf(series), knownUntil: 0 })
  return { ...made, versionId: null }
}

const NO_WEATHER: WeatherView = { irradianceWattsPerSquareMetre: [], temperatureCelsius: [] }
const recentPoints = new Map<string, Promise<ForecastPoint[]>>()

/** The points that a choice makes of a series; who asks again for the same within the hour gets the same. */
function pointsOf(site: SiteRow, { series, weather }: Past, choice: ForecastChoice, horizonSteps: number): Promise<ForecastPoint[]> {
  const { startSeconds, values } = series
  const hash = createHash('sha256').update(JSON.stringify([site.timeZone, startSeconds, horizonSteps, choice]))
  const { irradianceWattsPerSquareMetre: irradiance, temperatureCelsius: temperature } = weather?.view ?? NO_WEATHER
  for (const row of [values, ...irradiance, ...temperature]) hash.update(new Uint8Array(row.buffer, row.byteOffset, row.byteLength))
  const key = hash.digest('base64')
  const known = recentPoints.get(key)
  if (known) return known
  const options = { horizonSteps, timeZone: site.timeZone, weather: weather?.view }
  const isSimple = choice.mix.every(({ name }) => PROFILE_CANDIDATES.some((candidate) => candidate.name === name))
  const made = isSimple
    ? applyChoice(series, choice, { ...options, candidates: PROFILE_CANDIDATES })
    : withCandidates((candidates) => applyChoice(series, choice, { ...options, candidates }))
  recentPoints.set(key, made)
  made.catch(() => recentPoints.delete(key))
  const oldest = recentPoints.keys().next().value
  if (recentPoints.size > FORECASTS_KEPT && oldest !== undefined) recentPoints.delete(oldest)
  return made
}

/** The forecast of one of the user's sites as older clients know it; null: no such site. @throws SeriesError */
export async function getForecastOf(
  user: CurrentUser,
  { siteId, horizon, of }: { siteId: string; horizon: string; of: ForecastOf },
  nowSeconds = Date.now() / 1000,
): Promise<ForecastAnswer | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const { points, series } = await forecastSite(site, of, readHorizonHours(horizon) ?? DAY_HOURS, nowSeconds)
  const range = usualRange(series.values)
  return {
    success: true,
    siteId: site.id,
    horizon,
    data: points.map(({ startSeconds, value, lower95, upper95 }) => ({
      timestamp: new Date(startSeconds * 1000).toISOString(),
      predictedPower: decimal(value),
      confidence: decimal(upper95 > lower95 ? range / (range + upper95 - lower95) : 1),
      lower95: decimal(lower95),
      upper95: decimal(upper95),
    })),
  }
}

/** Two decimals; what rounds to nothing has no sign. */
const decimal = (value: number) => (Math.abs(value) < 0.005 ? '0.00' : value.toFixed(2))

/** Within which 99 of 100 hours of the past lie, lowest to highest. */
function usualRange(values: Float64Array): number {
  const known = [...values].filter((value) => !Number.isNaN(value))
  const even = known.map(() => 1)
  return weightedQuantile(known, even, 0.995) - weightedQuantile(known, even, 0.005)
}

/** The same with what it rests on, and what yesterday's forecast would have been; null: no such site. @throws SeriesError */
export async function getForecastReportOf(
  user: CurrentUser,
  siteId: string,
  { horizon, of }: { horizon: string; of: ForecastOf },
  nowSeconds = Date.now() / 1000,
): Promise<ForecastReport | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const found = await forecastSite(site, of, readHorizonHours(horizon) ?? DAY_HOURS, nowSeconds)
  const { series, weather, choice, points, isProvisional, versionId } = found
  return {
    siteId: site.id,
    timeZone: site.timeZone,
    isSimulated: site.buildings.some(({ simulated }) => simulated),
    versionId,
    points,
    total: expectedEnergyOfAll(found),
    lastDay: await lastDay(site, { series, weather }, choice),
    blend: choice.blend,
    weather: weather && choice.withoutWeather ? (weather.isFetched ? 'fetched' : 'own') : null,
    backtest: choice.backtest,
    notes: [...(isProvisional ? [PROVISIONAL_NOTE] : []), ...historyNotes(series)],
  }
}

/** What today's choice makes of the readings from before the last day, and what came; the choice itself has seen that day. */
async function lastDay(site: SiteRow, { series, weather }: Past, choice: ForecastChoice): Promise<ForecastReport['lastDay']> {
  const known = series.values.length - DAY_HOURS
  const past = { ...series, values: series.values.slice(0, known) }
  // Rows of the weather go by how long before they were said: of hours that are over, those of the last day are not too new for it.
  const points = await pointsOf(site, { series: past, weather }, choice, DAY_HOURS)
  return points.map((point, hour) => {
    const actual = series.values[known + hour]!
    return { ...point, actual: Number.isNaN(actual) ? null : actual }
  })
}
