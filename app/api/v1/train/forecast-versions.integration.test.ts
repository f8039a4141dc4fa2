import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { GET as getForecast } from '@/app/api/v1/forecast/route'
import { GET as getReport } from '@/app/api/v1/sites/[id]/forecast/route'
import { POST as changeVersion } from '@/app/api/v1/sites/[id]/models/[versionId]/route'
import { GET as getModels } from '@/app/api/v1/sites/[id]/models/route'
import { forecastAnswerSchema, forecastReportSchema } from '@/lib/contracts/forecast'
import { siteModelsSchema, trainingJobSchema, trainStartedSchema, type TrainingJob } from '@/lib/contracts/training'
import { findSite } from '@/lib/data/sites'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { findForecastState } from '@/lib/services/forecast-choices'
import { workOffJobs } from '@/lib/services/import/work-off-jobs'
import { refitSeries, renewOldestChoice, runForecastJob } from '@/lib/services/refit-forecast'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { callApi } from '@/scripts/testing/api-call'
import { hourWithTimeLeft } from '@/scripts/testing/hour-with-time-left'
import { makeSite, makeUser, TEST_SECRET, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'
import { GET as getJob } from './[jobId]/route'
import { POST as train } from './route'

const HOUR = 3600
const DAY = 24 * HOUR
const NOW = await hourWithTimeLeft()
const DAYS = 40

let person: TestUser, viewer: TestUser, stranger: TestUser

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  ;[person, viewer, stranger] = await Promise.all([makeUser('operator'), makeUser('viewer'), makeUser('operator')])
})
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

/** Hours of a home: SQL of the hour `h` in W. */
async function homeOf(watts: string): Promise<TestSite> {
  const site = await makeSite([person, viewer])
  await pool().query('SELECT ensure_partitions(to_timestamp($1), to_timestamp($2))', [NOW - (DAYS + 1) * DAY, NOW])
  await pool().query(
    `INSERT INTO power_hour (building_key, hour, energy_wh, covered_seconds, min_watts, max_watts)
     SELECT $1::int, h, ${watts}, 3600, 100, 900
     FROM generate_series(to_timestamp($2), to_timestamp($3) - interval '1 hour', interval '1 hour') AS h`,
    [site.buildingKey, NOW - DAYS * DAY, NOW],
  )
  return site
}

const LIVED = `300 + 500 * (date_part('hour', h) BETWEEN 17 AND 20)::int + 60 * sin(date_part('day', h) * 2 + date_part('hour', h))
  + abs(hashint8(date_part('epoch', h)::bigint)) % 90`

async function refit(site: TestSite): Promise<Extract<TrainingJob, { model: 'forecast' }>> {
  const { status, body, response } = await callApi(train, { as: person, body: { siteId: site.id, model: 'forecast' } })
  expect(status, JSON.stringify(body)).toBe(202)
  const { jobId } = trainStartedSchema.parse(body)
  expect(response.headers.get('location')).toBe(`/api/v1/train/${jobId}`)
  await workOffJobs('forecast', { owner: 'test', stopped: new AbortController().signal, log: createLogger('test') }, runForecastJob)
  const job = trainingJobSchema.parse((await callApi(getJob, { as: viewer, params: { jobId } })).body)
  if (job.model !== 'forecast') throw new Error(`It is a job of ${job.model}`)
  return job
}

async function forecastOf(site: TestSite) {
  const request = new Request(`http://localhost/api/v1/forecast?siteId=${site.id}`, { headers: { authorization: `Bearer ${viewer.token}` } })
  const response = await getForecast(request, { params: Promise.resolve({}) })
  expect(response.status).toBe(200)
  return forecastAnswerSchema.parse(await response.json()).data
}
const reportOf = async (site: TestSite) =>
  forecastReportSchema.parse((await callApi(getReport, { as: viewer, params: { id: site.id } })).body)
const modelsOf = async (site: TestSite) =>
  siteModelsSchema.parse((await callApi(getModels, { as: viewer, params: { id: site.id } })).body)
const change = (site: TestSite, versionId: string, action: 'roll-back' | 'activate', as = person) =>
  callApi(changeVersion, { as, params: { id: site.id, versionId }, body: { action } })

