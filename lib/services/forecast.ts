import { createHash } from 'node:crypto'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { ForecastAnswer, ForecastReport } from '@/lib/contracts/forecast'
import { findSite, findSiteOf, type SiteRow } from '@/lib/data/sites'
import { askForForecastChoice, findForecastChoice, findOldForecastChoices, saveForecastChoice } from '@/lib/data/site-forecasts'
import { allCandidates } from '@/lib/insights/forecast/all-candidates'
import type { Candidate } from '@/lib/insights/forecast/candidate'
import { applyChoice, chooseForecast, type ForecastChoice, type ForecastPoint, requireHistory } from '@/lib/insights/forecast/forecast'
import { historyNotes } from '@/lib/insights/forecast/history-notes'
import { FORECAST_MODEL_DIR, loadForecastNetworks } from '@/lib/insights/forecast/network-candidates'
import { PROFILE_CANDIDATES } from '@/lib/insights/forecast/profile-candidates'
import { readHorizonHours } from '@/lib/insights/forecast/read-horizon'
import { type RegularSeries, SeriesError } from '@/lib/insights/forecast/regular-series'
import { weightedQuantile } from '@/lib/insights/forecast/weighted-quantile'
import { type ForecastOf, readForecastSeries } from './forecast-series'
import { modelCache } from './model-cache'

const HOUR_SECONDS = 3600
const DAY_HOURS = 24
/** The background makes a new one sooner; one that is older than this is still used, but said to be. */
const CHOICE_HOLDS_SECONDS = 7 * 86_400
const RENEW_AFTER_SECONDS = 86_400
/** Counted up when stored choices no longer fit what the code makes of them. */
const CHOICE_VERSION = 3
/** Until the background has compared all ways, simple ones are compared on so many moments of the past. */
const PROVISIONAL_ORIGINS = 40
const FORECASTS_KEPT = 200
const PROVISIONAL_NOTE = {
  kind: 'provisional' as const,
  days: 0,
  percent: 0,
  text: 'A first forecast by simple means: all ways to forecast are being compared in the background, and the better one follows, mostly within a minute.',
}

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
  const series = await readForecastSeries(site, of, nowSeconds)
  const { choice, isProvisional } = await choiceFor(site, of, series, horizonHours)
  return { series, choice, isProvisional, points: await pointsOf(site, series, choice, horizonHours) }
}

/** The load of a site from the hour that runs on until a day after it has ended. @throws SeriesError, as above */
export async function forecastNextDay(site: SiteRow, nowSeconds: number): Promise<ForecastPoint[]> {
  const series = await readForecastSeries(site, 'load', nowSeconds)
  const { choice } = await choiceFor(site, 'load', series, DAY_HOURS)
  return pointsOf(site, series, choice, DAY_HOURS + 2)
}

async function choiceFor(site: SiteRow, of: ForecastOf, series: RegularSeries, horizonHours: number): Promise<StoredChoice> {
  const name = storedName(of, horizonHours)
  const stored = await findForecastChoice(site.id, name)
  const found = stored && readStored(stored.choice)
  if (found) {
    const isOld = stored.knownUntil < knownUntilOf(series) - CHOICE_HOLDS_SECONDS || hasGrown(found, series)
    if (isOld && stored.knownUntil > 0) await askForForecastChoice(site.id, name)
    return { ...found, isProvisional: found.isProvisional || isOld }
  }
  requireHistory(series)
  const options = { horizonSteps: horizonStepsOf(name), timeZone: site.timeZone, candidates: PROFILE_CANDIDATES }
  const choice = await chooseForecast(series, { ...options, mostOrigins: PROVISIONAL_ORIGINS })
  const made: StoredChoice = { version: CHOICE_VERSION, days: series.values.length / DAY_HOURS, isProvisional: true, choice }
  if (stored) await askForForecastChoice(site.id, name)
  // Known until the beginning of time: the first that the background takes.
  await saveForecastChoice(site.id, name, { knownUntil: 0, choice: made })
  return made
}

