import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { GET as getAnomalies } from '@/app/api/v1/anomalies/route'
import { POST as changeVersion } from '@/app/api/v1/sites/[id]/models/[versionId]/route'
import { GET as getModels } from '@/app/api/v1/sites/[id]/models/route'
import { siteAnomaliesSchema } from '@/lib/contracts/anomalies'
import { siteModelsSchema, trainingJobSchema, trainStartedSchema, type TrainingJob } from '@/lib/contracts/training'
import { findSite } from '@/lib/data/sites'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { workOffJobs } from '@/lib/services/import/work-off-jobs'
import { runAnomalyJob } from '@/lib/services/refit-anomalies'
import { watchSite } from '@/lib/services/watch-anomalies'
import { callApi } from '@/scripts/testing/api-call'
import { hourWithTimeLeft } from '@/scripts/testing/hour-with-time-left'
import { makeSite, makeUser, TEST_SECRET, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'
import { GET as getJob } from './[jobId]/route'
import { POST as train } from './route'

const HOUR = 3600
const DAY = 24 * HOUR
const NOW = await hourWithTimeLeft()
const DAYS = 100
/** Days before now on which something begins to be left on for four nights. */
const LEFT_ON_DAYS = [52, 40, 28, 8]

let person: TestUser, stranger: TestUser
let site: TestSite

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  ;[person, stranger] = await Promise.all([makeUser('operator'), makeUser('operator')])
})
beforeEach(async () => {
  site = await makeSite([person], 'UTC')
  await pool().query('SELECT ensure_partitions(to_timestamp($1), to_timestamp($2))', [NOW - (DAYS + 1) * DAY, NOW])
  await pool().query(
    `INSERT INTO power_hour (building_key, hour, energy_wh, covered_seconds, min_watts, max_watts)
     SELECT $1::int, h, 300 + 200 * sin(date_part('hour', h)) + date_part('day', h) + extra, 3600, 110 + date_part('day', h)::int % 3 + extra, 900
     FROM generate_series(to_timestamp($2), to_timestamp($3) - interval '1 hour', interval '1 hour') AS h
     CROSS JOIN LATERAL (SELECT CASE WHEN EXISTS (SELECT 1 FROM unnest($4::int[]) ago
       WHERE h >= to_timestamp($3) - ago * interval '1 day' AND h < to_timestamp($3) - (ago - 4) * interval '1 day')
       THEN 60 ELSE 0 END AS extra) e`,
    [site.buildingKey, NOW - DAYS * DAY, NOW, LEFT_ON_DAYS],
  )
})
afterAll(closePool)

async function refit(): Promise<Extract<TrainingJob, { model: 'anomalies' }>> {
  const { status, body } = await callApi(train, { as: person, body: { siteId: site.id, model: 'anomalies' } })
  expect(status, JSON.stringify(body)).toBe(202)
  await workOffJobs('anomalies', { owner: 'test', stopped: new AbortController().signal, log: createLogger('test') }, runAnomalyJob)
  const job = trainingJobSchema.parse((await callApi(getJob, { as: person, params: { jobId: trainStartedSchema.parse(body).jobId } })).body)
  if (job.model !== 'anomalies') throw new Error(`It is a job of ${job.model}`)
  return job
}

/** What a look at a time of the past finds, by type. */
async function lookAt(seconds: number): Promise<string[]> {
  await pool().query('DELETE FROM anomaly WHERE site_id = $1', [site.id])
  await watchSite((await findSite(site.id))!, seconds)
  const request = new Request(`http://localhost/api/v1/anomalies?siteId=${site.id}`, { headers: { authorization: `Bearer ${person.token}` } })
  const response = await getAnomalies(request, { params: Promise.resolve({}) })
  return siteAnomaliesSchema.parse(await response.json()).data.map(({ type }) => type)
}

