// Every route that says something of a home says something else when the home is another.
import { DateTime } from 'luxon'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { siteAnomaliesSchema } from '@/lib/contracts/anomalies'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { forecastAnswerSchema } from '@/lib/contracts/forecast'
import { maintenanceListSchema } from '@/lib/contracts/maintenance'
import { optimizationSchema } from '@/lib/contracts/optimisation'
import { trainingJobSchema, trainStartedSchema } from '@/lib/contracts/training'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { findSite } from '@/lib/data/sites'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { closeSharedSolver } from '@/lib/insights/optimise/highs-solver'
import { workOffJobs } from '@/lib/services/import/work-off-jobs'
import { runForecastJob } from '@/lib/services/refit-forecast'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { watchSite } from '@/lib/services/watch-anomalies'
import { callApi } from '@/scripts/testing/api-call'
import { hourWithTimeLeft } from '@/scripts/testing/hour-with-time-left'
import { makeSite, makeUser, TEST_SECRET, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'
import { DAY_AND_NIGHT, writeKnownHome } from '@/scripts/testing/planned-home'
import { GET as getAnomalies } from './anomalies/route'
import { GET as getForecast } from './forecast/route'
import { GET as getMaintenance } from './maintenance/route'
import { GET as getOptimization } from './optimization/route'
import { POST as addTariff } from './sites/[id]/tariffs/route'
import { GET as getJob } from './train/[jobId]/route'
import { POST as train } from './train/route'

const ZONE = 'Europe/Berlin'
const HOUR = 3600
const WEEKS = 20
const NOW = await hourWithTimeLeft()
const FRIDGE = APPLIANCES.indexOf('Refrigerator')
const MONDAY = DateTime.now().setZone(ZONE).startOf('week').toSeconds()

let owner: TestUser
let site: TestSite

/** Minutes of the last month with a dishwasher each evening, hours of half a year. */
async function writeHome(): Promise<void> {
  const today = DateTime.fromSeconds(NOW, { zone: ZONE }).startOf('day')
  const runs = Array.from({ length: 28 }, (_, index) => ({
    appliance: 'Dishwasher' as const,
    startSeconds: Math.round(today.minus({ days: 28 - index }).set({ hour: 19 }).toSeconds()),
    minutes: 60,
    watts: 1200,
  }))
  const fromSeconds = Math.floor(today.minus({ days: 30 }).toSeconds() / HOUR) * HOUR
  const baseWatts = (at: number) => 150 + 40 * Math.sin(at / 9000) + 25 * Math.sin(at / 170_000)
  await writeKnownHome({ buildingKey: site.buildingKey, fromSeconds, toSeconds: NOW, baseWatts, runs })
  const oldest = MONDAY - WEEKS * 168 * HOUR
  await pool().query('SELECT ensure_partitions(to_timestamp($1), to_timestamp($2))', [oldest, fromSeconds])
  await pool().query(
    `INSERT INTO power_hour (building_key, hour, energy_wh, covered_seconds, min_watts, max_watts)
     SELECT $1, to_timestamp(h), 150 + 40 * sin(h / 9000.0) + 25 * sin(h / 170000.0), 3600, 100, 900
     FROM generate_series($2::bigint, $3::bigint - 3600, 3600) h`,
    [site.buildingKey, oldest, fromSeconds],
  )
}

/** A refrigerator that runs longer week by week from the eighth on. */
async function wear(growth: number): Promise<void> {
  const model = await ensureModelVersion('test', '1')
  const key = [site.buildingKey, MONDAY - WEEKS * 168 * HOUR, WEEKS * 168, FRIDGE, model]
  await pool().query('DELETE FROM appliance_hour WHERE building_key = $1 AND appliance = $2', [site.buildingKey, FRIDGE])
  await pool().query(
    `INSERT INTO appliance_hour (building_key, hour, appliance, energy_wh, on_seconds, confidence, model_version_id)
     SELECT $1, to_timestamp($2::float8 + 3600 * n), $4, duty * 100, duty * 3600, 0.8, $5 FROM generate_series(0, $3 - 1) n
     CROSS JOIN LATERAL (SELECT 0.3 * (1 + $6::float8 * GREATEST(0, n / 168 - 8)) + 0.004 * sin(n / 168 * 2.4) AS duty) d`,
    [...key, growth],
  )
  await pool().query(
    `INSERT INTO activation (building_key, appliance, started_at, ended_at, energy_wh, peak_watts, confidence, model_version_id)
     SELECT $1, $4, to_timestamp($2::float8 + 3600 * n), to_timestamp($2::float8 + 3600 * n + 900), 25, 100, 0.8, $5
     FROM generate_series(0, $3 - 1) n ON CONFLICT DO NOTHING`,
    key,
  )
}

/** Something draws so much more in the last six hours. */
async function leaveOn(extraWatts: number): Promise<void> {
  const since = [site.buildingKey, NOW - 6 * HOUR, extraWatts]
  await pool().query(
    `UPDATE power_hour SET energy_wh = energy_wh + $3, max_watts = max_watts + $3,
       quarter_imported_wh = ARRAY(SELECT wh + $3 / 4.0 FROM unnest(quarter_imported_wh) WITH ORDINALITY AS q(wh, n) ORDER BY n)
     WHERE building_key = $1 AND hour >= to_timestamp($2)`,
    since,
  )
  await pool().query('UPDATE power_minute SET energy_wh = energy_wh + $3 / 60.0 WHERE building_key = $1 AND minute >= to_timestamp($2)', since)
}

/** Everything but the refrigerator draws so much more than before. */
async function scale(factor: number): Promise<void> {
  const change = [site.buildingKey, factor]
  await pool().query('UPDATE power_minute SET energy_wh = energy_wh * $2 WHERE building_key = $1', change)
  await pool().query(
    `UPDATE power_hour SET energy_wh = energy_wh * $2,
       quarter_imported_wh = ARRAY(SELECT wh * $2 FROM unnest(quarter_imported_wh) WITH ORDINALITY AS q(wh, n) ORDER BY n)
     WHERE building_key = $1`,
    change,
  )
  for (const table of ['appliance_minute', 'appliance_hour', 'activation']) {
    await pool().query(`UPDATE ${table} SET energy_wh = energy_wh * $2 WHERE building_key = $1 AND appliance <> ${FRIDGE}`, change)
  }
}

/** Up to so much more in hours before today, by no habit: a home of the same habits at another scale is as sure to forecast. */
async function unsettle(mostWatts: number): Promise<void> {
  await pool().query(
    `UPDATE power_hour SET energy_wh = energy_wh + extra,
       quarter_imported_wh = ARRAY(SELECT wh + extra / 4 FROM unnest(quarter_imported_wh) WITH ORDINALITY AS q(wh, n) ORDER BY n)
     FROM (SELECT hour AS at, $3 * mod((extract(epoch FROM hour) / 3600)::bigint * 7919, 13) / 13.0::float8 AS extra FROM power_hour
       WHERE building_key = $1 AND hour < to_timestamp($2)) AS chosen
     WHERE building_key = $1 AND hour = at`,
    [site.buildingKey, NOW - 24 * HOUR, mostWatts],
  )
}

type Route = typeof getForecast

async function get(route: Route, name: string): Promise<unknown> {
  const url = `http://localhost/api/v1/${name}?siteId=${site.id}`
  const response = await route(new Request(url, { headers: { authorization: `Bearer ${owner.token}` } }), { params: Promise.resolve({}) })
  const body: unknown = await response.json()
  expect(response.status, JSON.stringify(body)).toBe(200)
  return body
}

async function refit() {
  const { jobId } = trainStartedSchema.parse((await callApi(train, { as: owner, body: { siteId: site.id, model: 'forecast' } })).body)
  await workOffJobs('forecast', { owner: 'test', stopped: new AbortController().signal, log: createLogger('test') }, runForecastJob)
  const job = trainingJobSchema.parse((await callApi(getJob, { as: owner, params: { jobId } })).body)
  return job.model === 'forecast' ? job.results.find(({ horizon }) => horizon === 'day') : undefined
}

async function askAll() {
  await watchSite((await findSite(site.id))!, NOW)
  const trained = await refit()
  return {
    trained: trained?.metrics?.after,
    forecast: forecastAnswerSchema.parse(await get(getForecast, 'forecast')).data,
    wrong: siteAnomaliesSchema.parse(await get(getAnomalies, 'anomalies')).data.find(({ type }) => type === 'unusual_consumption'),
    worn: maintenanceListSchema.parse(await get(getMaintenance, 'maintenance')).data.find(({ assetName }) => assetName === 'Refrigerator'),
    saving: optimizationSchema.parse(await get(getOptimization, 'optimization')).recommendations.find(({ type }) => type === 'load_shifting'),
  }
}

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  owner = await makeUser('operator')
  site = await makeSite([owner], ZONE)
  await writeHome()
  expect((await callApi(addTariff, { as: owner, params: { id: site.id }, body: DAY_AND_NIGHT })).status).toBe(201)
})
afterAll(async () => {
  await closeSharedSolver()
  await closeSharedLiveStore()
  await closePool()
})

