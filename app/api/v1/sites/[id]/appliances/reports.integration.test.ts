import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { GET as getReport } from '@/app/api/v1/sites/[id]/appliances/[appliance]/route'
import { GET as getQuality } from '@/app/api/v1/sites/[id]/power-quality/route'
import { GET as getRuns } from '@/app/api/v1/sites/[id]/runs/route'
import { applianceReportSchema } from '@/lib/contracts/appliance-report'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { siteRunsSchema } from '@/lib/contracts/home-learning'
import { powerQualitySchema } from '@/lib/contracts/power-quality'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { ensurePartitions } from '@/lib/data/partitions'
import { insertTariff } from '@/lib/data/tariffs'
import { provideEnv } from '@/lib/env'
import { closePool, pool, withTransaction } from '@/lib/infra/db'
import { closeSharedLiveStore, sharedLiveStore } from '@/lib/services/shared-live-store'
import { makeSite, makeUpdate, makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'

const NOW = Math.floor(Date.now() / 1000)
const HOUR = 3600
const KETTLE = APPLIANCES.indexOf('ElectricKettle')

beforeAll(() =>
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET }),
)
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

async function ask(handler: typeof getReport, params: Record<string, string>, user: TestUser | null, query = '') {
  const headers: Record<string, string> = user ? { authorization: `Bearer ${user.token}` } : {}
  const response = await handler(new Request(`http://localhost/api/v1/x${query}`, { headers }), { params: Promise.resolve(params) })
  return { status: response.status, body: (await response.json()) as unknown }
}

/** Runs of three minutes at 2 kW, 1 kW and 0.5 kW, each starting on a full minute. */
async function storeRuns(buildingKey: number, starts: readonly number[]): Promise<void> {
  const model = await ensureModelVersion('test', '1')
  await withTransaction((client) => ensurePartitions(client, [...starts, NOW, NOW - 14 * 24 * HOUR]))
  for (const start of starts) {
    await pool().query('INSERT INTO activation VALUES ($1, $2, to_timestamp($3), to_timestamp($3 + 180), 58.333, 2000, 0.8, $4)', [
      buildingKey, KETTLE, start, model,
    ])
    for (const [minute, watts] of [2000, 1000, 500].entries()) {
      await pool().query('INSERT INTO appliance_minute VALUES ($1, to_timestamp($2), $3, $4, 60, 0.8, $5)', [
        buildingKey, start + 60 * minute, KETTLE, watts / 60, model,
      ])
    }
  }
}

