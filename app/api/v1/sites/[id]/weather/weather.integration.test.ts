import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type WeatherState, weatherForecastsStoredSchema, weatherStateSchema } from '@/lib/contracts/weather'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { FORECAST_DAYS } from '@/lib/ingest/weather/open-meteo'
import { fetchDueWeather } from '@/lib/services/weather/fetch-weather'
import { callApi } from '@/scripts/testing/api-call'
import { makeSite, makeUser, TEST_SECRET, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'
import { startWeatherServer, type WeatherServerForTests } from '@/scripts/testing/weather-server'
import { POST as storeForecasts } from './forecasts/route'
import { DELETE, GET, PUT } from './route'

const HOUR = 3600
let server: WeatherServerForTests
let operator: TestUser
let viewer: TestUser
let stranger: TestUser
let site: TestSite

beforeAll(async () => {
  // Irradiance names the lead it was said with, temperature the hour it is of.
  server = await startWeatherServer((seconds, leadDays) => ({ temperature: (seconds / HOUR) % 24, irradiance: 100 * leadDays }))
  provideEnv({
    DATABASE_URL: inject('databaseUrl'),
    NEXTAUTH_SECRET: TEST_SECRET,
    LOG_LEVEL: 'silent',
    WEATHER_API_URL: server.url,
    WEATHER_HISTORY_API_URL: `${server.url}/history/`,
    WEATHER_API_KEY: 'secret-key',
  })
  ;[operator, viewer, stranger] = await Promise.all([makeUser('operator'), makeUser('viewer'), makeUser('operator')])
})
afterAll(async () => {
  await server.close()
  await closePool()
})
beforeEach(async () => {
  site = await makeSite([operator, viewer])
  server.asked.length = 0
})
afterEach(async () => {
  await pool().query('DELETE FROM site_weather')
})

const params = () => ({ id: site.id })
const work = () => fetchDueWeather(new AbortController().signal, createLogger('test'))

async function state(of = site, as = viewer): Promise<WeatherState> {
  return weatherStateSchema.parse((await callApi(GET, { as, params: { id: of.id } })).body)
}

async function turnOn(of = site, as = operator, body: object = { latitude: 52.523456, longitude: 13.414, isOn: true }) {
  return callApi(PUT, { as, params: { id: of.id }, body, method: 'PUT' })
}

const storedOf = async (of: TestSite) =>
  (await pool().query<{ lead: number; irradiance: number; temperature: number }>(
    `SELECT lead_days AS lead, irradiance, temperature FROM weather_forecast WHERE site_id = $1 ORDER BY starts_at, lead_days`,
    [of.id],
  )).rows

describe('the place of a site', () => {
  it('is unknown, and nothing is fetched, until somebody with the right gives it and switches it on', async () => {
    expect(await state()).toMatchObject({ place: null, isOn: false, lastFetchSeconds: null, nextFetchSeconds: null, fetched: null })
    expect((await turnOn(site, viewer)).status).toBe(403)
    await turnOn(site, operator, { latitude: 52.52, longitude: 13.41, isOn: false })
    expect(await state()).toMatchObject({ place: { latitude: 52.52, longitude: 13.41 }, isOn: false, nextFetchSeconds: null })
    expect(await work()).toBe(0)
    expect(server.asked).toEqual([])
  })

  it('is kept and sent rounded, with nothing else of the site', async () => {
    expect(weatherStateSchema.parse((await turnOn()).body)).toMatchObject({ place: { latitude: 52.52, longitude: 13.41 }, isOn: true })
    await work()
    expect(server.asked.map(({ pathname }) => pathname)).toEqual(['/v1/forecast', '/history/v1/forecast'])
    for (const { searchParams } of server.asked) {
      const { latitude, longitude, hourly: _, ...rest } = Object.fromEntries(searchParams)
      expect([latitude, longitude]).toEqual(['52.52', '13.41'])
      const names = ['apikey', 'forecast_days', 'past_days', 'timeformat', 'timezone']
      expect(names).toEqual(expect.arrayContaining(Object.keys(rest)))
    }
  })

  it('says to which hosts it is sent, and who is to be credited', async () => {
    const { hosts, credit } = await state()
    expect(hosts).toEqual([new URL(server.url).host])
    expect(credit).toMatchObject({ name: 'Open-Meteo.com', licence: 'CC BY 4.0' })
  })

  it('does not exist for who is not a member', async () => {
    for (const call of [
      callApi(GET, { as: stranger, params: params() }),
      turnOn(site, stranger),
      callApi(DELETE, { as: stranger, params: params(), method: 'DELETE' }),
      callApi(storeForecasts, { as: stranger, params: params(), body: { hours: [own(1)] } }),
    ]) expect((await call).status).toBe(404)
    expect(await state()).toMatchObject({ place: null, own: null })
  })

  it('is in the audit log when it comes, changes and goes', async () => {
    await turnOn()
    await callApi(DELETE, { as: operator, params: params(), method: 'DELETE' })
    const { rows } = await pool().query<{ action: string; before: unknown; after: unknown }>(
      'SELECT action, before, after FROM audit_log WHERE target = $1 ORDER BY id',
      [site.id],
    )
    expect(rows).toMatchObject([
      { action: 'weather.update', before: { place: null }, after: { place: { latitude: 52.52 }, isOn: true } },
      { action: 'weather.delete', before: { place: { latitude: 52.52 } }, after: null },
    ])
  })

  it.each([
    ['no place on Earth', { latitude: 91, longitude: 0, isOn: true }],
    ['half a place', { latitude: 52, isOn: true }],
    ['text', { latitude: '52', longitude: '13', isOn: true }],
  ])('is refused where it is %s', async (_, body) => {
    expect((await turnOn(site, operator, body)).status).toBe(422)
  })

  it('takes what was fetched for it along when it changes or is forgotten; forecasts of its people stay', async () => {
    // Beyond what is fetched at any hour of the day: what is fetched later replaces what was said earlier of the same hour.
    await callApi(storeForecasts, { as: operator, params: params(), body: { hours: [own(FORECAST_DAYS * 24)] } })
    await turnOn()
    await work()
    expect((await state()).fetched).not.toBeNull()
    await turnOn(site, operator, { latitude: 48.1, longitude: 11.6, isOn: true })
    expect(await state()).toMatchObject({ place: { latitude: 48.1 }, fetched: null, lastFetchSeconds: null, own: { hours: 1 } })
    await work()
    expect((await callApi(DELETE, { as: operator, params: params(), method: 'DELETE' })).status).toBe(204)
    expect(await state()).toMatchObject({ place: null, isOn: false, fetched: null, own: { hours: 1 } })
    expect(await work()).toBe(0)
  })
})

const own = (hoursAhead: number, more: object = {}) => {
  const now = Math.floor(Date.now() / 1000 / HOUR) * HOUR
  return {
    startsAt: new Date((now + hoursAhead * HOUR) * 1000).toISOString(),
    issuedAt: new Date((Math.min(hoursAhead, 0) * HOUR + now) * 1000).toISOString(),
    irradianceWattsPerSquareMetre: 321,
    ...more,
  }
}

describe('forecasts that people bring along', () => {
  const send = (hours: unknown[], as = operator) => callApi(storeForecasts, { as, params: params(), body: { hours } })

  it('are stored by how long before they were issued, and twice is once', async () => {
    const hours = [own(5), own(30), own(-50, { temperatureCelsius: -3 })]
    for (let time = 0; time < 2; time++) {
      const { status, body } = await send(hours)
      expect(status, JSON.stringify(body)).toBe(200)
      expect(weatherForecastsStoredSchema.parse(body).stored).toBe(3)
    }
    expect((await storedOf(site)).map(({ lead, irradiance, temperature }) => [lead, irradiance, temperature])).toEqual([
      [0, 321, -3], [0, 321, null], [1, 321, null],
    ])
    expect(await state()).toMatchObject({ place: null, own: { hours: 3 } })
  })

  it('give way to what was said later of the same hour and day, not to what was said earlier', async () => {
    const issued = (secondsAgo: number, irradianceWattsPerSquareMetre: number) =>
      own(10, { issuedAt: new Date(Date.now() - secondsAgo * 1000).toISOString(), irradianceWattsPerSquareMetre })
    await send([issued(60, 2)])
    await send([issued(600, 1)])
    expect((await storedOf(site)).map(({ irradiance }) => irradiance)).toEqual([2])
    await send([issued(1, 3), issued(900, 0)])
    expect((await storedOf(site)).map(({ irradiance }) => irradiance)).toEqual([3])
  })

  it.each([
    ['startsAt', 'on no full hour', () => own(5, { startsAt: '2026-11-22T10:30:00Z' })],
    ['startsAt', 'of long ago', () => own(-401 * 24)],
    ['startsAt', 'of too far ahead', () => own(17 * 24)],
    ['issuedAt', 'issued after they were over', () => own(-5, { issuedAt: new Date().toISOString() })],
    ['issuedAt', 'issued in the future', () => own(5, { issuedAt: new Date(Date.now() + HOUR * 1000).toISOString() })],
    ['irradianceWattsPerSquareMetre', 'of no radiation there can be', () => own(5, { irradianceWattsPerSquareMetre: -1 })],
    ['', 'that say nothing', () => own(5, { irradianceWattsPerSquareMetre: null })],
  ])('name the field %s where they are %s, and store nothing', async (field, _, hour) => {
    const { status, body } = await send([own(1), hour()])
    expect(status).toBe(422)
    expect((body as { detail: string }).detail).toContain(`body.hours.1${field && `.${field}`}`)
    expect(await storedOf(site)).toEqual([])
  })

  it('are for operators to send', async () => {
    expect((await send([own(1)], viewer)).status).toBe(403)
  })
})