describe('what is said of a home', () => {
  it('moves with its measurements: forecast, anomalies, maintenance, optimization and training', async () => {
    await wear(0.02)
    await leaveOn(3000)
    const before = await askAll()
    await wear(0.03)
    await leaveOn(2000)
    await scale(1.5)
    await unsettle(120)
    const after = await askAll()

    expect(before.forecast).toHaveLength(24)
    for (const field of ['predictedPower', 'lower95', 'upper95', 'confidence'] as const) {
      const moved = after.forecast.filter((hour, at) => hour[field] !== before.forecast[at]![field])
      expect(moved.length, field).toBeGreaterThan(12)
    }
    expect(before.wrong?.value).toBeGreaterThan(12)
    for (const field of ['value', 'expectedValue', 'deviation', 'message'] as const) expect(after.wrong?.[field], field).not.toBe(before.wrong?.[field])
    expect(after.wrong!.value - after.wrong!.expectedValue).toBeGreaterThan(before.wrong!.value - before.wrong!.expectedValue)
    expect(before.worn?.daysUntilMaintenance).toBeGreaterThan(0)
    expect(after.worn!.daysUntilMaintenance).toBeLessThan(before.worn!.daysUntilMaintenance!)
    for (const field of ['predictedFailureDate', 'recommendation'] as const) {
      expect(after.worn?.[field], field).not.toBe(before.worn?.[field])
    }
    expect(before.saving?.potentialSavings).toBeCloseTo(28 * 1.2 * 0.4, 5)
    expect(after.saving?.potentialSavings).toBeCloseTo(1.5 * 28 * 1.2 * 0.4, 5)
    expect(after.saving?.title).toBe(before.saving?.title)
    expect(before.trained?.mase).toBeGreaterThan(0)
    expect(after.trained?.mase).not.toBe(before.trained?.mase)
  }, 300_000)
})
