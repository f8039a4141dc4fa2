import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Sample } from '@/lib/contracts/sample'
import { createPostgresLiveStore } from '@/lib/live/postgres'
import { createRedisLiveStore } from '@/lib/live/redis'
import type { LiveStore } from '@/lib/live/live-store'
import { createHome } from '@/lib/simulation/home'
import { startOwnServers, type OwnServers } from '@/scripts/testing/own-servers'
import { startWorker, type WorkerProcess } from '@/scripts/testing/worker-process'

const SPEED = 50
const SECONDS = 1_500
const START_SECONDS = Date.UTC(2025, 2, 4, 6, 30) / 1000
const SHARD_COUNT = 4
const LIVE = { shardCount: SHARD_COUNT, windowSeconds: 1536 }

/** Meter's sum of power x seconds, for 1 Hz readings: what must be stored, to the last reading. */
const trueWattHours = (samples: readonly Sample[]) => samples.reduce((sum, { powerWatts }) => sum + powerWatts / 3600, 0)

let servers: OwnServers
let database: pg.Pool
let undisturbed: Stored

beforeAll(async () => {
  servers = await startOwnServers('crash_safety')
  database = new pg.Pool({ connectionString: servers.databaseUrl, max: 2 })
  database.on('error', () => {})
  database.on('connect', (client) => client.on('error', () => {}))
  const run = await startRun('undisturbed', 'postgres')
  await run.feed(0, SECONDS, Number.POSITIVE_INFINITY)
  undisturbed = await run.stored()
  await run.end()
  // What the disturbed runs are compared with is itself right.
  expect(Math.abs(undisturbed.meterWh - trueWattHours(run.samples(0, SECONDS)))).toBeLessThan(1e-6 * undisturbed.meterWh)
  expect(undisturbed.applianceWh.size).toBeGreaterThan(0)
})

afterAll(async () => {
  await database?.end()
  await servers?.stop()
})

describe.each(['redis', 'postgres'] as const)('with %s as live store', (kind) => {
  const hasRedis = inject('redisUrl') !== ''
  const test = kind === 'redis' && !hasRedis ? it.skip : it

  test('kill -9 of the worker in the middle of a stream at 50 x changes no stored kWh', async () => {
    const run = await startRun(`worker_${kind}`, kind)
    const feeding = run.feed(0, SECONDS, SPEED)
    await sleep(8_000)
    await run.worker.kill()
    await sleep(1_000)
    run.worker = await startWorker(run.settings)
    await sleep(9_000)
    await run.worker.kill()
    run.worker = await startWorker(run.settings)
    await feeding
    expectSame(await run.stored(), undisturbed)
    await run.end()
  })

  test('kill -9 of PostgreSQL in the middle of a stream at 50 x changes no stored kWh', async () => {
    const run = await startRun(`postgres_${kind}`, kind)
    const feeding = run.feed(0, SECONDS, SPEED)
    await sleep(10_000)
    servers.killPostgres()
    await feeding
    expectSame(await run.stored(), undisturbed)
    await run.end()
  })

  if (kind === 'redis') {
    test('a reading published while the process that bridges pub/sub dies is not lost, because another one heard it', async () => {
      const run = await startRun('pubsub', kind)
      const standby = await startWorker(run.settings)
      const samples = run.samples(0, 600)
      for (const [index, { buildingId, timestampSeconds, powerWatts }] of samples.entries()) {
        if (index === 300) await run.worker.kill()
        await run.publish(buildingId, JSON.stringify({ timestamp: timestampSeconds, power_total: powerWatts }))
        await sleep(1000 / SPEED)
      }
      await run.settle(600)
      const stored = await run.stored()
      expect(stored.readings).toBe(600)
      expect(Math.abs(stored.meterWh - trueWattHours(samples))).toBeLessThan(1e-6 * stored.meterWh)
      await standby.stop()
      await run.end()
    })

    test('kill -9 of Redis with append-only persistence in the middle of a stream at 50 x changes no stored kWh', async () => {
      const run = await startRun('redis_killed', kind)
      const feeding = run.feed(0, SECONDS, SPEED)
      await sleep(10_000)
      await servers.killRedis()
      await feeding
      expectSame(await run.stored(), undisturbed)
      await run.end()
    })
  }

  test('a worker that was suspended while another took over stops what it did and goes on beside it', async () => {
    const run = await startRun(`suspended_${kind}`, kind)
    const second = await startWorker(run.settings)
    const feeding = run.feed(0, SECONDS, SPEED)
    await sleep(4_000)
    // Longer than its leases last.
    process.kill(run.worker.pid, 'SIGSTOP')
    await sleep(9_000)
    process.kill(run.worker.pid, 'SIGCONT')
    await feeding
    expectSame(await run.stored(), undisturbed)
    await second.stop()
    await run.end()
  })

  test('a second worker takes over the buildings of one that died, and none is counted twice', async () => {
    const run = await startRun(`takeover_${kind}`, kind)
    const second = await startWorker(run.settings)
    const feeding = run.feed(0, SECONDS, SPEED)
    await sleep(8_000)
    await run.worker.kill()
    await feeding
    expectSame(await run.stored(), undisturbed)
    await second.stop()
    await run.end()
  })
})

