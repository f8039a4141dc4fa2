import { setTimeout as sleep } from 'node:timers/promises'
import { WEATHER_KEPT_DAYS } from '@/lib/contracts/weather'
import { askForForecastChoices } from '@/lib/data/site-forecasts'
import {
  type DuePlace, lockSitesAt, markFetched, markFetchFailed, markHistoryFetched, postponeFetches, takeDuePlace,
} from '@/lib/data/site-weather'
import { deleteOldWeather, saveWeather } from '@/lib/data/weather-forecasts'
import { env } from '@/lib/env'
import { withTransaction } from '@/lib/infra/db'
import type { Logger } from '@/lib/infra/logger'
import { fetchForecast, fetchPastForecasts, type WeatherServer, WeatherServiceError } from '@/lib/ingest/weather/open-meteo'

const FETCH_EVERY_SECONDS = 3 * 3600
/** Longer than two requests may take; then another process tries. */
const LEASE_SECONDS = 300
/** Far fewer requests than the service allows in a minute. */
const PAUSE_MILLISECONDS = 500
const FIRST_RETRY_SECONDS = 300
const LONGEST_RETRY_SECONDS = 6 * 3600
const LONGEST_RETRY_AFTER_SECONDS = 86_400
/** Waits differ by up to this share to either side, so that those who failed together do not come back together. */
const JITTER = 0.2
const TOO_MANY_REQUESTS = 429

export interface WeatherServers {
  forecast: WeatherServer
  history: WeatherServer
}

const configuredServers = (): WeatherServers => {
  const { WEATHER_API_URL, WEATHER_HISTORY_API_URL, WEATHER_API_KEY: apiKey } = env()
  return { forecast: { url: WEATHER_API_URL, apiKey }, history: { url: WEATHER_HISTORY_API_URL, apiKey } }
}

/**
 * Fetches the weather of each place whose turn has come, one after the other and once for all sites there. Where the service fails
 * the others wait for the next call, so that a service in trouble hears of one place at a time.
 * @returns how many places were fetched
 */
export async function fetchDueWeather(stopped: AbortSignal, log: Logger, servers = configuredServers()): Promise<number> {
  for (let fetched = 0; ; fetched++) {
    const place = stopped.aborted ? null : await takeDuePlace(LEASE_SECONDS)
    if (!place) return fetched
    try {
      await fetchPlace(place, servers, stopped)
    } catch (error) {
      if (stopped.aborted) return fetched
      if (!(error instanceof WeatherServiceError)) throw error
      log.warn({ ...error.detail, failures: place.failures + 1 }, 'the weather service failed, trying again later')
      return fetched
    }
    await sleep(PAUSE_MILLISECONDS, undefined, { signal: stopped }).catch(() => {})
  }
}

async function fetchPlace(place: DuePlace, servers: WeatherServers, stopped: AbortSignal): Promise<void> {
  const hours = await orRetry(place, place.siteIds, fetchForecast(servers.forecast, place, stopped))
  const asking = await withTransaction(async (client) => {
    const siteIds = await lockSitesAt(client, place.siteIds, place)
    for (const id of siteIds) await saveWeather(client, id, 'service', hours)
    await markFetched(client, siteIds, nowSeconds() + jittered(FETCH_EVERY_SECONDS))
    return siteIds
  })
  // Who has switched it off meanwhile must not find the place asked for again.
  const withoutHistory = place.withoutHistory.filter((id) => asking.includes(id))
  if (withoutHistory.length === 0) return
  const past = await orRetry(place, withoutHistory, fetchPastForecasts(servers.history, place, stopped))
  const filled = await withTransaction(async (client) => {
    const siteIds = await lockSitesAt(client, withoutHistory, place)
    for (const id of siteIds) await saveWeather(client, id, 'service', past, 'first stored')
    await markHistoryFetched(client, siteIds)
    return siteIds
  })
  // With a past to try it on, ways to forecast that look at the weather can be chosen.
  for (const id of filled) await askForForecastChoices(id)
}

/** Notes at the sites why nothing came, and when it is tried again, before it throws. */
async function orRetry<Answer>({ failures }: DuePlace, siteIds: readonly string[], asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof WeatherServiceError)) throw error
    const { detail, retryAfterSeconds } = error
    const wait = Math.max(retryDelay(failures + 1), Math.min(retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER_SECONDS))
    const nextSeconds = nowSeconds() + wait
    await markFetchFailed(siteIds, detail, failures + 1, nextSeconds)
    if (detail.status === TOO_MANY_REQUESTS) await postponeFetches(nextSeconds)
    throw error
  }
}

/** Seconds until the next attempt after so many failed ones: twice as long each time, up to a limit. */
export function retryDelay(failures: number, random = Math.random): number {
  return jittered(Math.min(LONGEST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** (failures - 1)), random)
}

const jittered = (seconds: number, random = Math.random) => seconds * (1 + JITTER * (2 * random() - 1))

const nowSeconds = () => Date.now() / 1000

/** Forgets forecasts of hours that nothing looks back on. @returns how many */
export const forgetOldWeather = () => deleteOldWeather(WEATHER_KEPT_DAYS)
