import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Sample } from '@/lib/contracts/sample'
import { openPool } from '@/lib/infra/db'
import type { LiveStore } from '@/lib/live/live-store'
import { startOwnServers, type OwnServers } from '@/scripts/testing/own-servers'
import type { StoredSeries } from '@/scripts/testing/stored-series'
import { WorkerRun } from '@/scripts/testing/worker-run'

const SPEED = 50
const SECONDS = 1_500
/** Half a minute of stream, and whatever a slow machine needs beside it. */
const TEST_MILLISECONDS = 300_000

/** Meter's sum of power x seconds, for 1 Hz readings: what must be stored, to the last reading. */
const trueWattHours = (samples: readonly Sample[]) => samples.reduce((sum, { powerWatts }) => sum + powerWatts / 3600, 0)

let servers: OwnServers
let database: pg.Pool
let undisturbed: StoredSeries
let runs: WorkerRun[] = []

/** A run of this test with its first worker. */
async function startRun(name: string, kind: LiveStore['kind']) {
  const run = new WorkerRun(servers, database, name, kind)
  runs.push(run)
  return { run, worker: await run.startWorker() }
}

async function abandonRuns(): Promise<void> {
  const left = runs
  runs = []
  for (const run of left) await run.abandon()
}

beforeAll(async () => {
  servers = await startOwnServers('crash_safety')
  database = openPool(servers.databaseUrl, 2)
  const { run } = await startRun('undisturbed', 'postgres')
  await run.feed(SECONDS, Number.POSITIVE_INFINITY)
  undisturbed = await run.stored()
  await run.end()
  // What the disturbed runs are compared with is itself right.
  expect(Math.abs(undisturbed.meterWh - trueWattHours(run.samples(SECONDS)))).toBeLessThan(1e-6 * undisturbed.meterWh)
  expect(undisturbed.applianceWh.size).toBeGreaterThan(0)
}, TEST_MILLISECONDS)

// A test that failed must not leave a worker to the next one: it would keep its shards.
afterEach(abandonRuns)

afterAll(async () => {
  await abandonRuns()
  await database?.end()
  await servers?.stop()
})

describe.each(['redis', 'postgres'] as const)('with %s as live store', { timeout: TEST_MILLISECONDS }, (kind) => {
  const hasRedis = inject('redisUrl') !== ''
  const test = kind === 'redis' && !hasRedis ? it.skip : it

  test('kill -9 of the worker in the middle of a stream at 50 x changes no stored kWh', async () => {
    const { run, worker } = await startRun('worker', kind)
    const feeding = run.feed(SECONDS, SPEED)
    await run.untilStored(400)
    await worker.kill()
    await run.untilSent(500)
    const second = await run.startWorker()
    await run.untilStored(900)
    await second.kill()
    await run.startWorker()
    await feeding
    expectSame(await run.stored(), undisturbed)
    await run.end()
  })

  test('kill -9 of PostgreSQL in the middle of a stream at 50 x changes no stored kWh', async () => {
    const { run } = await startRun('postgres', kind)
    const feeding = run.feed(SECONDS, SPEED)
    await run.untilStored(500)
    servers.killPostgres()
    await feeding
    expectSame(await run.stored(), undisturbed)
    await run.end()
  })

  if (kind === 'redis') {
    test('a reading published while the process that bridges pub/sub dies is not lost, because another one heard it', async () => {
      const { run, worker } = await startRun('pubsub', kind)
      await run.startWorker()
      const samples = run.samples(600)
      for (const [index, sample] of samples.entries()) {
        if (index === 300) await worker.kill()
        await run.publish(sample)
        await sleep(1000 / SPEED)
      }
      await run.settle(600)
      const stored = await run.stored()
      expect(stored.readings).toBe(600)
      expect(Math.abs(stored.meterWh - trueWattHours(samples))).toBeLessThan(1e-6 * stored.meterWh)
      await run.end()
    })

    test('kill -9 of Redis with append-only persistence in the middle of a stream at 50 x changes no stored kWh', async () => {
      const { run } = await startRun('redis_killed', kind)
      const feeding = run.feed(SECONDS, SPEED)
      await run.untilStored(500)
      await servers.killRedis()
      await feeding
      expectSame(await run.stored(), undisturbed)
      await run.end()
    })
  }

  test('a worker that was suspended while another took over stops what it did and goes on beside it', async () => {
    const { run } = await startRun('suspended', kind)
    await run.startWorker()
    const suspended = await run.untilSharedBy(2)
    const feeding = run.feed(SECONDS, SPEED)
    await run.untilStored(200)
    process.kill(suspended.pid, 'SIGSTOP')
    await run.untilReplaced(suspended)
    process.kill(suspended.pid, 'SIGCONT')
    await feeding
    expectSame(await run.stored(), undisturbed)
    await run.untilSharedBy(2)
    await run.end()
  })

  test('a second worker takes over the buildings of one that died, and none is counted twice', async () => {
    const { run } = await startRun('takeover', kind)
    await run.startWorker()
    const dying = await run.untilSharedBy(2)
    const feeding = run.feed(SECONDS, SPEED)
    await run.untilStored(400)
    await dying.kill()
    await run.untilReplaced(dying)
    await feeding
    expectSame(await run.stored(), undisturbed)
    await run.end()
  })
})

it('late, duplicate, overtaking and negative readings are stored once each and the minutes add up to them', async () => {
  const { run } = await startRun('unruly', 'postgres')
  const tidy = run.samples(600)
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
}, TEST_MILLISECONDS)

function expectSame(actual: StoredSeries, expected: StoredSeries): void {
  expect(actual.readings).toBe(SECONDS)
  expect(actual.lateReadings).toBe(0)
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
