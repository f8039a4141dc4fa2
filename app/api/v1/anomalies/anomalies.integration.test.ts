import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { anomalyDetailSchema, siteAnomaliesSchema, type Anomaly } from '@/lib/contracts/anomalies'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { findSite } from '@/lib/data/sites'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { AnomalyFollower } from '@/lib/services/anomalies'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { watchDueSites, watchSite } from '@/lib/services/watch-anomalies'
import { callApi } from '@/scripts/testing/api-call'
import { makeSite, makeUser, TEST_SECRET, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'
import * as one from './[id]/route'
import * as list from './route'

const HOUR = 3600
const DAY = 24 * HOUR
/** What is usual depends on the hour, and so does what an incident spans: it is the last time that it was this hour, UTC. */
const NOW_HOUR = 18
const NOW = Math.floor((Date.now() / 1000 - NOW_HOUR * HOUR) / DAY) * DAY + NOW_HOUR * HOUR
const DAYS = 30

let owner: TestUser
let viewer: TestUser
let site: TestSite

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  owner = await makeUser('operator')
  viewer = await makeUser('viewer')
})
beforeEach(async () => {
  // Where clocks never change: the hours below are of UTC, what is usual is of local hours.
  site = await makeSite([owner, viewer], 'UTC')
  await pool().query('SELECT ensure_partitions(to_timestamp($1), to_timestamp($2))', [NOW - (DAYS + 1) * 86_400, NOW])
  await pool().query(
    `INSERT INTO power_hour (building_key, hour, energy_wh, covered_seconds, min_watts, max_watts)
     SELECT $1::int, to_timestamp($2) + n * interval '1 hour', 300 + 200 * sin(($4::int + n) % 24) + n / 24, 3600, 110 + n / 24 % 3, 900
     FROM generate_series(0, $3::int - 1) AS n`,
    [site.buildingKey, NOW - DAYS * DAY, DAYS * 24, NOW_HOUR],
  )
})
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

async function look(): Promise<string[]> {
  return watchSite((await findSite(site.id))!, NOW)
}

async function listed(as = owner): Promise<Anomaly[]> {
  const request = new Request(`http://localhost/api/v1/anomalies?siteId=${site.id}`, { headers: { authorization: `Bearer ${as.token}` } })
  const response = await list.GET(request, { params: Promise.resolve({}) })
  expect(response.status).toBe(200)
  return siteAnomaliesSchema.parse(await response.json()).data
}

async function kettleRuns(lastMinutes: number): Promise<void> {
  const versionId = await ensureModelVersion('made-up', '1')
  await pool().query(
    `INSERT INTO activation (building_key, appliance, started_at, ended_at, energy_wh, peak_watts, confidence, model_version_id)
     SELECT $1::int, $2::smallint, s, s + CASE WHEN s > to_timestamp($3) - interval '30 hours' THEN $4::int ELSE 3 END * interval '1 minute',
       100, 2000, 0.9, $5::int
     FROM generate_series(to_timestamp($3) - interval '20 days', to_timestamp($3) - interval '1 day', interval '1 day') AS s`,
    [site.buildingKey, APPLIANCES.indexOf('ElectricKettle'), NOW, lastMinutes, versionId],
  )
}

const changeHours = (from: number, change: string) =>
  pool().query(`UPDATE power_hour SET ${change} WHERE building_key = $1 AND hour >= to_timestamp($2)`, [site.buildingKey, NOW - from * HOUR])

