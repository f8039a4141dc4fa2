import type { CurrentUser } from '@/lib/contracts/current-user'
import type { ForecastAnswer, ForecastReport } from '@/lib/contracts/forecast'
import { findSite, findSiteOf, type SiteRow } from '@/lib/data/sites'
import { findForecastChoice, findOldForecastChoices, saveForecastChoice } from '@/lib/data/site-forecasts'
import { allCandidates } from '@/lib/insights/forecast/all-candidates'
import type { Candidate } from '@/lib/insights/forecast/candidate'
import { applyChoice, chooseForecast, type ForecastChoice, type ForecastPoint } from '@/lib/insights/forecast/forecast'
import { historyNotes } from '@/lib/insights/forecast/history-notes'
import { FORECAST_MODEL_DIR, loadForecastNetworks } from '@/lib/insights/forecast/network-candidates'
import { readHorizonHours } from '@/lib/insights/forecast/read-horizon'
import { type RegularSeries, SeriesError } from '@/lib/insights/forecast/regular-series'
import { weightedQuantile } from '@/lib/insights/forecast/weighted-quantile'
import { type ForecastOf, readForecastSeries } from './forecast-series'
import { modelCache } from './model-cache'

const HOUR_SECONDS = 3600
const DAY_HOURS = 24
/** A choice is used this long; the background makes a new one sooner. */
const CHOICE_HOLDS_SECONDS = 7 * 86_400
const RENEW_AFTER_SECONDS = 86_400
/** Counted up when stored choices no longer fit what the code makes of them. */
const CHOICE_VERSION = 2

/** Works with all ways to forecast, the networks among them. */
function withCandidates<Result>(work: (candidates: Candidate[]) => Promise<Result>): Promise<Result> {
  const load = async () => {
    const networks = await loadForecastNetworks(FORECAST_MODEL_DIR)
    return { value: allCandidates(networks), bytes: networks.bytes, close: networks.close }
  }
  return modelCache.use('forecast', load, work)
}

export interface SiteForecast {
  series: RegularSeries
  choice: ForecastChoice
  points: ForecastPoint[]
}

/**
 * What a site (load, solar or an appliance) will draw in the next hours, the one that runs included.
 * @throws SeriesError, in words for the reader, where there is too little history
 */
export async function forecastSite(
  site: SiteRow,
  of: ForecastOf,
  horizonHours: number,
  nowSeconds = Date.now() / 1000,
): Promise<SiteForecast> {
  const series = await readForecastSeries(site, of, nowSeconds)
  const choice = await choiceFor(site, of, series, horizonHours)
  const options = { horizonSteps: horizonHours, timeZone: site.timeZone }
  const points = await withCandidates((candidates) => applyChoice(series, choice, { ...options, candidates }))
  return { series, choice, points }
}

/** The load of a site from the hour that runs on until a day after it has ended. @throws SeriesError, as above */
export async function forecastNextDay(site: SiteRow, nowSeconds: number): Promise<ForecastPoint[]> {
  const series = await readForecastSeries(site, 'load', nowSeconds)
  const choice = await choiceFor(site, 'load', series, DAY_HOURS)
  const options = { horizonSteps: DAY_HOURS + 2, timeZone: site.timeZone }
  return withCandidates((candidates) => applyChoice(series, choice, { ...options, candidates }))
}

async function choiceFor(site: SiteRow, of: ForecastOf, series: RegularSeries, horizonHours: number): Promise<ForecastChoice> {
  const name = storedName(of, horizonHours)
  const knownUntil = series.startSeconds + series.values.length * HOUR_SECONDS
  const stored = await findForecastChoice(site.id, name)
  const found = stored && readStored(stored.choice)
  if (found && stored.knownUntil > knownUntil - CHOICE_HOLDS_SECONDS && !hasGrown(found, series)) return found.choice
  // Whoever asks while it is being made waits for the same.
  const key = `${site.id}/${name}/${knownUntil}`
  const making = choicesInTheMaking.get(key) ?? renewChoice(site, of, series, horizonHours > DAY_HOURS)
  choicesInTheMaking.set(key, making)
  try {
    return await making
  } finally {
    choicesInTheMaking.delete(key)
  }
}

const choicesInTheMaking = new Map<string, Promise<ForecastChoice>>()

async function renewChoice(site: SiteRow, of: ForecastOf, series: RegularSeries, isWeek: boolean): Promise<ForecastChoice> {
  const horizonSteps = isWeek ? 7 * DAY_HOURS : DAY_HOURS
  const { timeZone } = site
  const choice = await withCandidates((candidates) => chooseForecast(series, { horizonSteps, timeZone, candidates }))
  const knownUntil = series.startSeconds + series.values.length * HOUR_SECONDS
  const stored = { version: CHOICE_VERSION, days: series.values.length / DAY_HOURS, choice }
  await saveForecastChoice(site.id, storedName(of, horizonSteps), { knownUntil, choice: stored })
  return choice
}

/** A history that was imported since, or a young one that has grown by a fifth, makes another choice. */
const hasGrown = ({ days }: StoredChoice, { values }: RegularSeries) => values.length / DAY_HOURS > days * 1.2

const storedName = (of: ForecastOf, horizonHours: number) => `${of}/${horizonHours > DAY_HOURS ? 'week' : 'day'}`

interface StoredChoice {
  version: number
  /** How long the history was. */
  days: number
  choice: ForecastChoice
}

function readStored(stored: unknown): StoredChoice | null {
  const { version } = stored as Partial<StoredChoice>
  return version === CHOICE_VERSION ? (stored as StoredChoice) : null
}

/** Makes the oldest choice anew where data have grown by a day since. @returns whether there was one */
export async function renewOldestChoice(nowSeconds = Date.now() / 1000): Promise<boolean> {
  const [old] = await findOldForecastChoices(nowSeconds - RENEW_AFTER_SECONDS, 1)
  if (!old) return false
  const site = await findSite(old.siteId)
  const [of, span] = old.series.split('/') as [ForecastOf, string]
  if (!site) return false
  try {
    await renewChoice(site, of, await readForecastSeries(site, of, nowSeconds), span === 'week')
  } catch (error) {
    // Whatever the reason, what is stored has its turn again tomorrow, so that it keeps no other from its own.
    const stored = await findForecastChoice(old.siteId, old.series)
    if (stored) await saveForecastChoice(old.siteId, old.series, { ...stored, knownUntil: Math.floor(nowSeconds / 3600) * 3600 })
    if (!(error instanceof SeriesError)) throw error
  }
  return true
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
  const { series, choice, points } = await forecastSite(site, of, readHorizonHours(horizon) ?? DAY_HOURS, nowSeconds)
  return {
    siteId: site.id,
    timeZone: site.timeZone,
    isSimulated: site.buildings.some(({ simulated }) => simulated),
    points,
    lastDay: await lastDay(site, series, choice),
    blend: choice.blend,
    backtest: choice.backtest,
    notes: historyNotes(series),
  }
}

/** What today's choice makes of the readings from before the last day, and what came; the choice itself has seen that day. */
async function lastDay(site: SiteRow, series: RegularSeries, choice: ForecastChoice): Promise<ForecastReport['lastDay']> {
  const known = series.values.length - DAY_HOURS
  const past = { ...series, values: series.values.slice(0, known) }
  const options = { horizonSteps: DAY_HOURS, timeZone: site.timeZone }
  const points = await withCandidates((candidates) => applyChoice(past, choice, { ...options, candidates }))
  return points.map((point, hour) => {
    const actual = series.values[known + hour]!
    return { ...point, actual: Number.isNaN(actual) ? null : actual }
  })
}
