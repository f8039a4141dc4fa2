import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest'
import { POST as cancel } from '@/app/api/v1/jobs/[id]/cancel/route'
import { POST as retry } from '@/app/api/v1/jobs/[id]/retry/route'
import { GET as getOne } from '@/app/api/v1/jobs/[id]/route'
import { GET as list } from '@/app/api/v1/jobs/route'
import { type Work, workPageSchema, workSchema } from '@/lib/contracts/jobs'
import { claimJob, createJob, finishJob, type JobKind } from '@/lib/data/background-jobs'
import { requestJob } from '@/lib/data/learning-jobs'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { problemSchema } from '@/lib/contracts/problem'
import { callApi } from '@/scripts/testing/api-call'
import { makeSite, makeUser, TEST_SECRET, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'
import { scratchFolder } from '@/scripts/testing/scratch-folder'

const { folder, remove } = scratchFolder()
let [admin, operator, stranger, viewer]: TestUser[] = []
let site: TestSite

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  admin = await makeUser('admin')
  operator = await makeUser('operator')
  stranger = await makeUser('operator')
  viewer = await makeUser('viewer')
})
beforeEach(async () => {
  site = await makeSite([operator!, viewer!])
})
afterAll(async () => {
  remove()
  await closePool()
})

async function makeJob(kind: JobKind = 'import', fileName = `${randomUUID()}.csv`) {
  const file = path.join(folder, fileName)
  writeFileSync(file, 'x')
  const request = { file, name: 'meter.csv', said: {}, rejectedFile: `${file}.rejected`, isUpload: false }
  return createJob({ kind, buildingKey: site.buildingKey, status: 'queued', request, requestedBy: operator!.id })
}

async function failed(id: string, kind: JobKind = 'import'): Promise<void> {
  await claimJob(kind, 'test', id)
  await finishJob(id, 'test', 'failed', null, 'The disk was full.')
}

async function listed(as: TestUser | undefined, query = ''): Promise<Work[]> {
  const request = new Request(`http://localhost/api/v1/jobs?siteId=${site.id}&${query}`, {
    headers: { authorization: `Bearer ${as?.token}` },
  })
  return workPageSchema.parse(await (await list(request, { params: Promise.resolve({}) })).json()).data
}

const act = async (route: typeof cancel, id: string, as = operator) => callApi(route, { as, params: { id }, method: 'POST' })
const detailOf = (body: unknown) => problemSchema.parse(body).detail

it('shows jobs of all kinds with whose they are, newest first, and their progress as it grows', async () => {
  const job = await makeJob()
  const learning = await requestJob(site.buildingKey, operator!.id)
  await pool().query('UPDATE background_job SET progress = 0.5 WHERE id = $1', [job.id])
  const found = await listed(operator)
  expect(found.map(({ id, kind }) => [id, kind])).toEqual([[learning.id, 'learning'], [job.id, 'import']])
  expect(found[1]).toMatchObject({
    name: 'meter.csv',
    state: 'queued',
    progress: 0.5,
    site: { id: site.id },
    building: { id: site.buildingId },
    requestedBy: { id: operator!.id, username: operator!.username },
    error: null,
  })
  expect((await listed(operator, 'kind=learning')).map(({ id }) => id)).toEqual([learning.id])
  expect(await listed(operator, 'state=running')).toEqual([])
})

it('gives the rest of a long list page by page, each job once', async () => {
  const made = [await makeJob(), await makeJob(), await makeJob()].map(({ id }) => id)
  const seen: string[] = []
  for (let before = ''; seen.length < 10; ) {
    const request = new Request(`http://localhost/api/v1/jobs?limit=1&siteId=${site.id}${before && `&before=${before}`}`, {
      headers: { authorization: `Bearer ${operator!.token}` },
    })
    const page = workPageSchema.parse(await (await list(request, { params: Promise.resolve({}) })).json())
    seen.push(...page.data.map(({ id }) => id))
    if (page.next === null) break
    before = page.next
  }
  expect(seen).toEqual(made.toReversed())
})