describe('anomalies', () => {
  it('that many are found in one look all reach who follows the site, once each, in order', async () => {
    const follower = new AnomalyFollower(site.id)
    const store = (from: number, count: number) =>
      pool().query(
        `INSERT INTO anomaly (id, site_id, building_key, type, severity, started_at, last_seen_at, value, expected_value, unit, strength,
           confidence, details, curve)
         SELECT 'many_' || $1 || n, $1, $2, 'standby', 'info', now(), now(), 2, 1, 'W', 1, 0.5, '{}', '[]'
         FROM generate_series($3::int, $3 + $4 - 1) n`,
        [site.id, site.buildingKey, from, count],
      )
    const numbers = async () => (await follower.next()).map(({ id }) => Number(id.replace(`many_${site.id}`, '')))
    expect(await numbers()).toEqual([])
    await store(1, 120)
    expect(await numbers()).toEqual(Array.from({ length: 120 }, (_, index) => index + 1))
    expect(await numbers()).toEqual([])
    await store(121, 50)
    expect(await numbers()).toHaveLength(50)
    expect(await new AnomalyFollower(site.id, Date.now() / 1000 + 60).next()).toEqual([])
  })

  it('finds nothing where nothing happened', async () => {
    await kettleRuns(3)
    expect(await look()).toEqual([])
    expect(await listed()).toEqual([])
  })

  it('answers what the stored hours say, and something else when they change', async () => {
    // As many hours as an incident has: which of several as unusual stretches it tells of is left open.
    await changeHours(4, 'energy_wh = energy_wh + 2000, max_watts = 3500')
    await look()
    const [first] = await listed()
    expect(first).toMatchObject({ type: 'unusual_consumption', severity: expect.any(String), buildingId: site.buildingId, status: 'open' })
    expect(first!.value - first!.expectedValue).toBeCloseTo(8, 0)
    expect(first!.deviation).toBeCloseTo(100 * (first!.value / first!.expectedValue - 1), 6)
    await changeHours(4, 'energy_wh = energy_wh + 1000')
    expect(await look()).toEqual([])
    const [second] = await listed()
    expect(second!.id).toBe(first!.id)
    expect(second!.value - first!.value).toBeCloseTo(4, 6)
    expect(second!.message).not.toBe(first!.message)
  })

  it('finds a kettle that stuck, and says for how long', async () => {
    await kettleRuns(75)
    await look()
    const found = await listed(viewer)
    expect(found.map(({ type, appliance, value }) => [type, appliance, value])).toEqual([['appliance_long_run', 'ElectricKettle', 75]])
    expect(found[0]!.message).toContain('75 minutes')
  })

  it('finds readings that are missing and a standby that rose', async () => {
    await changeHours(100, 'min_watts = min_watts + 90')
    await pool().query('DELETE FROM power_hour WHERE building_key = $1 AND hour >= to_timestamp($2) AND hour < to_timestamp($3)', [
      site.buildingKey, NOW - 9 * HOUR, NOW - 3 * HOUR,
    ])
    await look()
    const found = await listed()
    expect(found.map(({ type }) => type).toSorted()).toEqual(['meter_gap', 'standby_rose'])
    const standby = found.find(({ type }) => type === 'standby_rose')!
    expect(standby.value - standby.expectedValue).toBeGreaterThan(85)
  })

  it('is 404 to another account, and not for viewers to decide', async () => {
    await changeHours(6, 'energy_wh = energy_wh + 2000')
    const [id] = (await look()) as [string]
    const stranger = await makeUser('operator')
    const asked = new Request(`http://localhost/api/v1/anomalies?siteId=${site.id}`, { headers: { authorization: `Bearer ${stranger.token}` } })
    expect((await list.GET(asked, { params: Promise.resolve({}) })).status).toBe(404)
    expect((await callApi(one.GET, { as: stranger, params: { id } })).status).toBe(404)
    const dismiss = { params: { id }, method: 'PATCH', body: { status: 'dismissed' } }
    expect((await callApi(one.PATCH, { as: stranger, ...dismiss })).status).toBe(404)
    expect((await callApi(one.PATCH, { as: viewer, ...dismiss })).status).toBe(403)
    const { status, body } = await callApi(one.GET, { as: viewer, params: { id } })
    expect(status).toBe(200)
    expect(anomalyDetailSchema.parse(body).curve.length).toBeGreaterThan(24)
  })

  it('keeps what people decide, in the audit log too, and dismissals raise the threshold', async () => {
    await changeHours(6, 'energy_wh = energy_wh + 2000')
    const [id] = (await look()) as [string]
    const snoozed = await callApi(one.PATCH, { as: owner, params: { id }, method: 'PATCH', body: { status: 'snoozed', days: 3 } })
    expect(snoozed.body).toMatchObject({ status: 'snoozed' })
    expect(await look()).toEqual([])
    expect((await listed())[0]!.snoozedUntil).not.toBeNull()
    await callApi(one.PATCH, { as: owner, params: { id }, method: 'PATCH', body: { status: 'dismissed' } })
    const { rows } = await pool().query<{ action: string }>('SELECT action FROM audit_log WHERE target = $1', [id])
    expect(rows.map(({ action }) => action)).toEqual(['anomaly.decide', 'anomaly.decide'])
    // The same again elsewhere in time would be new; six dismissals ask for four times the threshold.
    await pool().query(
      `UPDATE anomaly SET started_at = started_at - interval '20 days', last_seen_at = last_seen_at - interval '20 days' WHERE id = $1`,
      [id],
    )
    await pool().query(
      `INSERT INTO anomaly SELECT (jsonb_populate_record(a, jsonb_build_object('id', a.id || n))).*
       FROM anomaly a, generate_series(1, 6) AS n WHERE a.id = $1`,
      [id],
    )
    await changeHours(6, 'energy_wh = energy_wh - 700')
    expect(await look()).toEqual([])
    await changeHours(6, 'energy_wh = energy_wh + 20000')
    expect(await look()).toHaveLength(1)
  })

  it('looks at every site once an hour', async () => {
    await changeHours(6, 'energy_wh = energy_wh + 2000')
    const going = new AbortController().signal
    await watchDueSites(going)
    expect(await listed()).toHaveLength(1)
    await pool().query('DELETE FROM anomaly WHERE site_id = $1', [site.id])
    await watchDueSites(going)
    expect(await listed()).toHaveLength(0)
  })
})