describe('the report of an appliance', () => {
  it('tells its last run, what is typical of its runs and how often it is on', async () => {
    const member = await makeUser()
    const { id, buildingId, buildingKey } = await makeSite([member])
    const day = Math.floor((NOW - 3 * 24 * HOUR) / HOUR) * HOUR
    const starts = [day, day + HOUR, day + 2 * HOUR, day + 3 * HOUR]
    await storeRuns(buildingKey, starts)
    await pool().query(
      'INSERT INTO power_hour SELECT $1, to_timestamp($2 + 3600 * n), 500, 3600, 500, 500 FROM generate_series(0, 9) n',
      [buildingKey, day],
    )
    await pool().query(
      'INSERT INTO appliance_hour SELECT $1, to_timestamp($2 + 3600 * n), $3, 58.333, 180, 0.8, $4 FROM generate_series(0, 3) n',
      [buildingKey, day, KETTLE, await ensureModelVersion('test', '1')],
    )
    await sharedLiveStore().publish(makeUpdate(buildingId, NOW))
    const report = applianceReportSchema.parse((await ask(getReport, { id, appliance: 'ElectricKettle' }, member)).body)
    expect(report).toMatchObject({ buildingId, isAvailable: true, isExperimental: false, trend: null })
    expect(report.lastRun).toMatchObject({ startedAt: starts[3], endedAt: (starts[3] ?? 0) + 180 })
    expect(report.lastRun?.cost).toBeCloseTo(0.058333 * 0.31, 9)
    expect(report.typicalRun?.runs).toBe(4)
    expect(report.typicalRun?.minuteWatts.map(({ median }) => Math.round(median))).toEqual([2000, 1000, 500])
    expect(report.typicalRun?.durationSeconds.median).toBe(180)
    expect(report.duty).toEqual({ recent: (4 * 180) / 36_000, before: null })
    expect(report.weeks).toHaveLength(12)
    expect(report.weeks.reduce((sum, week) => sum + week.runs, 0)).toBe(4)
    expect(report.weeks.reduce((sum, week) => sum + week.energyKwh, 0)).toBeCloseTo(4 * 0.058333, 6)
    expect(report.weeks[0]).toMatchObject({ coverage: 0, duty: null })
  })

  it('and the list of runs price what ran by the tariff that held then, in both the same', async () => {
    const member = await makeUser()
    const { id, buildingKey } = await makeSite([member])
    const rate = (pricePerKwh: number) => ({ kind: 'flat', pricePerKwh }) as const
    const tariff = { name: 'T', standingChargePerDay: 0, exportCreditPerKwh: 0 }
    const day = Math.floor((NOW - 3 * 24 * HOUR) / HOUR) * HOUR
    const dateOf = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10)
    await insertTariff(id, randomUUID(), { ...tariff, validFrom: dateOf(day - 4 * 24 * HOUR), rate: rate(0.5) }, 'EUR')
    await insertTariff(id, randomUUID(), { ...tariff, validFrom: dateOf(day + 2 * 24 * HOUR), rate: rate(0.7) }, 'EUR')
    await storeRuns(buildingKey, [day - 24 * HOUR, day - 10 * 24 * HOUR])
    const { lastRun } = applianceReportSchema.parse((await ask(getReport, { id, appliance: 'ElectricKettle' }, member)).body)
    const { runs } = siteRunsSchema.parse((await ask(getRuns, { id }, member)).body)
    expect(lastRun?.cost).toBeCloseTo(0.5 * 0.058333, 9)
    expect(runs.map(({ cost }) => cost)).toEqual([lastRun?.cost, expect.closeTo(0.31 * 0.058333, 9)])
  })

  it('and the list of runs price each minute of a run that goes over a change of price by what it drew', async () => {
    const member = await makeUser()
    const { id, buildingKey } = await makeSite([member], 'UTC')
    const day = Math.floor(NOW / (24 * HOUR)) * 24 * HOUR - 48 * HOUR
    const windows = [{ name: 'Day', weekdays: [1, 2, 3, 4, 5, 6, 7], from: '12:00', to: '18:00', pricePerKwh: 0.2 }]
    const rate = { kind: 'time_of_use', windows, defaultPricePerKwh: 0.6 } as const
    const validFrom = new Date((day - 240 * HOUR) * 1000).toISOString().slice(0, 10)
    await insertTariff(id, randomUUID(), { name: 'T', standingChargePerDay: 0, exportCreditPerKwh: 0, validFrom, rate }, 'EUR')
    await storeRuns(buildingKey, [day + 12 * HOUR - 60])
    const { rows } = await pool().query<{ cost: number }>(
      `SELECT sum(energy_wh / 1000 * CASE WHEN extract(hour FROM minute AT TIME ZONE 'UTC') BETWEEN 12 AND 17 THEN 0.2 ELSE 0.6 END)::float8
         AS cost FROM appliance_minute WHERE building_key = $1`,
      [buildingKey],
    )
    const { lastRun } = applianceReportSchema.parse((await ask(getReport, { id, appliance: 'ElectricKettle' }, member)).body)
    const { runs } = siteRunsSchema.parse((await ask(getRuns, { id }, member)).body)
    expect(lastRun?.cost).toBeCloseTo(rows[0]!.cost, 6)
    expect(runs[0]?.cost).toBe(lastRun?.cost)
  })

  it('and the list of runs say since when the appliance of an open run has been off, unless it is on again', async () => {
    const member = await makeUser()
    const { id, buildingKey, buildingId } = await makeSite([member])
    const start = Math.floor(NOW / 60) * 60 - 1800
    await storeRuns(buildingKey, [start])
    await pool().query('UPDATE activation SET ended_at = NULL WHERE building_key = $1', [buildingKey])
    const pausedAt = async () => {
      const { lastRun } = applianceReportSchema.parse((await ask(getReport, { id, appliance: 'ElectricKettle' }, member)).body)
      const { runs } = siteRunsSchema.parse((await ask(getRuns, { id }, member)).body)
      expect(runs[0]?.pausedAt).toBe(lastRun?.pausedAt)
      return lastRun?.pausedAt
    }
    expect(await pausedAt()).toBeNull()
    await pool().query('INSERT INTO power_minute VALUES ($1, to_timestamp($2), 1, 60, 50, 60)', [buildingKey, start + 240])
    expect(await pausedAt()).toBe(start + 180)
    const update = makeUpdate(buildingId, Math.floor(Date.now() / 1000))
    for (const estimate of update.message.predictions) Object.assign(estimate, { available: true, is_on: true })
    await sharedLiveStore().publish(update)
    expect(await pausedAt()).toBeNull()
  })

  it('of an appliance that never ran says so by absence, and of no appliance is refused by name', async () => {
    const member = await makeUser()
    const { id } = await makeSite([member])
    const report = applianceReportSchema.parse((await ask(getReport, { id, appliance: 'Dryer' }, member)).body)
    expect(report).toMatchObject({ lastRun: null, typicalRun: null, isAvailable: null, isExperimental: true })
    expect((await ask(getReport, { id, appliance: 'Toaster' }, member)).status).toBe(422)
  })
})

