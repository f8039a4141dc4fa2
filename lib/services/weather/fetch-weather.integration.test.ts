import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { weatherStateSchema } from '@/lib/contracts/weather'
import { deleteSiteWeather, saveSiteWeather } from '@/lib/data/site-weather'
import { deleteSite } from '@/lib/data/site-write'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { FORECAST_DAYS } from '@/lib/ingest/weather/open-meteo'
import { makeSite, makeUser, TEST_SECRET, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'
import { startWeatherServer, type WeatherServerForTests } from '@/scripts/testing/weather-server'
import { fetchDueWeather, forgetOldWeather, retryDelay } from './fetch-weather'
import { getWeatherOf } from './site-weather'

const HOUR = 3600
const DAY = 24 * HOUR
let server: WeatherServerForTests
let person: TestUser
let site: TestSite

beforeAll(async () => {
  // Irradiance names the lead it was said with, temperature the hour it is of.
  server = await startWeatherServer((seconds, leadDays) => ({ temperature: (seconds / HOUR) % 24, irradiance: 100 * leadDays }))
  provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET, LOG_LEVEL: 'silent' })
  person = await makeUser('operator')
})
afterAll(async () => {
  await server.close()
  await closePool()
})
beforeEach(async () => {
  site = await makeSite([person])
  server.asked.length = 0
})
afterEach(async () => {
  server.answerWith(null)
  await pool().query('DELETE FROM site_weather')
})

const work = (timeoutMilliseconds?: number) =>
  fetchDueWeather(new AbortController().signal, createLogger('test'), {
    forecast: { url: server.url, apiKey: 'secret-key', timeoutMilliseconds },
    history: { url: `${server.url}/history/`, apiKey: 'secret-key', timeoutMilliseconds },
  })

const turnOn = (of = site, latitude = 52.52) => saveSiteWeather(of.id, { latitude, longitude: 13.41, isOn: true })
const makeDue = () => pool().query('UPDATE site_weather SET next_fetch_at = now()')

async function state(of = site) {
  const user: CurrentUser = { id: person.id, username: person.username, role: 'operator', siteScope: 'member' }
  return weatherStateSchema.parse(await getWeatherOf(user, of.id))
}

const storedOf = async (of: TestSite) =>
  (await pool().query<{ lead: number; irradiance: number; temperature: number; said: number; starts: number }>(
    `SELECT lead_days AS lead, irradiance, temperature, date_part('epoch', said_at) AS said, date_part('epoch', starts_at) AS starts
     FROM weather_forecast WHERE site_id = $1 ORDER BY starts_at, lead_days`,
    [of.id],
  )).rows

describe('what is fetched', () => {
  it('is the past by the days it was said before, and the days to come by how far they are', async () => {
    await turnOn()
    const before = Math.floor(Date.now() / 1000)
    expect(await work()).toBe(1)
    const stored = await storedOf(site)
    const past = stored.filter(({ starts }) => starts < before - 2 * DAY)
    expect(past.length).toBeGreaterThan(7 * 24 * 85)
    for (const { irradiance, lead, starts, said } of past) {
      expect(irradiance).toBe(100 * lead)
      expect(said).toBe(starts + HOUR - lead * DAY)
    }
    const coming = stored.filter(({ said }) => said >= before)
    expect(coming.length).toBeGreaterThan(24 * 7)
    for (const { lead, starts, said, temperature } of coming) {
      expect(lead).toBe(Math.min(7, Math.floor((starts + HOUR - said) / DAY)))
      // Midnight is not read as 24 o'clock: the hour before it ends at 0.
      const hour = (starts / HOUR) % 24
      expect(temperature).toBeCloseTo(hour === 23 ? 11.5 : hour + 0.5)
    }
    const { fetched, lastFetchSeconds, nextFetchSeconds, lastError } = await state()
    // What is said at 23 o'clock is of the hour before.
    const endOf = (seconds: number) => (Math.floor(seconds / DAY) + FORECAST_DAYS) * DAY - HOUR
    expect([endOf(before), endOf(Date.now() / 1000)]).toContain(fetched!.toSeconds)
    // In the last second of a day one less is left: enough for a forecast of seven days until the weather is fetched again.
    expect((FORECAST_DAYS - 1) * DAY - HOUR).toBeGreaterThan(7 * DAY + nextFetchSeconds! - lastFetchSeconds!)
    expect(lastFetchSeconds).toBeGreaterThanOrEqual(before)
    expect(nextFetchSeconds! - lastFetchSeconds!).toBeGreaterThan(2 * HOUR)
    expect(lastError).toBeNull()
  })

  it('is asked for again only when its time has come, and then without the past', async () => {
    await turnOn()
    await work()
    expect(await work()).toBe(0)
    await makeDue()
    expect(await work()).toBe(1)
    expect(server.asked.filter(({ pathname }) => pathname.startsWith('/history'))).toHaveLength(1)
    expect(server.asked).toHaveLength(3)
  })

  it('is asked for once for all sites of a place, also by several processes at a time', async () => {
    const other = await makeSite([person])
    await Promise.all([turnOn(), turnOn(other)])
    await Promise.all([work(), work(), work()])
    expect(server.asked).toHaveLength(2)
    expect((await state()).fetched).toEqual((await state(other)).fetched)
  })

  it('comes for a site that joins a place later with its past, and for the others there as well', async () => {
    const other = await makeSite([person])
    await turnOn()
    await work()
    await turnOn(other)
    await work()
    expect(server.asked).toHaveLength(4)
    expect((await storedOf(other)).length).toBe((await storedOf(site)).length)
  })

  it('is not stored, and not asked for again, for a site whose place was forgotten while it was on its way', async () => {
    await turnOn()
    const now = Math.floor(Date.now() / 1000 / HOUR) * HOUR
    const hourly = { time: [now, now + HOUR], temperature_2m: [1, 1], shortwave_radiation: [1, 1] }
    server.answerWith((_, response) => void deleteSiteWeather(site.id).then(() => response.end(JSON.stringify({ hourly }))))
    await work()
    expect(await storedOf(site)).toEqual([])
    expect(server.asked).toHaveLength(1)
  })

  it('goes with the site, and after 400 days', async () => {
    await turnOn()
    await work()
    const old = `INSERT INTO weather_forecast VALUES ($1, now() - interval '401 days', 1, now() - interval '402 days', 'service', 1, 1)`
    await pool().query(old, [site.id])
    const all = (await storedOf(site)).length
    expect(await forgetOldWeather()).toBeGreaterThan(0)
    expect((await storedOf(site)).length).toBe(all - 1)
    await deleteSite(site.id)
    expect(await storedOf(site)).toEqual([])
  })
})

