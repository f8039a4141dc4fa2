import type { CurrentUser } from '@/lib/contracts/current-user'
import {
  WEATHER_CREDIT, WEATHER_KEPT_DAYS, type WeatherError, type WeatherForecastsBody, type WeatherForecastsStored, type WeatherSettings,
  type WeatherState,
} from '@/lib/contracts/weather'
import { askForForecastChoices } from '@/lib/data/site-forecasts'
import { deleteSiteWeather, findSiteWeather, saveSiteWeather } from '@/lib/data/site-weather'
import { isSiteVisible } from '@/lib/data/sites'
import { hasWeather, saveWeather, weatherExtents } from '@/lib/data/weather-forecasts'
import { leadDaysBefore, newestByLead, type WeatherHour } from '@/lib/domain/weather-hours'
import { env } from '@/lib/env'
import { pool } from '@/lib/infra/db'

const HOUR_SECONDS = 3600
const DAY_SECONDS = 86_400
const FURTHEST_DAYS = 16
/** Clocks differ. */
const CLOCK_SLACK_SECONDS = 300

/** What is known of the weather of one of the user's sites; null = no such site, as below. */
export async function getWeatherOf(user: CurrentUser, siteId: string): Promise<WeatherState | null> {
  if (!(await isSiteVisible(user, siteId))) return null
  const [kept, extents] = await Promise.all([findSiteWeather(siteId), weatherExtents(siteId)])
  const { WEATHER_API_URL, WEATHER_HISTORY_API_URL } = env()
  const isOn = kept?.isOn ?? false
  const nextFetchSeconds = kept && isOn ? kept.nextFetchSeconds : null
  return {
    place: kept && { latitude: kept.latitude, longitude: kept.longitude },
    isOn,
    hosts: [...new Set([WEATHER_API_URL, WEATHER_HISTORY_API_URL].map((url) => new URL(url).host))],
    credit: WEATHER_CREDIT,
    lastFetchSeconds: kept?.fetchedSeconds ?? null,
    nextFetchSeconds,
    lastError:
      kept?.lastError && kept.failedSeconds !== null
        ? { ...kept.lastError, atSeconds: kept.failedSeconds, text: errorText(kept.lastError, nextFetchSeconds) }
        : null,
    fetched: extents.service,
    own: extents.own,
  }
}

function errorText({ kind, status, reason }: WeatherError, nextFetchSeconds: number | null): string {
  const said = reason === null ? '' : ` (${reason})`
  const what = {
    status: `answered ${status}${said}`,
    timeout: 'did not answer in time',
    unreachable: 'could not be reached',
    too_large: 'answered more than a forecast can be',
    unreadable: `answered something that is no forecast${said}`,
  }[kind]
  const next = nextFetchSeconds === null ? '' : `; the next try is at ${new Date(nextFetchSeconds * 1000).toISOString()}`
  return `The weather service ${what}${next}.`
}

/** Says where a site is, and whether the place may be sent to the weather service. */
export async function setWeatherOf(user: CurrentUser, siteId: string, settings: WeatherSettings): Promise<WeatherState | null> {
  if (!(await isSiteVisible(user, siteId))) return null
  const { latitude, longitude, isOn } = settings
  await saveSiteWeather(siteId, { latitude: rounded(latitude), longitude: rounded(longitude), isOn })
  return getWeatherOf(user, siteId)
}

/** The service needs no more, and nobody else is to know where a home stands. */
const rounded = (degrees: number) => Math.round(degrees * 100) / 100

/** Forgets a site's place and what was fetched for it; forecasts of its own people stay. @returns whether there was a place */
export async function removeWeatherOf(user: CurrentUser, siteId: string): Promise<boolean | null> {
  if (!(await isSiteVisible(user, siteId))) return null
  const removed = await deleteSiteWeather(siteId)
  if (removed) await askForForecastChoices(siteId)
  return removed
}

/** Why nothing was stored: which field, and what to do about it. */
export interface WeatherRefusal {
  field: string
  message: string
}

/** Stores forecasts that somebody brings along; of two of the same hour and lead the one that was issued last stays. */
export async function storeForecastsOf(
  user: CurrentUser,
  siteId: string,
  { hours }: WeatherForecastsBody,
  nowSeconds = Date.now() / 1000,
): Promise<WeatherForecastsStored | WeatherRefusal | null> {
  if (!(await isSiteVisible(user, siteId))) return null
  const read: WeatherHour[] = []
  for (const [index, hour] of hours.entries()) {
    const made = readHour(hour, nowSeconds)
    if ('field' in made) return { ...made, field: `body.hours.${index}.${made.field}` }
    read.push(made)
  }
  const sorted = newestByLead(read)
  const isFirst = !(await hasWeather(siteId))
  const stored = await saveWeather(pool(), siteId, 'own', sorted)
  if (isFirst) await askForForecastChoices(siteId)
  return { stored, from: sorted[0]!.startSeconds, to: sorted.at(-1)!.startSeconds }
}

function readHour(hour: WeatherForecastsBody['hours'][number], nowSeconds: number): WeatherHour | WeatherRefusal {
  const startSeconds = Date.parse(hour.startsAt) / 1000
  const saidSeconds = Math.floor(Date.parse(hour.issuedAt) / 1000)
  const leadDays = leadDaysBefore(startSeconds, saidSeconds)
  if (startSeconds % HOUR_SECONDS !== 0) return { field: 'startsAt', message: 'Hours begin on a full hour (UTC).' }
  if (startSeconds < nowSeconds - WEATHER_KEPT_DAYS * DAY_SECONDS)
    return { field: 'startsAt', message: `Hours are kept for ${WEATHER_KEPT_DAYS} days; leave out older ones.` }
  if (startSeconds > nowSeconds + FURTHEST_DAYS * DAY_SECONDS)
    return { field: 'startsAt', message: `A forecast reaches ${FURTHEST_DAYS} days ahead at most.` }
  if (saidSeconds > nowSeconds + CLOCK_SLACK_SECONDS) return { field: 'issuedAt', message: 'This time is still to come.' }
  if (leadDays === null) return { field: 'issuedAt', message: 'A forecast is issued before its hour has ended.' }
  const { irradianceWattsPerSquareMetre: irradiance, temperatureCelsius: temperature } = hour
  return { startSeconds, saidSeconds, leadDays, irradiance, temperature }
}
