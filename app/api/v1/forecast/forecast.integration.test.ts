import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { forecastAnswerSchema, forecastReportSchema } from '@/lib/contracts/forecast'
import { problemSchema } from '@/lib/contracts/problem'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { QUICK_CANDIDATES } from '@/lib/insights/forecast/profile-candidates'
import { findForecastState, type ForecastState } from '@/lib/services/forecast-choices'
import { renewOldestChoice } from '@/lib/services/refit-forecast'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { hourWithTimeLeft } from '@/scripts/testing/hour-with-time-left'
import { setCheckpoint, writeMadeUpMinutes } from '@/scripts/testing/made-up-minutes'
import { makeSite, makeUser, TEST_SECRET, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'
import * as report from '../sites/[id]/forecast/route'
import * as forecast from './route'

const HOUR = 3600
const NOW = await hourWithTimeLeft()

let owner: TestUser
let site: TestSite
let young: TestSite

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  owner = await makeUser('viewer')
  site = await makeSite([owner])
  young = await makeSite([owner])
  await writeMadeUpMinutes({ buildingKey: site.buildingKey, fromSeconds: NOW - 12 * 24 * HOUR, toSeconds: NOW, hasSolar: false })
  await setCheckpoint(pool(), site.buildingKey, NOW - 5000)
  await writeMadeUpMinutes({ buildingKey: young.buildingKey, fromSeconds: NOW - 24 * HOUR, toSeconds: NOW, hasSolar: false })
})
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

const ask = (query: string, user: TestUser | null = owner) =>
  forecast.GET(
    new Request(`http://localhost/api/v1/forecast?${query}`, {
      headers: user ? { cookie: `next-auth.session-token=${user.token}` } : {},
    }),
    { params: Promise.resolve({}) },
  )

async function forecastOf(query: string) {
  const response = await ask(query)
  const body: unknown = await response.json()
  expect(response.status, JSON.stringify(body)).toBe(200)
  return forecastAnswerSchema.parse(body)
}