describe('a weather service in trouble', () => {
  it('that asks for a pause is left alone by all sites for as long, and the page can say so', async () => {
    const other = await makeSite([person])
    await turnOn()
    await turnOn(other, 10)
    server.answerWith((_, response) => {
      response.writeHead(429, { 'retry-after': '7200', 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: true, reason: 'Minutely API request limit exceeded.' }))
    })
    expect(await work()).toBe(0)
    expect(server.asked).toHaveLength(1)
    const states = [await state(), await state(other)]
    for (const { nextFetchSeconds } of states) expect(nextFetchSeconds! - Date.now() / 1000).toBeGreaterThan(7100)
    const errors = states.flatMap(({ lastError }) => (lastError ? [lastError] : []))
    expect(errors).toMatchObject([{ kind: 'status', status: 429, reason: 'Minutely API request limit exceeded.' }])
    expect(errors[0]!.text).toMatch(/^The weather service answered 429 \(Minutely API request limit exceeded\.\); the next try is at 20.*Z\.$/)
    expect(JSON.stringify(states)).not.toContain('secret-key')
    expect(await work()).toBe(0)
    expect(server.asked).toHaveLength(1)
  })

  it.each<[string, { kind: string; status?: number }, (response: ServerResponse) => void]>([
    ['answers an error', { kind: 'status', status: 503 }, (response) => void response.writeHead(503).end('down')],
    ['answers a page', { kind: 'unreadable' }, (response) => void response.end('<html>')],
    ['answers another form', { kind: 'unreadable' }, (response) => void response.end('{"hourly":{"time":[]}}')],
    ['answers without end', { kind: 'too_large' }, (response) => void flood(response)],
    ['sends elsewhere', { kind: 'unreachable' }, (response) => void response.writeHead(302, { location: '/x' }).end()],
    ['does not answer', { kind: 'timeout' }, () => {}],
    ['stops in the middle', { kind: 'timeout' }, (response) => void response.write('{"hourly":')],
    ['hangs up', { kind: 'unreachable' }, (response) => void response.destroy()],
  ])('that %s is tried again later, and what was fetched before stays', async (_, error, answer) => {
    await turnOn()
    await work()
    const stored = await storedOf(site)
    await makeDue()
    server.answerWith((__, response) => answer(response))
    expect(await work(error.kind === 'timeout' ? 500 : undefined)).toBe(0)
    const { lastError, nextFetchSeconds } = await state()
    expect(lastError).toMatchObject(error)
    expect(nextFetchSeconds! - Date.now() / 1000).toBeGreaterThan(200)
    expect(await storedOf(site)).toEqual(stored)
    server.answerWith(null)
    await makeDue()
    expect(await work()).toBe(1)
    expect((await state()).lastError).toBeNull()
  })

  it('is asked less and less often, up to four times a day, and not by all at the same moment', () => {
    const middle = () => 0.5
    expect([1, 2, 3, 20].map((failures) => retryDelay(failures, middle))).toEqual([300, 600, 1200, 6 * HOUR])
    expect(retryDelay(1, () => 0)).toBeLessThan(retryDelay(1, () => 0.99))
  })

  it('whose archive alone fails gives the days to come, and is asked for the past again', async () => {
    await turnOn()
    server.answerWith((request, response) => {
      const url = new URL(request.url ?? '', 'http://localhost')
      if (url.pathname.startsWith('/history')) return void response.writeHead(500).end()
      const now = Math.floor(Date.now() / 1000 / HOUR) * HOUR
      const time = Array.from({ length: 48 }, (_, hour) => now + hour * HOUR)
      response.end(JSON.stringify({ hourly: { time, temperature_2m: time.map(() => 5), shortwave_radiation: time.map(() => 5) } }))
    })
    await work()
    expect(await state()).toMatchObject({ fetched: { hours: 47 }, lastError: { status: 500 } })
    server.answerWith(null)
    await makeDue()
    await work()
    expect((await storedOf(site)).length).toBeGreaterThan(7 * 24 * 85)
  })
})

async function flood(response: ServerResponse): Promise<void> {
  const piece = 'x'.repeat(256 * 1024)
  while (!response.destroyed) {
    response.write(piece)
    await sleep(1)
  }
}