/** Somebody says what the alarms of these days were. */
async function say(status: 'dismissed' | 'acknowledged', daysAgo: readonly number[]): Promise<void> {
  for (const ago of daysAgo) {
    await pool().query(
      `INSERT INTO anomaly (id, site_id, building_key, type, severity, started_at, last_seen_at, value, expected_value, unit, strength,
         confidence, details, curve, status, decided_at)
       VALUES ($1, $2, $3, 'standby_rose', 'warning', to_timestamp($4), to_timestamp($4) + interval '4 days', 170, 111, 'W', 2.6, 0.8, '{}',
         '[]', $5, now())`,
      [`${site.id}_${ago}`, site.id, site.buildingKey, NOW - ago * DAY, status],
    )
  }
}

const change = (versionId: string, action: 'roll-back' | 'activate', as = person) =>
  callApi(changeVersion, { as, params: { id: site.id, versionId }, body: { action } })
/** Three nights of what is left on have passed. */
const LEFT_ON = NOW - 4.5 * DAY

describe('limits of what is unusual that are fitted anew', () => {
  it('take effect where they raise fewer false alarms, what is found follows the version in effect, and there is a way back', async () => {
    expect(await lookAt(LEFT_ON)).toContain('standby_rose')
    await say('dismissed', [52, 28, 8])
    const job = await refit()
    expect(job).toMatchObject({ status: 'done', buildingId: site.buildingId })
    const [result] = job.results
    expect(result).toMatchObject({ promoted: true, reason: null, metrics: { days: 14, refusal: null } })
    const { before, after } = result!.metrics!
    expect(after.falseAlarms).toBeLessThan(before.falseAlarms)
    const { versions } = siteModelsSchema.parse((await callApi(getModels, { as: person, params: { id: site.id } })).body)
    expect(versions).toMatchObject([{ id: result!.versionId, model: 'anomalies', status: 'active', buildingId: site.buildingId }])
    expect(await lookAt(LEFT_ON)).not.toContain('standby_rose')
    expect((await change(result!.versionId!, 'roll-back', stranger)).status).toBe(404)
    expect((await change(result!.versionId!, 'roll-back')).status).toBe(200)
    expect(await lookAt(LEFT_ON)).toContain('standby_rose')
    expect((await change(result!.versionId!, 'activate')).status).toBe(200)
    expect(await lookAt(LEFT_ON)).not.toContain('standby_rose')
  })

  it('hold what was dismissed once: what they were fitted on raises no threshold again', async () => {
    await say('dismissed', [52, 40, 28, 8])
    expect((await refit()).results[0]).toMatchObject({ promoted: true })
    // Twice what was dismissed: beyond what was fitted and the one dismissal that was held back, not beyond all four twice.
    await pool().query('UPDATE power_hour SET min_watts = min_watts + 130 WHERE building_key = $1 AND hour >= to_timestamp($2)', [site.buildingKey, NOW - 3.5 * DAY])
    await watchSite((await findSite(site.id))!, NOW)
    const { rows } = await pool().query(`SELECT value FROM anomaly WHERE site_id = $1 AND type = 'standby_rose' AND value > 200`, [site.id])
    expect(rows).toHaveLength(1)
  })

  it('do not take effect where nobody called anything false, nor where they would miss what was called real', async () => {
    await say('acknowledged', [52, 40, 28, 8])
    const { results: [result] } = await refit()
    expect(result).toMatchObject({ promoted: false, reason: expect.stringContaining('no fewer false alarms') })
    expect(result!.metrics!.after.confirmed).toBe(result!.metrics!.before.confirmed)
    expect(await lookAt(LEFT_ON)).toContain('standby_rose')
  })

  it('say how much more must be measured where there is too little', async () => {
    await pool().query('DELETE FROM power_hour WHERE building_key = $1 AND hour < to_timestamp($2)', [site.buildingKey, NOW - 40 * DAY])
    const { results } = await refit()
    expect(results).toEqual([
      { buildingId: site.buildingId, promoted: false, reason: expect.stringMatching(/10 more days/), versionId: null, metrics: null },
    ])
  })
})
