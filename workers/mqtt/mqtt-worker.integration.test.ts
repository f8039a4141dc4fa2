import { randomUUID } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { childEnvironment, provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { TestBroker } from '@/lib/ingest/mqtt/testing/test-broker'
import { countReadings } from '@/scripts/testing/stored-series'
import { startWorker, type WorkerProcess } from '@/scripts/testing/worker-process'

const START = Math.floor(Date.now() / 1000) - 3_600
const until = { timeout: 60_000, interval: 100 }

describe('the MQTT worker', () => {
  let broker: TestBroker
  let settings: Record<string, string>
  const buildingId = `mqtt_${randomUUID()}`
  const running: WorkerProcess[] = []

  beforeAll(async () => {
    provideEnv({ DATABASE_URL: inject('databaseUrl') })
    broker = await TestBroker.start()
    const redisUrl = inject('redisUrl')
    settings = {
      DATABASE_URL: inject('databaseUrl'),
      ...(redisUrl ? { REDIS_URL: redisUrl } : { LIVE_STORE: 'postgres' }),
      MQTT_URL: broker.url,
      BUILDING_ID: buildingId,
      HOME_ASSISTANT_BUILDINGS: buildingId,
    }
  })
  afterEach(async () => {
    await Promise.all(running.splice(0).map((worker) => worker.stop()))
  })
  afterAll(async () => {
    await broker.stop()
    await closePool()
  })

  const start = async (kind: 'inference' | 'mqtt') => {
    const worker = await startWorker(settings, kind)
    running.push(worker)
    return worker
  }
  const publish = async (from: number, to: number) => {
    for (let second = from; second < to; second++) {
      await broker.publish(`undercurrent/${buildingId}/input`, { timestamp: START + second, power_total: 200 + (second % 7) })
    }
  }
  const facts = async () => {
    const { rows } = await pool().query<{ facts: Record<string, number> }>(
      `SELECT report -> 'facts' AS facts FROM process_report WHERE kind = 'mqtt' ORDER BY seen_at DESC LIMIT 1`,
    )
    return rows[0]?.facts
  }

  it('brings every reading into the database once, though it is killed while readings come and others wait for it', async () => {
    await start('inference')
    const first = await start('mqtt')
    // What is published before somebody has subscribed is for nobody.
    await expect.poll(() => broker.subscribed, until).toContain('undercurrent/+/input')
    await publish(0, 100)
    await expect.poll(() => broker.acknowledged.length, until).toBeGreaterThan(10)
    await first.kill()
    await publish(100, 200)
    await start('mqtt')
    await publish(200, 300)
    await expect.poll(() => countReadings(pool(), buildingId), until).toBe(300)
    const { rows } = await pool().query<{ sources: string[]; late: string; last: number }>(
      `SELECT array_agg(DISTINCT r.source::text) AS sources, count(*) FILTER (WHERE late) AS late,
         extract(epoch FROM max(ts))::float8 AS last
       FROM power_raw r JOIN building b ON b.key = r.building_key WHERE b.id = $1`,
      [buildingId],
    )
    expect(rows[0]?.last).toBe(START + 299)
    expect(rows[0]?.late).toBe('0')
    await expect.poll(async () => (await facts())?.mqttConnected, until).toBe(1)
  })

  it('says that it is gone when it was killed, and takes over from another only when that one is', async () => {
    const first = await start('mqtt')
    await expect.poll(() => broker.retained.get('undercurrent/availability'), until).toBe('online')
    const second = await start('mqtt')
    expect(broker.connectedClients).toBe(2)
    await first.kill()
    await expect.poll(() => broker.retained.get('undercurrent/availability'), until).toBe('offline')
    await expect.poll(() => broker.retained.get('undercurrent/availability'), until).toBe('online')
    await second.stop()
    expect(broker.retained.get('undercurrent/availability')).toBe('offline')
  })

  it.each([
    [{ MQTT_URL: '' }, 2, /set MQTT_URL/],
    [{ MQTT_TOPICS: 'home/power' }, 2, /MQTT_TOPICS has home\/power: add \?building=ID/],
    [{ HOME_ASSISTANT_BUILDINGS: 'a,b c!' }, 2, /HOME_ASSISTANT_BUILDINGS has c!/],
    [{ MQTT_CA_FILE: '/nowhere.pem' }, 1, /MQTT_CA_FILE \/nowhere.pem cannot be read/],
  ])('refuses to start with %j and says what to change', async (wrong, exitCode, reason) => {
    const child = spawn(process.execPath, ['.build/workers/mqtt/main.mjs'], {
      env: childEnvironment({ ...settings, ...wrong }),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(exitCode)
    expect(output).toMatch(reason)
  })
})