async function renewChoice(site: SiteRow, name: string, series: RegularSeries): Promise<void> {
  const options = { horizonSteps: horizonStepsOf(name), timeZone: site.timeZone }
  const choice = await withCandidates((candidates) => chooseForecast(series, { ...options, candidates }))
  const made: StoredChoice = { version: CHOICE_VERSION, days: series.values.length / DAY_HOURS, isProvisional: false, choice }
  await saveForecastChoice(site.id, name, { knownUntil: knownUntilOf(series), choice: made })
}

const knownUntilOf = ({ startSeconds, values }: RegularSeries) => startSeconds + values.length * HOUR_SECONDS

/** A history that was imported since, or a young one that has grown by a fifth, makes another choice. */
const hasGrown = ({ days }: StoredChoice, { values }: RegularSeries) => values.length / DAY_HOURS > days * 1.2

const storedName = (of: ForecastOf, horizonHours: number) => `${of}/${horizonHours > DAY_HOURS ? 'week' : 'day'}`
const horizonStepsOf = (name: string) => (name.endsWith('/week') ? 7 * DAY_HOURS : DAY_HOURS)

interface StoredChoice {
  version: number
  /** How long the history was. */
  days: number
  /** Chosen from simple ways alone. */
  isProvisional: boolean
  choice: ForecastChoice
}

function readStored(stored: unknown): StoredChoice | null {
  const { version } = stored as Partial<StoredChoice>
  return version === CHOICE_VERSION ? (stored as StoredChoice) : null
}

const recentPoints = new Map<string, Promise<ForecastPoint[]>>()

/** The points that a choice makes of a series; who asks again for the same within the hour gets the same. */
function pointsOf(site: SiteRow, series: RegularSeries, choice: ForecastChoice, horizonSteps: number): Promise<ForecastPoint[]> {
  const { startSeconds, values } = series
  const key = createHash('sha256')
    .update(JSON.stringify([site.timeZone, startSeconds, horizonSteps, choice]))
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('base64')
  const known = recentPoints.get(key)
  if (known) return known
  const made = withCandidates((candidates) => applyChoice(series, choice, { horizonSteps, timeZone: site.timeZone, candidates }))
  recentPoints.set(key, made)
  made.catch(() => recentPoints.delete(key))
  const oldest = recentPoints.keys().next().value
  if (recentPoints.size > FORECASTS_KEPT && oldest !== undefined) recentPoints.delete(oldest)
  return made
}

/** Makes the choice that was asked for, or else the oldest where data have grown by a day since, anew. @returns whether there was one */
export async function renewOldestChoice(nowSeconds = Date.now() / 1000): Promise<boolean> {
  const [old] = await findOldForecastChoices(nowSeconds - RENEW_AFTER_SECONDS, 1)
  if (!old) return false
  const site = await findSite(old.siteId)
  const [of] = old.series.split('/') as [ForecastOf]
  if (!site) return false
  try {
    await renewChoice(site, old.series, await readForecastSeries(site, of, nowSeconds))
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
  const { series, choice, points, isProvisional } = await forecastSite(site, of, readHorizonHours(horizon) ?? DAY_HOURS, nowSeconds)
  return {
    siteId: site.id,
    timeZone: site.timeZone,
    isSimulated: site.buildings.some(({ simulated }) => simulated),
    points,
    lastDay: await lastDay(site, series, choice),
    blend: choice.blend,
    backtest: choice.backtest,
    notes: [...(isProvisional ? [PROVISIONAL_NOTE] : []), ...historyNotes(series)],
  }
}

/** What today's choice makes of the readings from before the last day, and what came; the choice itself has seen that day. */
async function lastDay(site: SiteRow, series: RegularSeries, choice: ForecastChoice): Promise<ForecastReport['lastDay']> {
  const known = series.values.length - DAY_HOURS
  const past = { ...series, values: series.values.slice(0, known) }
  const points = await pointsOf(site, past, choice, DAY_HOURS)
  return points.map((point, hour) => {
    const actual = series.values[known + hour]!
    return { ...point, actual: Number.isNaN(actual) ? null : actual }
  })
}