describe('a forecast that is fitted anew', () => {
  it('takes effect with its figures on the hours it had not seen, and the answer comes from it', async () => {
    const site = await homeOf(LIVED)
    const first = await forecastOf(site)
    expect((await reportOf(site)).versionId).toBeNull()
    const job = await refit(site)
    expect(job).toMatchObject({ status: 'done', progress: 1, siteId: site.id, error: null })
    const [result] = job.results
    expect(result).toMatchObject({ series: 'load', horizon: 'day' })
    expect(result!.metrics).toMatchObject({ hours: 7 * 24, forecasts: 13 })
    for (const score of [result!.metrics!.before, result!.metrics!.after]) {
      expect(score!.mase).toBeGreaterThan(0)
      expect(score!.coverage).toBeGreaterThan(0.5)
    }
    expect(result!.metrics!.after!.mase).toBeLessThan(result!.metrics!.before!.mase!)
    expect(result).toMatchObject({ promoted: true, reason: null })
    const [version] = (await modelsOf(site)).versions
    expect(version).toMatchObject({ id: result!.versionId, model: 'forecast', status: 'active' })
    if (version?.model !== 'forecast') throw new Error('It is no version of a forecast.')
    expect(version.fittedUntil).toBe(NOW - 7 * DAY)
    expect((await reportOf(site)).versionId).toBe(result!.versionId)
    expect(await forecastOf(site)).not.toEqual(first)
  })

  it('does not take effect where it is no better: the same history a second time', async () => {
    const site = await homeOf(LIVED)
    const { results: [made] } = await refit(site)
    const before = await forecastOf(site)
    const { results: [again] } = await refit(site)
    expect(made!.promoted).toBe(true)
    expect(again).toMatchObject({ promoted: false, reason: 'It is no better on the hours it had not seen.' })
    expect(again!.metrics!.after).toEqual(again!.metrics!.before)
    expect(again!.metrics!.before).toEqual(made!.metrics!.after)
    expect((await modelsOf(site)).versions.map(({ id, status }) => [id, status])).toEqual([
      [again!.versionId, 'rejected'],
      [made!.versionId, 'active'],
    ])
    expect(await forecastOf(site)).toEqual(before)
    expect((await change(site, again!.versionId!, 'activate')).status).toBe(404)
  })

  it('can be taken back and count again, and each time the forecast served is that of the version in effect', async () => {
    const site = await homeOf(LIVED)
    const { results: [one] } = await refit(site)
    const served = new Map<string, Awaited<ReturnType<typeof forecastOf>>>()
    const only = await change(site, one!.versionId!, 'roll-back')
    expect(only.status).toBe(409)
    expect(JSON.stringify(only.body)).toContain('only version')
    // As if the home had drawn 400 W more when it was fitted.
    await pool().query(`UPDATE site_model SET content = jsonb_set(content, '{choice,offset}', '400') WHERE id = $1`, [one!.versionId])
    served.set(one!.versionId!, await forecastOf(site))
    const { results: [two] } = await refit(site)
    expect(two).toMatchObject({ promoted: true, reason: null })
    expect(two!.metrics!.after!.mase).toBeLessThan(two!.metrics!.before!.mase!)
    served.set(two!.versionId!, await forecastOf(site))
    expect(served.get(two!.versionId!)).not.toEqual(served.get(one!.versionId!))

    expect((await change(site, two!.versionId!, 'roll-back')).status).toBe(200)
    expect(await forecastOf(site)).toEqual(served.get(one!.versionId!))
    expect((await reportOf(site)).versionId).toBe(one!.versionId)
    const back = siteModelsSchema.parse((await change(site, two!.versionId!, 'activate')).body)
    expect(back.versions.map(({ id, status }) => [id, status])).toEqual([[two!.versionId, 'active'], [one!.versionId, 'replaced']])
    expect(await forecastOf(site)).toEqual(served.get(two!.versionId!))
    // The daily look leaves what a person chose alone for some days.
    while (await renewOldestChoice(Date.now() / 1000 + 2 * DAY));
    expect((await reportOf(site)).versionId).toBe(two!.versionId)
  })

  it('is looked at by the background each day: what is no better leaves no trace', async () => {
    const site = await homeOf(LIVED)
    await forecastOf(site)
    while (await renewOldestChoice());
    const { versionId } = await reportOf(site)
    await pool().query(`UPDATE site_forecast SET known_until = known_until - interval '2 days' WHERE site_id = $1`, [site.id])
    while (await renewOldestChoice());
    expect((await reportOf(site)).versionId).toBe(versionId)
    expect((await modelsOf(site)).versions.length).toBeLessThanOrEqual(1)
    const { inUse, look } = await findForecastState(site.id, 'load/day')
    expect(inUse?.isProvisional).toBe(false)
    expect(look?.knownUntil).toBeGreaterThan(NOW - 2 * HOUR)
  })

  it('is made once where two looks end at the same time: the second is judged beside the first', async () => {
    const site = await homeOf(LIVED)
    const row = (await findSite(site.id))!
    const looks = await Promise.all([1, 2].map(() => refitSeries(row, 'load/day', NOW)))
    expect(looks.map(({ versionId, metrics }) => [versionId === null, metrics.refusal]).toSorted()).toEqual([
      [false, null],
      [true, 'It is no better on the hours it had not seen.'],
    ])
    expect((await modelsOf(site)).versions.map(({ status }) => status)).toEqual(['active'])
  })

  it('says what is missing where there is too little history, and is nobody else’s', async () => {
    const empty = await makeSite([person, viewer])
    const job = await refit(empty)
    expect(job.status).toBe('done')
    expect(job.results).toEqual([
      { series: 'load', horizon: 'day', promoted: false, reason: expect.stringContaining('not enough history'), versionId: null, metrics: null },
    ])
    expect((await callApi(train, { as: stranger, body: { siteId: empty.id, model: 'forecast' } })).status).toBe(404)
    expect((await callApi(train, { as: viewer, body: { siteId: empty.id, model: 'forecast' } })).status).toBe(403)
    expect((await callApi(getJob, { as: stranger, params: { jobId: job.jobId } })).status).toBe(404)
    const site = await homeOf(LIVED)
    const { results: [result] } = await refit(site)
    expect((await change(site, result!.versionId!, 'roll-back', stranger)).status).toBe(404)
    expect((await change(empty, result!.versionId!, 'roll-back')).status).toBe(404)
    expect((await change(site, result!.versionId!, 'roll-back', viewer)).status).toBe(403)
  })

  it('is one job at a time for a site, whoever asks', async () => {
    const site = await makeSite([person])
    const ask = async () => trainStartedSchema.parse((await callApi(train, { as: person, body: { siteId: site.id, model: 'forecast' } })).body)
    expect((await ask()).jobId).toBe((await ask()).jobId)
  })
})
