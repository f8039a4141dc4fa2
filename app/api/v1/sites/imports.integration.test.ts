import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { POST as cancel } from '@/app/api/v1/sites/[id]/imports/[importId]/cancel/route'
import { POST as preview } from '@/app/api/v1/sites/[id]/imports/[importId]/preview/route'
import { GET as rejected } from '@/app/api/v1/sites/[id]/imports/[importId]/rejected/route'
import { POST as retry } from '@/app/api/v1/sites/[id]/imports/[importId]/retry/route'
import { GET as getImport } from '@/app/api/v1/sites/[id]/imports/[importId]/route'
import { POST as start } from '@/app/api/v1/sites/[id]/imports/[importId]/start/route'
import { GET as list, POST as upload } from '@/app/api/v1/sites/[id]/imports/route'
import { POST as postReadings } from '@/app/api/v1/sites/[id]/readings/route'
import { importPreviewSchema } from '@/lib/contracts/import'
import { importJobSchema } from '@/lib/contracts/import-jobs'
import { problemSchema } from '@/lib/contracts/problem'
import { readingsResultSchema } from '@/lib/contracts/readings'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { stepModel } from '@/lib/nilm/testing/step-network'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { waitUntil } from '@/lib/infra/private-server'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { parquetOfPages } from '@/lib/ingest/import/testing/hostile-parquet'
import { runJobs } from '@/workers/jobs/jobs-loop'
import { makeSite, makeUser, TEST_SECRET, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'

const T0 = Date.UTC(2024, 0, 25, 12) / 1000
let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'uploads-'))
  provideEnv({
    DATABASE_URL: inject('databaseUrl'),
    REDIS_URL: inject('redisUrl'),
    NEXTAUTH_SECRET: TEST_SECRET,
    DATA_DIR: folder,
    IMPORT_MAX_MEGABYTES: '1',
    IMPORT_SITE_MEGABYTES: '1',
    IMPORT_USER_MEGABYTES: '2',
  })
})
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
  rmSync(folder, { recursive: true, force: true })
})

type Handler = typeof upload