describe('the runs of a time', () => {
  it('are those that were not over when it began, also where they began before', async () => {
    const member = await makeUser()
    const { id, buildingKey } = await makeSite([member])
    const start = Math.floor((NOW - 5 * HOUR) / 60) * 60
    await storeRuns(buildingKey, [start, start + HOUR, start + 2 * HOUR])
    const startsOf = async (query: string) => {
      return siteRunsSchema.parse((await ask(getRuns, { id }, member, query)).body).runs.map((run) => run.startedAt - start)
    }
    expect(await startsOf(`?after=${start + 100}&before=${start + HOUR + 1}`)).toEqual([HOUR, 0])
    expect(await startsOf(`?after=${start + 180}`)).toEqual([2 * HOUR, HOUR])
    expect(await startsOf('')).toEqual([2 * HOUR, HOUR, 0])
  })
})

describe('power quality', () => {
  async function storeReadings(buildingKey: number, end: number, state: string): Promise<void> {
    await withTransaction((client) => ensurePartitions(client, [end, end - 24 * HOUR]))
    // Two hours, a reading a minute; 229 V but for the last ten minutes at 200 V.
    await pool().query(
      `INSERT INTO electrical_data (building_key, recorded_at, device_state, voltage_volts, thd_percent)
       SELECT $1, to_timestamp($2 - 60 * n), $3, CASE WHEN n <= 10 THEN 200 ELSE 229 END, 25 FROM generate_series(1, 120) n`,
      [buildingKey, end, state],
    )
  }

  it('is judged by EN 50160 where it applies, and null where nothing was measured', async () => {
    const member = await makeUser()
    const { id, buildingKey } = await makeSite([member])
    await storeReadings(buildingKey, Math.floor(NOW / 600) * 600, '')
    const quality = powerQualitySchema.parse((await ask(getQuality, { id }, member)).body)
    expect(quality).toMatchObject({ basis: 'meter', binSeconds: 600, range: '24h' })
    const [voltage, frequency, , thd] = quality.series
    expect(voltage?.judged).toEqual({ means: 12, good: 11, unusual: 1, beyond: 0, isKept: false })
    expect(voltage?.values).toHaveLength(144)
    expect(voltage?.values.filter((value) => value !== null)).toHaveLength(12)
    expect(voltage?.latest).toBeCloseTo(200, 9)
    expect(frequency).toMatchObject({ latest: null, limits: null, unjudged: null })
    expect(thd).toMatchObject({ unjudged: 'of the current', judged: null })
  })

  it('of an old recording of devices is shown up to its own end', async () => {
    const member = await makeUser()
    const { id, buildingKey } = await makeSite([member])
    const end = Date.UTC(2021, 4, 7, 12) / 1000
    await storeReadings(buildingKey, end, 'Kiln')
    const quality = powerQualitySchema.parse((await ask(getQuality, { id }, member, '?range=7d')).body)
    expect(quality).toMatchObject({ basis: 'devices', toTimestamp: end })
    expect(quality.series[0]?.values.at(-1)).toEqual({ mean: 200, min: 200, max: 200 })
  })
})

it('another tenant gets 404 for reports, runs and power quality, as for a site that does not exist; nobody 401', async () => {
  const [member, stranger] = [await makeUser(), await makeUser('operator')]
  const [{ id }, own] = [await makeSite([member]), await makeSite([stranger])]
  for (const handler of [getReport, getQuality, getRuns]) {
    const params = { id, appliance: 'Dryer' }
    expect((await ask(handler, params, member)).status).toBe(200)
    expect((await ask(handler, params, stranger)).status).toBe(404)
    expect((await ask(handler, { ...params, id: 'missing' }, stranger)).status).toBe(404)
    expect((await ask(handler, params, null)).status).toBe(401)
  }
  // A building of somebody else's is not found through a site of one's own.
  const { buildingId } = await makeSite([member])
  for (const handler of [getReport, getQuality]) {
    expect((await ask(handler, { id: own.id, appliance: 'Dryer' }, stranger, `?buildingId=${buildingId}`)).status).toBe(404)
  }
})