describe('GET /api/v1/forecast', () => {
  it('answers as the contract says: an hour each from now on, decimal strings, the band around the forecast', async () => {
    const { data, horizon, siteId } = await forecastOf(`siteId=${site.id}&horizon=24h`)
    expect({ horizon, siteId }).toEqual({ horizon: '24h', siteId: site.id })
    expect(data.map(({ timestamp }) => Date.parse(timestamp) / 1000)).toEqual(
      Array.from({ length: 24 }, (_, hour) => NOW + hour * HOUR),
    )
    for (const { predictedPower, lower95, upper95, confidence } of data) {
      expect(Number(lower95)).toBeLessThanOrEqual(Number(predictedPower))
      expect(Number(upper95)).toBeGreaterThanOrEqual(Number(predictedPower))
      expect(Number(confidence)).toBeGreaterThanOrEqual(0)
      expect(Number(confidence)).toBeLessThanOrEqual(1)
    }
    expect((await forecastOf(`siteId=${site.id}&horizon=7d`)).data).toHaveLength(168)
    expect((await forecastOf(`siteId=${site.id}&horizon=1h`)).data).toHaveLength(1)
  })

  it('forecasts an appliance that runs here, and says so where one does not', async () => {
    const oven = await forecastOf(`siteId=${site.id}&appliance=ElectricOven`)
    expect(oven.data.every(({ lower95 }) => Number(lower95) >= 0)).toBe(true)
    const dryer = await ask(`siteId=${site.id}&appliance=Dryer`)
    expect(dryer.status).toBe(409)
    expect(problemSchema.parse(await dryer.json()).detail).toMatch(/Dryer has not been seen/)
  })

  it('refuses without inventing: too little history 409, no generation 409, a wrong horizon 422, a stranger’s site 404', async () => {
    const tooYoung = await ask(`siteId=${young.id}`)
    expect(tooYoung.status).toBe(409)
    expect(problemSchema.parse(await tooYoung.json()).detail).toMatch(/not enough history/)
    expect((await ask(`siteId=${site.id}&series=solar`)).status).toBe(409)
    expect((await ask(`siteId=${site.id}&horizon=8d`)).status).toBe(422)
    expect((await ask(`siteId=${site.id}&horizon=0h`)).status).toBe(422)
    expect((await ask('horizon=1h')).status).toBe(422)
    expect((await ask(`siteId=${site.id}`, await makeUser('operator'))).status).toBe(404)
    expect((await ask(`siteId=${site.id}`, null)).status).toBe(401)
  })

  it('moves when the data move: twice the energy is twice the forecast, once the background has looked again', async () => {
    await forecastOf(`siteId=${site.id}`)
    while (await renewOldestChoice());
    const before = await forecastOf(`siteId=${site.id}`)
    const sum = ({ data }: typeof before) => data.reduce((total, { predictedPower }) => total + Number(predictedPower), 0)
    const keys = [site.buildingKey]
    await pool().query('UPDATE power_minute SET energy_wh = energy_wh * 2 WHERE building_key = ANY($1)', [keys])
    await pool().query(
      `UPDATE power_hour SET energy_wh = energy_wh * 2,
         quarter_imported_wh = (SELECT array_agg(wh * 2 ORDER BY n) FROM unnest(quarter_imported_wh) WITH ORDINALITY AS q(wh, n))
       WHERE building_key = ANY($1)`,
      [keys],
    )
    const after = await forecastOf(`siteId=${site.id}`)
    expect(sum(after) / sum(before)).toBeCloseTo(2, 1)
    const chosenBefore = await findForecastState(site.id, 'load/day')
    await pool().query(`UPDATE site_forecast SET known_until = known_until - interval '2 days' WHERE site_id = $1`, [site.id])
    while (await renewOldestChoice());
    const chosenAfter = await findForecastState(site.id, 'load/day')
    expect(chosenAfter.look?.knownUntil).toBe(chosenBefore.look?.knownUntil)
    expect(errorOf(chosenAfter) / errorOf(chosenBefore)).toBeCloseTo(2, 1)
  })

  it('answers at once by simple means and says so, until the background has compared all ways', async () => {
    const fresh = await makeSite([owner])
    await writeMadeUpMinutes({ buildingKey: fresh.buildingKey, fromSeconds: NOW - 8 * 24 * HOUR, toSeconds: NOW, hasSolar: false })
    await setCheckpoint(pool(), fresh.buildingKey, NOW)
    const first = await reportOf(fresh)
    expect(first.notes.map(({ kind }) => kind)).toContain('provisional')
    expect(first.points).toHaveLength(24)
    // Nobody waits: few quick ways, on few moments.
    expect(QUICK_CANDIDATES.map(({ name }) => name)).toEqual(expect.arrayContaining(first.blend.map(({ name }) => name)))
    expect(first.backtest.origins).toBeLessThanOrEqual(40)
    expect((await findForecastState(fresh.id, 'load/day')).look?.knownUntil).toBe(0)
    while (await renewOldestChoice());
    expect((await findForecastState(fresh.id, 'load/day')).look?.knownUntil).toBeGreaterThan(NOW - 2 * HOUR)
    const second = await reportOf(fresh)
    expect(second.notes.map(({ kind }) => kind)).not.toContain('provisional')
    expect(second.blend).not.toEqual(first.blend)
  })

  it('shows what a forecast made a day ago would have said beside what came', async () => {
    const { lastDay, blend, backtest, notes, points, total } = await reportOf(site)
    expect(lastDay).toHaveLength(24)
    expect(lastDay.filter(({ actual }) => actual !== null).length).toBeGreaterThan(12)
    expect(blend.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6)
    expect(backtest.origins).toBeGreaterThan(3)
    expect(notes.map(({ kind }) => kind)).toContain('short')
    const { energyKwh, interval } = total
    if (interval === null) expect(energyKwh).toBeCloseTo(points.reduce((kwh, { value }) => kwh + value / 1000, 0), 9)
    else {
      expect(energyKwh).toBeGreaterThanOrEqual(interval.lowerKwh)
      expect(energyKwh).toBeLessThanOrEqual(interval.upperKwh)
      expect(interval.percent).toBeGreaterThanOrEqual(80)
    }
  })
})

async function reportOf({ id }: TestSite) {
  const response = await report.GET(
    new Request(`http://localhost/api/v1/sites/${id}/forecast`, { headers: { cookie: `next-auth.session-token=${owner.token}` } }),
    { params: Promise.resolve({ id }) },
  )
  return forecastReportSchema.parse(await response.json())
}

const errorOf = ({ inUse }: ForecastState) => inUse?.choice.backtest.meanAbsoluteError ?? Number.NaN