function ask(handler: Handler, user: TestUser | null, params: Record<string, string>, query = '', body?: unknown) {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  const request = new Request(`http://localhost/api${query}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: user ? { cookie: `next-auth.session-token=${user.token}` } : {},
    body: body === undefined ? undefined : isRaw ? (body as BodyInit) : JSON.stringify(body),
  })
  return handler(request, { params: Promise.resolve(params) })
}

const meter = (rows: number, from = T0) =>
  `timestamp,power_total\n${Array.from({ length: rows }, (_, i) => `${from + i},${100 + (i % 50)}`).join('\n')}\nnever,5\n`

async function send(user: TestUser, site: TestSite, body: string | Uint8Array, name = 'meter.csv') {
  return ask(upload, user, { id: site.id }, `?building=${site.buildingId}&name=${name}`, body)
}

async function sent(user: TestUser, site: TestSite, body: string | Uint8Array, name?: string) {
  const answer = (await (await send(user, site, body, name)).json()) as { import: unknown; preview: unknown }
  return { job: importJobSchema.parse(answer.import), preview: importPreviewSchema.parse(answer.preview) }
}

const uploads = () => readdirSync(path.join(folder, 'imports'))

describe('a file over HTTP', { timeout: 120_000 }, () => {
  it('is previewed as guessed and as corrected, imported by the worker, reported, and its rejected rows can be fetched', async () => {
    const user = await makeUser('operator')
    const site = await makeSite([user])
    const { job, preview: guessed } = await sent(user, site, gzipSync(meter(3000)), 'meter.csv.gz')
    expect(job).toMatchObject({ status: 'uploaded', name: 'meter.csv.gz', buildingId: site.buildingId, report: null })
    expect(guessed).toMatchObject({
      format: 'meter',
      container: 'gzip',
      mapping: { timeColumn: 'timestamp', timeZone: 'Europe/Berlin' },
    })
    expect(guessed.rows[0]).toMatchObject({ line: 2, timestamp: T0, values: { power: 100 }, problem: null })
    const params = { id: site.id, importId: job.id }
    const kilo = { ...guessed.mapping, columns: [{ column: 'power_total', quantity: 'power', unit: 'kW' }] }
    const corrected = importPreviewSchema.parse(await (await ask(preview, user, params, '', kilo)).json())
    expect(corrected.rows[0]?.values.power).toBe(100_000)
    const wrong = await ask(start, user, params, '', { ...guessed.mapping, timeColumn: 'nothing' })
    expect(wrong.status).toBe(422)
    expect(problemSchema.parse(await wrong.json()).detail).toMatch(/no column nothing/)
    expect((await ask(start, user, params, '', guessed.mapping)).status).toBe(200)

    const stop = new AbortController()
    const versionId = await ensureModelVersion('step', 'step-1')
    const running = runJobs({
      owner: 'test',
      stopped: stop.signal,
      log: createLogger('test'),
      loadModel: async () => ({ session: stepModel({}), versionId }),
    })
    const current = async () => importJobSchema.parse(await (await ask(getImport, user, params)).json())
    await waitUntil(async () => (await current()).estimate?.status === 'done', 60_000, 200)
    stop.abort()
    await running
    expect(await current()).toMatchObject({
      status: 'done',
      progress: 1,
      report: { read: 3001, imported: 3000, rejected: 1 },
      estimate: { status: 'done' },
    })
    const rows = await ask(rejected, user, params)
    expect(rows.headers.get('content-type')).toContain('text/csv')
    expect(await rows.text()).toBe('line,reason,row\n3002,time unreadable,"never,5"\n')
    // The copy is gone with its purpose.
    expect(uploads().filter((name) => name.startsWith(job.id))).toEqual([`${job.id}.rejected.csv`])
  })

  it('can be cancelled before it begins, and go on', async () => {
    const user = await makeUser('operator')
    const site = await makeSite([user])
    const { job, preview: guessed } = await sent(user, site, meter(50))
    const params = { id: site.id, importId: job.id }
    await ask(start, user, params, '', guessed.mapping)
    expect(await (await ask(cancel, user, params, '', '')).json()).toMatchObject({ status: 'cancelled' })
    expect((await ask(cancel, user, params, '', '')).status).toBe(404)
    expect(await (await ask(retry, user, params, '', '')).json()).toMatchObject({ status: 'queued' })
    await ask(cancel, user, params, '', '')
  })

  it('is refused where it is too large or nothing that is known, and leaves nothing behind', async () => {
    const user = await makeUser('operator')
    const site = await makeSite([user])
    const before = uploads()
    expect((await send(user, site, meter(100_000))).status).toBe(413)
    const unknown = await send(user, site, 'name,age\nAnn,3\n', 'people.csv')
    expect(unknown.status).toBe(422)
    expect(problemSchema.parse(await unknown.json()).detail).toMatch(/^people\.csv has no column of times/)
    expect(uploads()).toEqual(before)
  })

  it('that claims gigabytes is refused in one sentence, and leaves nothing behind', async () => {
    const user = await makeUser('operator')
    const site = await makeSite([user])
    const before = uploads()
    const page = { values: 4, unpackedBytes: 2 ** 31 - 1, content: new Uint8Array(64) }
    const answer = await send(user, site, parquetOfPages(4, page, 'SNAPPY'), 'meter.parquet')
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(problemSchema.parse(await answer.json()).detail).toMatch(/^meter\.parquet cannot be read as Parquet: .* 2,048 MB/)
    expect(uploads()).toEqual(before)
  })

  it('finds no room beside others that wait, of the site or of the user; those that were cancelled make room', async () => {
    const [user, other] = [await makeUser('operator'), await makeUser('operator')]
    const sites = [await makeSite([user, other]), await makeSite([user]), await makeSite([user])] as const
    const large = meter(45_000)
    const { job } = await sent(user, sites[0], large)
    const full = await send(other, sites[0], large)
    expect(full.status).toBe(413)
    expect(problemSchema.parse(await full.json()).detail).toMatch(/^This site has room for 1 MB.*cancel/)
    await sent(user, sites[1], large)
    await sent(user, sites[2], meter(10_000))
    const before = uploads()
    expect(problemSchema.parse(await (await send(user, sites[2], large)).json()).detail).toMatch(/^You have room for 2 MB/)
    expect(uploads()).toEqual(before)
    await ask(cancel, user, { id: sites[0].id, importId: job.id }, '', '')
    await sent(other, sites[0], large)
    expect(uploads()).not.toContain(`${job.id}.upload`)
    expect((await ask(retry, user, { id: sites[0].id, importId: job.id }, '', '')).status).toBe(404)
  })

  it('of another tenant does not exist, and viewers bring nothing in', async () => {
    const [user, stranger, viewer] = [await makeUser('operator'), await makeUser('operator'), await makeUser('viewer')]
    const site = await makeSite([user, viewer])
    const own = await makeSite([stranger])
    const { job, preview: guessed } = await sent(user, site, meter(50))
    const actions: [Handler, unknown][] = [
      [getImport, undefined],
      [preview, {}],
      [start, guessed.mapping],
      [cancel, ''],
      [retry, ''],
      [rejected, undefined],
    ]
    for (const [handler, body] of actions) {
      for (const id of [site.id, own.id])
        expect((await ask(handler, stranger, { id, importId: job.id }, '', body)).status).toBe(404)
      expect((await ask(handler, viewer, { id: site.id, importId: job.id }, '', body)).status).toBe(403)
      expect((await ask(handler, null, { id: site.id, importId: job.id }, '', body)).status).toBe(401)
    }
    expect((await send(stranger, site, meter(5))).status).toBe(404)
    expect((await ask(upload, stranger, { id: own.id }, `?building=${site.buildingId}&name=x.csv`, meter(5))).status).toBe(404)
    expect((await ask(list, stranger, { id: site.id })).status).toBe(404)
    expect((await ask(list, viewer, { id: site.id })).status).toBe(403)
    await ask(cancel, user, { id: site.id, importId: job.id }, '', '')
  })
})

describe('readings over HTTP', () => {
  const post = async (user: TestUser, site: TestSite, readings: unknown[], building_id?: string) =>
    ask(postReadings, user, { id: site.id }, '', { building_id, readings })
  const result = async (answer: Promise<Response>) => readingsResultSchema.parse(await (await answer).json())

  it('count as stored once, whether they are live or of the past, and as rejected with the reason', async () => {
    const user = await makeUser('operator')
    const site = await makeSite([user])
    const now = Math.floor(Date.now() / 1000)
    const live = [
      { timestamp: now - 2, power_total: 500, voltage: 230 },
      { timestamp: now - 1, power_total: 510 },
    ]
    const past = Array.from({ length: 120 }, (_, i) => ({ timestamp: T0 + i, power_total: 100, voltage: 231, thd: 3 }))
    const bad = [{ timestamp: now + 9999, power_total: 1 }, { power_total: 1 }, 7]
    const batch = [...live, ...past, ...bad]
    const first = await result(post(user, site, batch))
    expect(first).toMatchObject({ building_id: site.buildingId, stored: 122, repeated: 0, rejected: 3 })
    expect(first.reasons.map(({ index }) => index)).toEqual([122, 123, 124])
    expect(await result(post(user, site, [...batch, ...live]))).toMatchObject({ stored: 0, repeated: 124, rejected: 3 })
    const { rows } = await pool().query(
      `SELECT (SELECT count(*) FROM power_raw WHERE building_key = $1 AND source = 'http')::int AS raw,
         (SELECT count(*) FROM background_job WHERE building_key = $1 AND kind = 'estimate' AND status = 'queued')::int AS jobs`,
      [site.buildingKey],
    )
    // What is live is the inference worker's to store.
    expect(rows[0]).toEqual({ raw: 120, jobs: 1 })
  })

  it('sent twice at once are stored once', async () => {
    const user = await makeUser('operator')
    const site = await makeSite([user])
    const now = Math.floor(Date.now() / 1000)
    const readings = Array.from({ length: 60 }, (_, i) => ({ timestamp: now - 100 + i, power_total: i }))
    const answers = await Promise.all(Array.from({ length: 4 }, () => result(post(user, site, readings))))
    expect(answers.reduce((sum, { stored }) => sum + stored, 0)).toBe(60)
    expect(answers.reduce((sum, { repeated }) => sum + repeated, 0)).toBe(180)
  })

  it('are 404 for another tenant, 403 for a viewer, 401 for nobody, and 422 for a body that is no batch', async () => {
    const [user, stranger, viewer] = [await makeUser('operator'), await makeUser('operator'), await makeUser('viewer')]
    const site = await makeSite([user, viewer])
    const own = await makeSite([stranger])
    const readings = [{ timestamp: T0, power_total: 1 }]
    expect((await post(stranger, site, readings)).status).toBe(404)
    expect((await post(stranger, own, readings, site.buildingId)).status).toBe(404)
    expect((await post(viewer, site, readings)).status).toBe(403)
    expect((await ask(postReadings, null, { id: site.id }, '', { readings })).status).toBe(401)
    for (const body of [{ readings: [] }, { readings: 7 }, [], { readings: Array.from({ length: 10_001 }, () => 0) }]) {
      expect((await ask(postReadings, user, { id: site.id }, '', body)).status).toBe(422)
    }
  })
})
