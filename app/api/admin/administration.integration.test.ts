import { randomUUID } from 'node:crypto'
import os from 'node:os'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { POST as flush } from '@/app/api/admin/cache/flush/route'
import { GET as cacheStats } from '@/app/api/admin/cache/stats/route'
import { GET as metrics } from '@/app/api/admin/metrics/route'
import { GET as modelInfo } from '@/app/api/admin/model/info/route'
import { GET as sessionCount } from '@/app/api/admin/sessions/count/route'
import { GET as health } from '@/app/api/v1/admin/health/route'
import { GET as models } from '@/app/api/v1/admin/models/route'
import { GET as plot } from '@/app/api/v1/admin/models/plots/[file]/route'
import { GET as performanceOf } from '@/app/api/v1/admin/performance/route'
import { DELETE as endLevel, GET as getLevel, PUT as setLevel } from '@/app/api/v1/log-level/route'
import {
  assistantModelSchema,
  cacheFlushSchema,
  cacheStatsSchema,
  sessionCountSchema,
  systemMetricsSchema,
} from '@/lib/contracts/administration'
import { logLevelSchema } from '@/lib/contracts/log-level'
import { modelRegistrySchema } from '@/lib/contracts/model-registry'
import { performanceSchema } from '@/lib/contracts/performance'
import { systemHealthSchema } from '@/lib/contracts/system-health'
import { createChatSession } from '@/lib/data/chat-sessions'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { createLogger, currentLogLevel, setLogLevel } from '@/lib/infra/logger'
import { processMetrics } from '@/lib/infra/process-metrics'
import { answerCache } from '@/lib/live/cache/answer-cache'
import { closeSharedRedis } from '@/lib/live/shared-redis'
import { noteAssistantModel } from '@/lib/services/assistant-model'
import { type ProcessReporter, reportProcess } from '@/lib/services/process-report'
import { closeSharedLiveStore, sharedLiveStore } from '@/lib/services/shared-live-store'
import { callApi } from '@/scripts/testing/api-call'
import { makeSite, makeUpdate, makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'

let admin: TestUser
let reporter: ProcessReporter

beforeAll(async () => {
  provideEnv({
    DATABASE_URL: inject('databaseUrl'),
    REDIS_URL: inject('redisUrl'),
    NEXTAUTH_SECRET: TEST_SECRET,
    LOG_LEVEL: 'warn',
  })
  admin = await makeUser('admin')
  reporter = reportProcess('web', { log: createLogger('test'), pingLiveStore: () => sharedLiveStore().ping() })
})

afterAll(async () => {
  await reporter.close()
  await closeSharedLiveStore()
  closeSharedRedis()
  await closePool()
})

const ask = async <Answer>(route: Parameters<typeof callApi>[0], schema: { parse(given: unknown): Answer }, call = {}) => {
  const { status, body } = await callApi(route, { as: admin, ...call })
  expect(status, JSON.stringify(body)).toBe(200)
  return schema.parse(body)
}

describe('the endpoints of the older service', () => {
  it('count each request that is answered, and the failures among them', async () => {
    const before = await ask(metrics, systemMetricsSchema)
    await ask(sessionCount, sessionCountSchema)
    processMetrics().requests.observe({ method: 'GET', route: '/api/test', status: '500' }, 0.2)
    const after = await ask(metrics, systemMetricsSchema)
    // The first question itself, the second, and the failure.
    expect(after.total_requests - before.total_requests).toBe(3)
    expect(after.failed_requests - before.failed_requests).toBe(1)
  })

  it('add up what other web processes answered, until they fall silent', async () => {
    const before = await ask(metrics, systemMetricsSchema)
    const { rows } = await pool().query<{ report: object }>('SELECT report FROM process_report WHERE id = $1', [reporter.id])
    const id = `web-elsewhere-${randomUUID()}`
    await pool().query(
      `INSERT INTO process_report (id, kind, host, pid, started_at, report) VALUES ($1, 'web', 'elsewhere', 1, now(), $2)`,
      [id, JSON.stringify({ ...rows[0]?.report, totalRequests: 1_000_000 })],
    )
    const during = await ask(metrics, systemMetricsSchema)
    expect(during.total_requests - before.total_requests).toBeGreaterThan(1_000_000)
    expect(during.web_processes).toBe(before.web_processes + 1)
    await pool().query(`UPDATE process_report SET seen_at = now() - interval '1 minute' WHERE id = $1`, [id])
    expect((await ask(metrics, systemMetricsSchema)).web_processes).toBe(before.web_processes)
    await pool().query('DELETE FROM process_report WHERE id = $1', [id])
  })

  it('tell the processor and the memory of the machine in percent', async () => {
    const told = await ask(metrics, systemMetricsSchema)
    for (const share of [told.cpu_usage, told.memory_usage]) {
      expect(share).toBeGreaterThan(0)
      expect(share).toBeLessThanOrEqual(100)
    }
    expect(told.process_memory_bytes).toBeGreaterThan(10e6)
    expect(told.uptime_seconds).toBeGreaterThan(0)
  })

  it('count conversations as sessions, and accounts', async () => {
    const before = await ask(sessionCount, sessionCountSchema)
    const activeBefore = (await ask(metrics, systemMetricsSchema)).active_sessions
    const person = await makeUser('viewer')
    await createChatSession({ sessionId: randomUUID(), userId: person.id, siteId: null, title: '' })
    const after = await ask(sessionCount, sessionCountSchema)
    expect(after.total_sessions).toBe(before.total_sessions + 1)
    expect(after.total_users).toBe(before.total_users + 1)
    expect(after.open_logins).toBe(before.open_logins + 1)
    expect((await ask(metrics, systemMetricsSchema)).active_sessions).toBe(activeBefore + 1)
  })

  it('tell what the cache did, and empty it', async () => {
    const before = await ask(cacheStats, cacheStatsSchema)
    await answerCache().set(`test ${randomUUID()}`, 'answer', 60)
    await answerCache().count('hit')
    await answerCache().count('miss')
    const after = await ask(cacheStats, cacheStatsSchema)
    expect(after).toMatchObject({ enabled: true, entries: before.entries + 1, hits: before.hits + 1, misses: before.misses + 1 })
    expect((await ask(metrics, systemMetricsSchema)).cache_hit_rate).toBe(after.hit_rate)
    const flushed = await ask(flush, cacheFlushSchema, { method: 'POST' })
    expect(flushed).toMatchObject({ success: true, entries_flushed: after.entries })
    expect((await ask(cacheStats, cacheStatsSchema)).entries).toBe(0)
    const { rows } = await pool().query(`SELECT 1 FROM audit_log WHERE action = 'cache.flush' AND actor_id = $1`, [admin.id])
    expect(rows).toHaveLength(1)
  })

  it('say that the cache is off where it is switched off', async () => {
    provideEnv({ ENABLE_CACHE: 'false' })
    expect(await ask(cacheStats, cacheStatsSchema)).toMatchObject({ enabled: false, kind: 'off' })
    provideEnv({ ENABLE_CACHE: 'true' })
  })

  it('describe who answers as configured, and null for what that one does not have', async () => {
    const embedded = await ask(modelInfo, assistantModelSchema)
    expect(embedded).toMatchObject({ provider: 'embedded', temperature: null, n_ctx: null, model_loaded: false, max_tokens: 512 })
    expect(embedded.disaggregation).toMatchObject({ available: true, name: 'wavenilm' })
    provideEnv({ LLM_PROVIDER: 'llama-cpp', MODEL_PATH: '/models/some.gguf', MODEL_N_CTX: '2048', MODEL_N_THREADS: '3' })
    noteAssistantModel({ name: 'some', path: '/models/some.gguf' })
    const llama = await ask(modelInfo, assistantModelSchema)
    expect(llama).toMatchObject({ model_path: '/models/some.gguf', model_loaded: true, n_ctx: 2048, n_threads: 3, temperature: 0.7 })
    provideEnv({ LLM_PROVIDER: 'openai', MODEL_PATH: '', MODEL_NAME: 'of-a-server' })
    const hosted = await ask(modelInfo, assistantModelSchema)
    expect(hosted).toMatchObject({ model_name: 'of-a-server', model_path: null, model_loaded: null, n_ctx: null, n_threads: null })
    provideEnv({ LLM_PROVIDER: 'embedded', MODEL_NAME: '', MODEL_N_CTX: '', MODEL_N_THREADS: '' })
    noteAssistantModel(null)
  })
})

describe('the log level', () => {
  it('is followed by every process once it is set, ends by itself, and is in the audit log', async () => {
    const body = { level: 'debug', minutes: 5 }
    const set = await ask(setLevel, logLevelSchema, { method: 'PUT', body })
    expect(set).toMatchObject({ usual: 'warn', set: { level: 'debug', setBy: admin.username } })
    setLogLevel(null)
    // As another process learns of it.
    await reporter.tell()
    expect(currentLogLevel()).toBe('debug')
    expect(createLogger('test').isLevelEnabled('debug')).toBe(true)
    await pool().query(`UPDATE log_level SET ends_at = now() - interval '1 second'`)
    await reporter.tell()
    expect(currentLogLevel()).toBe('warn')
    expect(createLogger('test').isLevelEnabled('info')).toBe(false)
    expect((await ask(getLevel, logLevelSchema)).set).toBeNull()
    const { rows } = await pool().query(`SELECT before, after FROM audit_log WHERE action = 'log-level.set' AND actor_id = $1`, [admin.id])
    expect(rows).toMatchObject([{ before: { set: null }, after: { set: { level: 'debug' } } }])
  })

  it('ends in a process that cannot reach the database any more', async () => {
    await ask(setLevel, logLevelSchema, { method: 'PUT', body: { level: 'trace', minutes: 1 } })
    await pool().query(`UPDATE log_level SET ends_at = now() + interval '3 seconds'`)
    await reporter.tell()
    expect(currentLogLevel()).toBe('trace')
    await expect.poll(currentLogLevel, { timeout: 20_000, interval: 50 }).toBe('warn')
  })

  it('can be ended before its time', async () => {
    await ask(setLevel, logLevelSchema, { method: 'PUT', body: { level: 'info', minutes: 60 } })
    expect((await ask(endLevel, logLevelSchema, { method: 'DELETE' })).set).toBeNull()
    expect(currentLogLevel()).toBe('warn')
  })

  it('cannot be silenced, nor set for ever', async () => {
    for (const body of [{ level: 'silent', minutes: 5 }, { level: 'info', minutes: 100_000 }, { level: 'info', minutes: 0 }]) {
      expect((await callApi(setLevel, { as: admin, method: 'PUT', body })).status).toBe(422)
    }
  })
})

describe('health by part', () => {
  it('lists the processes that say how they are, and those that are missing', async () => {
    await reporter.tell()
    const told = await ask(health, systemHealthSchema)
    expect(told.processes?.find(({ id }) => id === reporter.id)).toMatchObject({ kind: 'web', isSilent: false, logLevel: 'warn' })
    expect(told.missingKinds).not.toContain('web')
    await pool().query(`UPDATE process_report SET seen_at = now() - interval '1 minute' WHERE id = $1`, [reporter.id])
    const silent = await ask(health, systemHealthSchema)
    expect(silent.processes?.find(({ id }) => id === reporter.id)?.isSilent).toBe(true)
    expect(silent.missingKinds).toContain('web')
    await reporter.tell()
  })

  it('tells how far a building is behind, what waits, and what is stored', async () => {
    const site = await makeSite([])
    await pool().query(`INSERT INTO session_checkpoint (building_key, position, state) VALUES ($1, 0, '{}')`, [site.buildingKey])
    await sharedLiveStore().publish(makeUpdate(site.buildingId, Date.now() / 1000 - 3_600))
    await pool().query('SELECT ensure_partitions(now(), now())')
    const told = await ask(health, systemHealthSchema)
    const building = told.buildings?.find(({ id }) => id === site.buildingId)
    expect(building?.lagSeconds).toBeGreaterThan(3_599)
    expect(told.shards?.length).toBeGreaterThan(0)
    expect(told.database?.bytes).toBeGreaterThan(0)
    expect(told.database?.partitions.find(({ series }) => series === 'power_raw')?.partitions).toBeGreaterThan(0)
    expect(told.disk?.freeBytes).toBeGreaterThan(0)
  })
})

it('a process takes the place of one on its machine that was killed, and of no other', async () => {
  const { rows } = await pool().query<{ report: object }>('SELECT report FROM process_report WHERE id = $1', [reporter.id])
  const insert = (id: string, host: string, pid: number) =>
    pool().query(`INSERT INTO process_report (id, kind, host, pid, started_at, report) VALUES ($1, 'jobs', $2, $3, now(), $4)`, [
      id,
      host,
      pid,
      JSON.stringify(rows[0]?.report),
    ])
  const [killed, elsewhere, alive] = ['killed', 'elsewhere', 'alive'].map((name) => `${name}-${randomUUID()}`)
  // No process has a number as high as this one.
  await insert(killed!, os.hostname(), 2 ** 30)
  await insert(elsewhere!, 'another machine', 2 ** 30)
  await insert(alive!, os.hostname(), process.pid)
  const successor = reportProcess('jobs', { log: createLogger('test') })
  const known = async () => (await ask(health, systemHealthSchema)).processes?.map(({ id }) => id) ?? []
  await expect.poll(known, { timeout: 20_000 }).toContain(successor.id)
  expect(await known()).toEqual(expect.arrayContaining([elsewhere, alive]))
  expect(await known()).not.toContain(killed)
  await successor.close()
  expect(await known()).not.toContain(successor.id)
  await pool().query('DELETE FROM process_report WHERE id = ANY($1)', [[elsewhere, alive]])
})

describe('performance', () => {
  it('shows the requests of the last half hour, by time and by route', async () => {
    await reporter.tell()
    const route = `/api/test/${randomUUID()}`
    for (const seconds of [0.02, 0.02, 0.9]) processMetrics().requests.observe({ method: 'GET', route, status: '200' }, seconds)
    processMetrics().requests.observe({ method: 'GET', route, status: '503' }, 0.02)
    await reporter.tell()
    const told = await ask(performanceOf, performanceSchema)
    const found = told.routes.find((one) => one.route === route)
    expect(found).toMatchObject({ method: 'GET', requests: 4, failures: 1 })
    expect(found?.p50Seconds).toBeLessThan(0.03)
    expect(found?.p95Seconds).toBeGreaterThan(0.5)
    expect(told.webProcesses).toBeGreaterThan(0)
  })
})

describe('the model registry', () => {
  it('tells of the model in use, its accuracy, and the versions that ever ran', async () => {
    const version = `test-${randomUUID()}`
    await pool().query(`INSERT INTO model_version (name, version) VALUES ('wavenilm', $1)`, [version])
    const told = await ask(models, modelRegistrySchema)
    expect(told.model?.name).toBe('wavenilm')
    expect(told.versions.find((one) => one.version === version)).toMatchObject({ isCurrent: false, buildings: 0, heads: 0 })
    expect(told.accuracy).toHaveLength(11)
    expect(told.accuracy.some(({ measured }) => measured.length > 0)).toBe(true)
  })

  it('gives out the figures of the card, as pictures that can do nothing, and no other file', async () => {
    const { response } = await callPlot('reliability.svg')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('image/svg+xml')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    for (const file of ['../manifest.json', '..%2Freport.json', 'missing.svg', 'manifest.json']) {
      expect((await callPlot(file)).response.status).toBe(404)
    }
  })

  async function callPlot(file: string) {
    const request = new Request('http://localhost/api/test', { headers: { authorization: `Bearer ${admin.token}` } })
    return { response: await plot(request, { params: Promise.resolve({ file }) }) }
  }

  it('says why there is no model where the folder has none', async () => {
    provideEnv({ MODEL_DIR: '/nowhere/at/all' })
    const told = await ask(models, modelRegistrySchema)
    expect(told).toMatchObject({ model: null, accuracyOf: null })
    expect(told.problem).toContain('manifest.json')
    provideEnv({ MODEL_DIR: '' })
  })
})
