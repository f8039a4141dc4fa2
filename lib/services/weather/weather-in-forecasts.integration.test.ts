import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { findSite } from '@/lib/data/sites'
import { saveWeather } from '@/lib/data/weather-forecasts'
import { leadDaysBefore, type WeatherHour } from '@/lib/domain/weather-hours'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { sunPosition } from '@/lib/insights/forecast/clear-sky'
import { findForecastState } from '@/lib/services/forecast-choices'
import { getForecastReportOf } from '@/lib/services/forecast'
import { refitSeries } from '@/lib/services/refit-forecast'
import { hourWithTimeLeft } from '@/scripts/testing/hour-with-time-left'
import { makeSite, makeUser, TEST_SECRET, type TestSite } from '@/scripts/testing/place-fixtures'

const HOUR = 3600
const DAY = 24 * HOUR
const NOW = await hourWithTimeLeft()
const DAYS = 60
const COMING_DAYS = 8

let site: TestSite
let user: CurrentUser

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET, LOG_LEVEL: 'silent' })
  const { id, username } = await makeUser('operator')
  user = { id, username, role: 'operator', siteScope: 'member' }
  site = await makeSite([{ id, username, token: '' }], 'UTC')
  await storeGeneration()
  await saveWeather(pool(), site.id, 'own', weatherOfAllDays())
})
afterAll(closePool)

const PLACE = { latitudeDegrees: 20, longitudeDegrees: 0 }

/** W/m2: clouds come and go by the hour as by chance, but the same at each call. */
function irradianceAt(startSeconds: number): number {
  const chance = Math.abs(Math.sin(startSeconds * 12.9898) * 43_758.5453) % 1
  const cloudiness = Math.abs(Math.sin(Math.floor(startSeconds / DAY) * 78.233) * 12_543.123) % 1
  const { sinElevation } = sunPosition(PLACE, startSeconds + HOUR / 2)
  return 1000 * Math.max(0, sinElevation) * (1 - 0.85 * cloudiness * (0.5 + 0.5 * chance))
}

async function storeGeneration(): Promise<void> {
  const hours = Array.from({ length: DAYS * 24 }, (_, hour) => NOW - DAYS * DAY + hour * HOUR)
  await pool().query('SELECT ensure_partitions(to_timestamp($1), to_timestamp($2))', [NOW - (DAYS + 1) * DAY, NOW])
  await pool().query(
    `INSERT INTO power_hour (building_key, hour, energy_wh, covered_seconds, min_watts, max_watts)
     SELECT $1::int, to_timestamp(h), wh, 3600, wh, wh FROM unnest($2::float8[], $3::float8[]) AS u(h, wh)`,
    [site.buildingKey, hours, hours.map((at) => -4 * irradianceAt(at))],
  )
}

/** Of the past as it was forecast one to seven days before, of what comes as it is forecast now. */
function weatherOfAllDays(): WeatherHour[] {
  const hours: WeatherHour[] = []
  for (let startSeconds = NOW - DAYS * DAY; startSeconds < NOW + COMING_DAYS * DAY; startSeconds += HOUR) {
    const said = startSeconds < NOW ? [1, 2, 3, 4, 5, 6, 7].map((days) => startSeconds + HOUR - days * DAY) : [NOW]
    for (const saidSeconds of said) {
      const leadDays = leadDaysBefore(startSeconds, saidSeconds)!
      hours.push({ startSeconds, saidSeconds, leadDays, irradiance: irradianceAt(startSeconds), temperature: 20 })
    }
  }
  return hours
}

const report = async () => (await getForecastReportOf(user, site.id, { horizon: '24h', of: 'solar' }, NOW))!

describe('the forecast of what a plant feeds in', () => {
  it('follows the weather forecast where that proved better, and says whose', async () => {
    const first = await report()
    expect(first.weather).toBeNull()
    await refitSeries((await findSite(site.id))!, 'solar/day', NOW)
    const { weather, points, backtest } = await report()
    expect(weather).toBe('own')
    expect(backtest.meanAbsoluteError).toBeLessThan(first.backtest.meanAbsoluteError / 2)
    const actual = points.map(({ startSeconds }) => 4 * irradianceAt(startSeconds))
    const missed = points.reduce((sum, { value }, hour) => sum + Math.abs(value - actual[hour]!), 0)
    const most = actual.reduce((sum, watts) => sum + watts, 0)
    expect(missed / most).toBeLessThan(0.3)
  })

  it('answers by what it does without where the weather is known no more, from the same choice', async () => {
    const before = (await findForecastState(site.id, 'solar/day')).inUse
    await pool().query('DELETE FROM weather_forecast WHERE site_id = $1', [site.id])
    const { weather, points, blend } = await report()
    expect(weather).toBeNull()
    expect(points).toHaveLength(24)
    expect(points.every(({ value, lower95, upper95 }) => lower95 <= value && value <= upper95)).toBe(true)
    expect(Math.max(...points.map(({ value }) => value))).toBeGreaterThan(500)
    expect(before!.choice.withoutWeather?.blend).toEqual(blend)
    expect((await findForecastState(site.id, 'solar/day')).inUse?.choice).toEqual(before!.choice)
  })
})
