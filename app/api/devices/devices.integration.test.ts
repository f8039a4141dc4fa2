import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { GET as getDevices } from '@/app/api/devices/route'
import { GET as getClusters } from '@/app/api/devices/summary/route'
import { GET as getMetrics } from '@/app/api/metrics/summary/route'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { deviceClusterSchema, deviceSchema, metricsSummarySchema } from '@/lib/contracts/devices'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { ensurePartitions } from '@/lib/data/partitions'
import { provideEnv } from '@/lib/env'
import { closePool, pool, withTransaction } from '@/lib/infra/db'
import { closeSharedLiveStore, sharedLiveStore } from '@/lib/services/shared-live-store'
import { makeSite, makeUpdate, makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'

const NOW = Math.floor(Date.now() / 1000)
const HOUR = 3600

beforeAll(() =>
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET }),
)
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

async function ask(handler: typeof getDevices, user: TestUser | null, query = '') {
  const request = new Request(`http://localhost/api/devices${query}`, {
    headers: user ? { authorization: `Bearer ${user.token}` } : {},
  })
  const response = await handler(request, { params: Promise.resolve({}) })
  return { status: response.status, body: (await response.json()) as unknown }
}

interface Row {
  at: number
  state?: string
  cluster?: number
  watts?: number
  thd?: number
  pf?: number
}

async function store(buildingKey: number, rows: readonly Row[]): Promise<void> {
  await withTransaction((client) => ensurePartitions(client, rows.map(({ at }) => at)))
  for (const { at, state = '', cluster = null, watts = null, thd = null, pf = null } of rows) {
    await pool().query(
      `INSERT INTO electrical_data (building_key, recorded_at, device_state, cluster, real_power_watts, thd_percent, power_factor)
       VALUES ($1, to_timestamp($2), $3, $4, $5, $6, $7)`,
      [buildingKey, at, state, cluster, watts, thd, pf],
    )
  }
}

/** An hour of a main meter at 600 W, a third of it estimated to be the refrigerator's. */
async function storeMeter(buildingKey: number): Promise<void> {
  const model = await ensureModelVersion('test', '1')
  const minute = Math.floor((NOW - HOUR) / 60) * 60
  await withTransaction((client) => ensurePartitions(client, [minute, NOW]))
  await pool().query(`INSERT INTO power_raw (building_key, ts, power_watts, source) VALUES ($1, to_timestamp($2), 640, 'http')`, [
    buildingKey, NOW - 5,
  ])
  await pool().query(
    `INSERT INTO power_minute SELECT $1, to_timestamp($2 + 60 * n), 10, 60, 600, 600 FROM generate_series(0, 58) n`,
    [buildingKey, minute],
  )
  await pool().query(
    `INSERT INTO appliance_minute SELECT $1, to_timestamp($2 + 60 * n), $3, 10.0 / 3, 60, 0.5, $4 FROM generate_series(0, 58) n`,
    [buildingKey, minute, APPLIANCES.indexOf('Refrigerator'), model],
  )
}

describe('devices over HTTP', () => {
  it('are the main meter, what is measured by itself and what is estimated; averages are of the last day each was seen', async () => {
    const member = await makeUser()
    const { id, buildingId, buildingKey } = await makeSite([member])
    await storeMeter(buildingKey)
    await store(buildingKey, [
      { at: NOW - 5, thd: 4, pf: 0.9 },
      { at: NOW - 4 * HOUR, state: 'kiln_1', cluster: 2, watts: 1000, thd: 6, pf: 0.8 },
      { at: NOW - 2 * HOUR, state: 'kiln_1', cluster: 2, watts: 0, thd: 8, pf: 1 },
      { at: NOW - 40 * HOUR, state: 'kiln_1', cluster: 2, watts: 9000 },
      { at: NOW - 72 * HOUR, state: 'Lathe', cluster: 3, watts: 300 },
    ])
    await sharedLiveStore().publish(makeUpdate(buildingId, NOW))
    const { body } = await ask(getDevices, member)
    const active = deviceSchema.array().parse(body)
    const here = { site_id: id, building_id: buildingId, simulated: false, is_active: true }
    expect(active).toEqual([
      expect.objectContaining({ ...here, source: 'meter', name: 'House', power: 640, is_on: true, avg_thd: 4, power_factor: 0.9 }),
      expect.objectContaining({
        ...here, source: 'measured', name: 'kiln 1', device_state: 'kiln_1', cluster: 2, is_on: false, avg_power: 500, avg_thd: 7,
        last_seen: new Date((NOW - 2 * HOUR) * 1000).toISOString(), confidence: null,
      }),
      expect.objectContaining({ ...here, source: 'estimated', name: 'Refrigerator', cluster: null, is_on: true, avg_thd: null }),
    ])
    expect(active[0]?.avg_power).toBeCloseTo(600, 6)
    expect(active[2]?.avg_power).toBeCloseTo(200, 6)
    const known = deviceSchema.array().parse((await ask(getDevices, member, `?siteId=${id}&seen=all`)).body)
    expect(known.filter((device) => !device.is_active).map(({ name }) => name)).toEqual(['Lathe'])

    const summary = metricsSummarySchema.parse((await ask(getMetrics, member)).body)
    expect(summary).toMatchObject({ total_devices: 3, total_power: 640, devices: active })
    expect(summary.avg_power).toBeCloseTo(350, 6)
    expect(summary.avg_thd).toBeCloseTo(5.5, 6)
    expect(summary.avg_power_factor).toBeCloseTo(0.9, 6)
  })

  it('group into clusters under their most common device_state; estimated appliances stand by themselves', async () => {
    const member = await makeUser()
    const { buildingKey } = await makeSite([member])
    await storeMeter(buildingKey)
    const old = NOW - 900 * 24 * HOUR
    await store(buildingKey, [
      { at: old, state: 'idle', cluster: 0, watts: 100, thd: 3 },
      { at: old + 1, state: 'busy', cluster: 0, watts: 400, thd: 6 },
      { at: old + 2, state: 'busy', cluster: 0, watts: 400, thd: 9 },
      { at: old + 3, state: 'off', cluster: 7, watts: 0 },
    ])
    const clusters = deviceClusterSchema.array().parse((await ask(getClusters, member)).body)
    expect(clusters).toMatchObject([
      { cluster: 0, name: 'busy', device_state: 'busy', avg_power: 300, avg_thd: 6, devices: 2, readings: 3, source: 'measured' },
      { cluster: 7, device_state: 'off', avg_power: 0, avg_thd: null, devices: 1 },
      { cluster: null, name: 'Refrigerator', avg_thd: null, source: 'estimated' },
    ])
  })

  it('of another tenant are not among one\'s own, and asking for that site is 404; nobody is 401', async () => {
    const [member, stranger] = [await makeUser(), await makeUser('operator')]
    const { id, buildingKey } = await makeSite([member])
    await storeMeter(buildingKey)
    await store(buildingKey, [{ at: NOW - 60, state: 'Kiln', cluster: 1, watts: 900 }])
    for (const handler of [getDevices, getClusters, getMetrics]) {
      expect((await ask(handler, member)).status).toBe(200)
      expect((await ask(handler, stranger, `?siteId=${id}`)).status).toBe(404)
      expect((await ask(handler, null)).status).toBe(401)
    }
    expect((await ask(getDevices, stranger)).body).toEqual([])
    expect((await ask(getClusters, stranger)).body).toEqual([])
    expect((await ask(getMetrics, stranger)).body).toMatchObject({ total_devices: 0, total_power: 0, avg_power: null, devices: [] })
  })
})
