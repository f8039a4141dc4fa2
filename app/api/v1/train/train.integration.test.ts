import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { GET as getModels } from '@/app/api/v1/sites/[id]/models/route'
import { siteModelsSchema, trainingJobSchema, trainStartedSchema } from '@/lib/contracts/training'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { makeSite, makeUser, TEST_SECRET, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'
import { GET as getJob } from './[jobId]/route'
import { POST as train } from './route'

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

async function ask(handler: Handler, user: TestUser, params: Record<string, string>, body?: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${user.token}` }
  const request = new Request('http://localhost/api', body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) })
  return handler(request, { params: Promise.resolve(params) })
}

let person: TestUser, viewer: TestUser, stranger: TestUser
let site: TestSite

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  ;[person, viewer, stranger] = await Promise.all([makeUser('operator'), makeUser('viewer'), makeUser('operator')])
})
beforeEach(async () => {
  site = await makeSite([person, viewer])
})
afterAll(closePool)

describe('training', () => {
  it('starts a job whose progress and result can be read where Location leads', async () => {
    const answer = await ask(train, person, {}, { siteId: site.id, model: 'appliances' })
    expect(answer.status).toBe(202)
    const { jobId, status } = trainStartedSchema.parse(await answer.json())
    expect(status).toBe('queued')
    expect(answer.headers.get('location')).toBe(`/api/v1/train/${jobId}`)
    const again = trainStartedSchema.parse(await (await ask(train, person, {}, { siteId: site.id })).json())
    expect(again.jobId).toBe(jobId)

    await pool().query(`UPDATE home_learning_job SET status = 'running', progress = 0.5 WHERE id = $1`, [jobId])
    const read = async () => trainingJobSchema.parse(await (await ask(getJob, viewer, { jobId })).json())
    expect(await read()).toMatchObject({ status: 'running', progress: 0.5, siteId: site.id, buildingId: site.buildingId, results: [] })
    const outcome = [{ appliance: 'Dryer', needed: 3, headId: null, refusal: null }]
    await pool().query(`UPDATE home_learning_job SET status = 'done', progress = 1, outcome = $2 WHERE id = $1`, [jobId, JSON.stringify(outcome)])
    expect((await read()).results).toEqual([
      { appliance: 'Dryer', promoted: false, reason: '3 more labels are needed.', labelsNeeded: 3, versionId: null, metrics: null },
    ])
    const models = siteModelsSchema.parse(await (await ask(getModels, viewer, { id: site.id })).json())
    expect(models.jobs.map((job) => job.jobId)).toEqual([jobId])
  })

  it('says why a version did not take effect, with its figures before and after', async () => {
    const { jobId } = trainStartedSchema.parse(await (await ask(train, person, {}, { siteId: site.id })).json())
    const score = (f1: number) => ({ f1, runsFound: 3, falseAlarms: 1 })
    const metrics = {
      runs: 4, notRuns: 2, before: score(0.8), after: score(0.7), restTurnedOn: 0, restTurnedOff: 0,
      refusal: 'It makes more mistakes on runs it had not seen.',
    }
    const version = await pool().query<{ id: number }>(
      `INSERT INTO model_version (name, version) VALUES ('train', $1) RETURNING id`, [site.id],
    )
    await pool().query(
      `INSERT INTO home_head (id, building_key, appliance, model_version_id, job_id, status, metrics, weights)
       VALUES ($1, $2, 3, $3, $4, 'rejected', $5, '{}')`,
      [`head_${site.id}`, site.buildingKey, version.rows[0]!.id, jobId, JSON.stringify(metrics)],
    )
    const outcome = [{ appliance: 'Dryer', needed: 0, headId: `head_${site.id}`, refusal: metrics.refusal }]
    await pool().query(`UPDATE home_learning_job SET status = 'done', outcome = $2 WHERE id = $1`, [jobId, JSON.stringify(outcome)])
    const { results } = trainingJobSchema.parse(await (await ask(getJob, person, { jobId })).json())
    expect(results).toMatchObject([{ promoted: false, reason: metrics.refusal, metrics: { before: { f1: 0.8 }, after: { f1: 0.7 } } }])
  })

  it('is nobody’s who does not see the site, and started by nobody who may only look', async () => {
    const { jobId } = trainStartedSchema.parse(await (await ask(train, person, {}, { siteId: site.id })).json())
    expect((await ask(train, stranger, {}, { siteId: site.id })).status).toBe(404)
    expect((await ask(train, viewer, {}, { siteId: site.id })).status).toBe(403)
    expect((await ask(getJob, stranger, { jobId })).status).toBe(404)
    expect((await ask(getModels, stranger, { id: site.id })).status).toBe(404)
    expect((await ask(train, person, {}, { siteId: site.id, buildingId: (await makeSite([stranger])).buildingId })).status).toBe(404)
    expect((await ask(train, person, {}, { siteId: site.id, model: 'nonsense' })).status).toBe(422)
  })
})