it('shows an operator the jobs of its own sites, an administrator all, and nobody else any', async () => {
  const job = await makeJob()
  expect((await listed(admin)).map(({ id }) => id)).toEqual([job.id])
  expect(await listed(stranger)).toEqual([])
  expect((await callApi(getOne, { as: stranger, params: { id: job.id } })).status).toBe(404)
  for (const route of [cancel, retry]) {
    expect((await act(route, job.id, stranger)).status).toBe(404)
    expect((await act(route, job.id, viewer)).status).toBe(403)
  }
  expect((await callApi(getOne, { as: admin, params: { id: job.id } })).status).toBe(200)
  expect((await listed(operator))[0]?.state).toBe('queued')
})

it('cancels a job that waits at once and asks one that runs to stop, and says so in the audit log', async () => {
  const [waiting, running] = [await makeJob(), await makeJob()]
  await claimJob('import', 'test', running.id)
  expect(workSchema.parse((await act(cancel, waiting.id)).body)).toMatchObject({ state: 'cancelled' })
  expect(workSchema.parse((await act(cancel, running.id)).body)).toMatchObject({ state: 'running', isStopping: true })
  const again = await act(cancel, waiting.id)
  expect(again.status).toBe(409)
  expect(detailOf(again.body)).toContain('over already')
  const { rows } = await pool().query('SELECT action, before, after FROM audit_log WHERE target = $1', [waiting.id])
  expect(rows).toMatchObject([{ action: 'job.cancel', before: { state: 'queued' }, after: { state: 'cancelled' } }])
})

it('lets a failed import go on, unless its file is gone, and nothing that is not over', async () => {
  const job = await makeJob()
  expect((await act(retry, job.id)).status).toBe(409)
  await failed(job.id)
  expect(workSchema.parse((await callApi(getOne, { as: operator, params: { id: job.id } })).body)).toMatchObject({
    state: 'failed',
    error: 'The disk was full.',
    attempts: 1,
  })
  expect(workSchema.parse((await act(retry, job.id)).body)).toMatchObject({ state: 'queued', error: null, attempts: 0 })
  await failed(job.id)
  await pool().query(`UPDATE background_job SET request = jsonb_set(request, '{file}', '"/nowhere/gone.csv"') WHERE id = $1`, [job.id])
  const gone = await act(retry, job.id)
  expect([gone.status, detailOf(gone.body)]).toEqual([409, expect.stringContaining('Upload it again')])
})

it('does not let two jobs wait that would do the same for one building', async () => {
  const estimate = await makeJob('estimate')
  await failed(estimate.id, 'estimate')
  await makeJob('estimate')
  const learning = await requestJob(site.buildingKey, operator!.id)
  expect(workSchema.parse((await act(cancel, learning.id)).body).state).toBe('cancelled')
  await requestJob(site.buildingKey, operator!.id)
  for (const id of [estimate.id, learning.id]) {
    const { status, body } = await act(retry, id)
    expect([status, detailOf(body)]).toEqual([409, expect.stringContaining('waits already')])
  }
})

it('says that another job does the same where one is asked for at the very moment of a retry', async () => {
  const { id } = await requestJob(site.buildingKey, operator!.id)
  await act(cancel, id)
  const client = await pool().connect()
  try {
    await client.query('BEGIN')
    await client.query(`INSERT INTO home_learning_job (id, building_key, status) VALUES ($1, $2, 'queued')`, [
      randomUUID(),
      site.buildingKey,
    ])
    const retried = act(retry, id)
    const waiting = async () => (await pool().query('SELECT 1 FROM pg_locks WHERE NOT granted')).rowCount
    await expect.poll(waiting, { timeout: 20_000 }).toBe(1)
    await client.query('COMMIT')
    const { status, body } = await retried
    expect(status).toBe(409)
    expect(detailOf(body)).toContain('waits already')
  } finally {
    client.release()
  }
})