it('late, duplicate, overtaking and negative readings are stored once each and the minutes add up to them', async () => {
  const run = await startRun('unruly', 'postgres')
  const tidy = run.samples(0, 600)
  // One export second, one reading twice, one overtaken by its neighbour, one that comes five minutes late.
  const samples = tidy.map((sample, index) => (index === 100 ? { ...sample, powerWatts: -750 } : sample))
  const [late] = samples.splice(200, 1)
  if (!late) throw new Error('no sample to hold back')
  const twice = samples[50]
  if (!twice) throw new Error('no sample to repeat')
  const swapped = [samples[301], samples[300]].filter((sample) => sample !== undefined)
  await run.append([...samples.slice(0, 300), ...swapped, twice])
  await run.append([...samples.slice(302), late, late])
  await run.settle(600)
  const stored = await run.stored()
  expect(stored.readings).toBe(600)
  const expected = trueWattHours(tidy) + (-750 - (tidy[100]?.powerWatts ?? 0)) / 3600
  expect(Math.abs(stored.meterWh - expected)).toBeLessThan(1e-6 * Math.abs(expected))
  expect(stored.worstMinuteExcessWh).toBeLessThan(1e-9)
  await run.end()
})

interface Stored {
  readings: number
  meterWh: number
  coveredSeconds: number
  applianceWh: Map<number, number>
  hourMeterWh: number
  runs: string[]
  /** How far the appliances of any minute exceed its meter. */
  worstMinuteExcessWh: number
}

function expectSame(actual: Stored, expected: Stored): void {
  expect(actual.readings).toBe(SECONDS)
  expect(actual.coveredSeconds).toBeCloseTo(expected.coveredSeconds, 6)
  expect(Math.abs(actual.meterWh - expected.meterWh)).toBeLessThan(1e-9 * expected.meterWh)
  expect(actual.hourMeterWh).toBeGreaterThan(0)
  expect(actual.hourMeterWh).toBeLessThanOrEqual(actual.meterWh * (1 + 1e-9))
  expect([...actual.applianceWh.keys()].sort()).toEqual([...expected.applianceWh.keys()].sort())
  for (const [appliance, wh] of expected.applianceWh) {
    expect(Math.abs((actual.applianceWh.get(appliance) ?? 0) - wh)).toBeLessThan(1e-3 + 1e-4 * wh)
  }
  expect(actual.runs).toEqual(expected.runs)
  expect(actual.worstMinuteExcessWh).toBeLessThan(1e-6)
}

async function startRun(name: string, kind: LiveStore['kind']) {
  const buildingId = `crash_${name}_${Date.now().toString(36)}`
  const settings = {
    DATABASE_URL: servers.databaseUrl,
    REDIS_URL: kind === 'redis' ? servers.redisUrl : '',
    BUILDING_ID: '*',
    INFERENCE_INTERVAL: '1',
    SHARD_COUNT: String(SHARD_COUNT),
    LIVE_STORE: kind,
  }
  const store =
    kind === 'redis'
      ? createRedisLiveStore({ url: servers.redisUrl, ...LIVE })
      : createPostgresLiveStore({ connectionString: servers.databaseUrl, ...LIVE })
  const run = {
    settings,
    worker: (await startWorker(settings)) as WorkerProcess,
    samples(from: number, to: number): Sample[] {
      const home = createHome({ seed: 3, startTimestampSeconds: START_SECONDS + from, timeZone: 'Europe/London' })
      return Array.from({ length: to - from }, () => {
        const { timestampSeconds, powerWatts } = home.next()
        return { buildingId, timestampSeconds, powerWatts, source: 'replay' as const }
      })
    },
    publish: (building: string, json: string) => store.publishInput(building, json),
    /** As a producer does: tries again until the store has it. */
    async append(samples: readonly Sample[]) {
      for (;;) {
        try {
          return await store.append(samples)
        } catch {
          await sleep(200)
        }
      }
    },
    async feed(from: number, to: number, speed: number) {
      const all = run.samples(from, to)
      const startedAt = Date.now()
      for (let index = 0; index < all.length; ) {
        const due = Math.min(all.length, Math.floor(((Date.now() - startedAt) / 1000) * speed), index + 500)
        if (due > index) {
          await run.append(all.slice(index, due))
          index = due
        } else await sleep(20)
      }
      await run.settle(to - from)
    },
    /** Waits until every reading is stored and every entry acknowledged. */
    async settle(readings: number) {
      const deadline = Date.now() + 60_000
      for (;;) {
        const count = await countReadings(buildingId).catch(() => 0)
        const backlog = await store.backlog().catch(() => [{ shard: 0, unacknowledged: 1 }])
        if (count >= readings && backlog.every(({ unacknowledged }) => unacknowledged === 0)) break
        if (Date.now() > deadline) throw new Error(`${count} of ${readings} stored.\n${run.worker.output().slice(-3000)}`)
        await sleep(250)
      }
      // The last minutes are written with the next commit after the last reading.
      await sleep(2_500)
    },
    stored: () => readStored(buildingId),
    async end() {
      await run.worker.stop()
      await store.close()
    },
  }
  return run
}

async function countReadings(buildingId: string): Promise<number> {
  const { rows } = await database.query<{ count: string }>(
    'SELECT count(*) FROM power_raw r JOIN building b ON b.key = r.building_key WHERE b.id = $1',
    [buildingId],
  )
  return Number(rows[0]?.count ?? 0)
}

async function readStored(buildingId: string): Promise<Stored> {
  const { rows: meter } = await database.query<{ wh: number; covered: number }>(
    `SELECT sum(energy_wh) AS wh, sum(covered_seconds::float8) AS covered FROM power_minute m
     JOIN building b ON b.key = m.building_key WHERE b.id = $1`,
    [buildingId],
  )
  const { rows: hours } = await database.query<{ wh: number }>(
    'SELECT sum(energy_wh) AS wh FROM power_hour h JOIN building b ON b.key = h.building_key WHERE b.id = $1',
    [buildingId],
  )
  const { rows: appliances } = await database.query<{ appliance: number; wh: number }>(
    `SELECT appliance, sum(energy_wh) AS wh FROM appliance_minute m JOIN building b ON b.key = m.building_key
     WHERE b.id = $1 GROUP BY appliance`,
    [buildingId],
  )
  const { rows: runs } = await database.query<{ run: string }>(
    `SELECT a.appliance || ' ' || extract(epoch FROM started_at) || ' ' || COALESCE(extract(epoch FROM ended_at)::text, 'on') AS run
     FROM activation a JOIN building b ON b.key = a.building_key WHERE b.id = $1 ORDER BY started_at, appliance`,
    [buildingId],
  )
  const { rows: excess } = await database.query<{ excess: number | null }>(
    `SELECT max(a.wh - greatest(m.energy_wh, 0)) AS excess FROM power_minute m
     JOIN building b ON b.key = m.building_key
     JOIN (SELECT building_key, minute, sum(energy_wh) AS wh FROM appliance_minute GROUP BY 1, 2) a
       ON a.building_key = m.building_key AND a.minute = m.minute
     WHERE b.id = $1`,
    [buildingId],
  )
  return {
    readings: await countReadings(buildingId),
    meterWh: meter[0]?.wh ?? 0,
    coveredSeconds: meter[0]?.covered ?? 0,
    hourMeterWh: hours[0]?.wh ?? 0,
    applianceWh: new Map(appliances.map(({ appliance, wh }) => [appliance, wh])),
    runs: runs.map(({ run }) => run),
    worstMinuteExcessWh: excess[0]?.excess ?? 0,
  }
}
