import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Sample } from '@/lib/contracts/sample'
import { childEnvironment } from '@/lib/env'
import { TestBroker } from '@/lib/ingest/mqtt/testing/test-broker'
import type { LiveStore } from '@/lib/live/live-store'
import { createRedisLiveStore } from '@/lib/live/redis'
import { createHome } from '@/lib/simulation/home'
import { homeOfBuilding } from '@/lib/simulation/home-of-building'
import { sampleOf } from '@/lib/simulation/home-sample'
import { startOwnServers, type OwnServers } from '@/scripts/testing/own-servers'

const SHARD_COUNT = 4
const START_SECONDS = Date.UTC(2026, 0, 14, 6, 30) / 1000

interface Ended {
  code: number | null
  output: string
}

/** Runs the bundled producer until it ends. */
async function runProducer(args: readonly string[], settings: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, ['.build/workers/producer/main.mjs', ...args], {
    env: childEnvironment({ NODE_ENV: 'test', LOG_LEVEL: 'info', SHARD_COUNT: String(SHARD_COUNT), ...settings }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, output }
}

function simulated(buildingId: string, count: number): Sample[] {
  const home = createHome({ ...homeOfBuilding(buildingId), startTimestampSeconds: START_SECONDS })
  return Array.from({ length: count }, () => sampleOf(buildingId, home.next()))
}

describe('what the producer refuses', () => {
  it.each([
    [['--source', 'mqtt'], /There is no broker: add --mqtt-url/],
    [['--source', 'mqtt', '--mqtt-url', 'mqtt://127.0.0.1', '--mqtt-topics', 'home/power'], /add \?building=ID/],
    [['--source', 'mqtt', '--mqtt-url', 'mqtt://127.0.0.1', '--transport', 'mqtt'], /would hear/],
    [['--source', 'parquet'], /needs --file/],
    [['--source', 'carrier-pigeon'], /carrier-pigeon is unknown/],
    [['--source', 'csv'], /needs --file/],
    [['--building-id', '*'], /one building/],
    [['--speed', 'fast'], /--speed fast/],
    [['--loudness', '11'], /loudness/],
  ])('%j ends with 2 and says why', async (args, reason) => {
    const { code, output } = await runProducer(args, {})
    expect(code).toBe(2)
    expect(output).toMatch(reason)
  })
})

describe.skipIf(!inject('redisUrl'))('the producer', () => {
  let servers: OwnServers
  let store: LiveStore
  let settings: Record<string, string>
  const folder = mkdtempSync(path.join(tmpdir(), 'undercurrent-producer-'))

  beforeAll(async () => {
    servers = await startOwnServers('producer')
    settings = { REDIS_URL: servers.redisUrl }
    store = createRedisLiveStore({ url: servers.redisUrl, shardCount: SHARD_COUNT, windowSeconds: 1536 })
  })

  afterAll(async () => {
    await store?.close()
    await servers?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Everything in the stream, taken out of it. */
  async function takeAll(): Promise<Sample[]> {
    const shards = Array.from({ length: SHARD_COUNT }, (_, shard) => shard)
    const samples: Sample[] = []
    for (;;) {
      const entries = await store.read(shards, 'test', { count: 1000, blockMilliseconds: 0 })
      if (entries.length === 0) return samples
      samples.push(...entries.map((entry) => entry.sample))
      await store.acknowledge(entries)
    }
  }

  it('puts a simulated home into the stream, second by second, marked as simulated', async () => {
    const args = ['--building-id', 'sim_1', '--speed', '500', '--start', String(START_SECONDS), '--duration-seconds', '900']
    const { code, output } = await runProducer(args, settings)
    expect(code, output).toBe(0)
    expect(await takeAll()).toEqual(simulated('sim_1', 900))
  })

  it('takes its flags from the environment as well', async () => {
    const { code, output } = await runProducer([], {
      ...settings,
      SOURCE: 'simulation',
      BUILDING_ID: 'sim_2',
      SPEED: '100',
      START: String(START_SECONDS),
      DURATION_SECONDS: '50',
      SEED: '77',
    })
    expect(code, output).toBe(0)
    const home = createHome({ seed: 77, timeZone: 'Europe/Berlin', startTimestampSeconds: START_SECONDS })
    expect((await takeAll()).map((sample) => sample.powerWatts)).toEqual(Array.from({ length: 50 }, () => home.next().powerWatts))
  })

  it('publishes what a meter outside would publish', async () => {
    const messages: string[] = []
    const subscription = await store.subscribeInput('sim_3', (_, json) => messages.push(json))
    const args = [
      '--building-id',
      'sim_3',
      '--transport',
      'pubsub',
      '--speed',
      '100',
      '--start',
      String(START_SECONDS),
      '--duration-seconds',
      '40',
    ]
    const { code, output } = await runProducer(args, settings)
    expect(code, output).toBe(0)
    await expect.poll(() => messages.length, { timeout: 10_000 }).toBe(40)
    await subscription.close()
    const [first] = simulated('sim_3', 1)
    expect(JSON.parse(messages[0]!)).toEqual({
      timestamp: START_SECONDS,
      power_total: first!.powerWatts,
      voltage: first!.voltageVolts,
      current: first!.currentAmps,
      power_factor: first!.powerFactor,
      reactive_power: first!.reactivePowerVar,
      frequency: first!.frequencyHertz,
      thd: first!.thdPercent,
      simulated: true,
    })
    expect(await takeAll()).toEqual([])
  })

  it('replays a recording at its own times, and from now on as csv', async () => {
    const file = path.join(folder, 'recording.csv')
    const rows = Array.from({ length: 120 }, (_, i) => `${START_SECONDS + 8 * i},${100 + i},230.5`)
    writeFileSync(file, ['timestamp,power_total,voltage', ...rows].join('\n'))

    const replay = await runProducer(
      ['--source', 'replay', '--file', file, '--building-id', 'rec_1', '--speed', '2000'],
      settings,
    )
    expect(replay.code, replay.output).toBe(0)
    expect(await takeAll()).toEqual(
      rows.map((_, i) => ({
        buildingId: 'rec_1',
        timestampSeconds: START_SECONDS + 8 * i,
        powerWatts: 100 + i,
        voltageVolts: 230.5,
        source: 'replay',
      })),
    )

    const before = Math.floor(Date.now() / 1000)
    const csv = await runProducer(
      ['--source', 'csv', '--file', file, '--building-id', 'rec_2', '--duration-seconds', '17', '--speed', '10'],
      settings,
    )
    expect(csv.code, csv.output).toBe(0)
    const shifted = await takeAll()
    expect(shifted.map((sample) => sample.powerWatts)).toEqual([100, 101, 102])
    // Faster than real time it is laid so that it ends now.
    expect(shifted[0]!.timestampSeconds).toBeGreaterThanOrEqual(before - 119 * 8)
    expect(shifted[2]!.timestampSeconds - shifted[0]!.timestampSeconds).toBe(16)
  })

  it('replays a Parquet recording, which may have other columns, and names what it lacks', async () => {
    const file = path.join(folder, 'recording.parquet')
    const columnData = [
      { name: 'Timestamp', data: Float64Array.from({ length: 50 }, (_, i) => START_SECONDS + i), type: 'DOUBLE' as const },
      { name: 'power_total', data: Float64Array.from({ length: 50 }, (_, i) => 10 * i), type: 'DOUBLE' as const },
      { name: 'note', data: Array.from({ length: 50 }, () => 'x'), type: 'STRING' as const },
    ]
    writeFileSync(file, new Uint8Array(parquetWriteBuffer({ columnData })))
    const args = ['--source', 'replay', '--file', file, '--building-id', 'parquet_1', '--speed', '1000']
    const replay = await runProducer(args, settings)
    expect(replay.code, replay.output).toBe(0)
    expect(await takeAll()).toEqual(
      Array.from({ length: 50 }, (_, i) => ({
        buildingId: 'parquet_1', timestampSeconds: START_SECONDS + i, powerWatts: 10 * i, source: 'replay',
      })),
    )
    writeFileSync(file, new Uint8Array(parquetWriteBuffer({ columnData: columnData.slice(0, 1) })))
    const lacking = await runProducer(['--source', 'parquet', '--file', file, '--building-id', 'parquet_1'], settings)
    expect([lacking.code, lacking.output]).toEqual([2, expect.stringMatching(/has no column power_total; it has Timestamp/)])
  })

  it('publishes to a broker as a meter would, and another takes from there what is of its building', async () => {
    const broker = await TestBroker.start()
    const common = { ...settings, MQTT_URL: broker.url }
    const listener = spawn(process.execPath, ['.build/workers/producer/main.mjs', '--source', 'mqtt', '--building-id', 'mqtt_1'], {
      env: childEnvironment({ NODE_ENV: 'test', SHARD_COUNT: String(SHARD_COUNT), ...common }),
      stdio: 'ignore',
    })
    await expect.poll(() => broker.subscribed, { timeout: 30_000 }).toEqual(['undercurrent/+/input'])
    await broker.publish('undercurrent/mqtt_2/input', { timestamp: START_SECONDS, power_total: 5 })
    const args = ['--building-id', 'mqtt_1', '--transport', 'mqtt', '--speed', '100', '--start', String(START_SECONDS)]
    const { code, output } = await runProducer([...args, '--duration-seconds', '40'], common)
    expect(code, output).toBe(0)
    const samples: Sample[] = []
    await expect.poll(async () => samples.push(...(await takeAll())), { timeout: 30_000 }).toBe(40)
    expect(samples).toEqual(simulated('mqtt_1', 40))
    listener.kill('SIGTERM')
    expect((await once(listener, 'exit'))[0]).toBe(0)
    await broker.stop()
  })

  it('sends live readings at the present second, none from the future, and ends in order on SIGTERM', async () => {
    const child = spawn(process.execPath, ['.build/workers/producer/main.mjs', '--building-id', 'live_1'], {
      env: childEnvironment({ NODE_ENV: 'test', SHARD_COUNT: String(SHARD_COUNT), ...settings }),
      stdio: 'ignore',
    })
    const samples: Sample[] = []
    await expect
      .poll(async () => samples.push(...(await takeAll())), { timeout: 30_000, interval: 200 })
      .toBeGreaterThanOrEqual(4)
    const now = Date.now() / 1000
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(0)
    samples.push(...(await takeAll()))
    expect(samples[3]!.timestampSeconds).toBeLessThanOrEqual(now)
    samples.slice(1).forEach((sample, i) => expect(sample.timestampSeconds).toBe(samples[i]!.timestampSeconds + 1))
  })

  it('loses nothing and keeps the order when the store is killed while it sends', async () => {
    const args = ['--building-id', 'crash_1', '--speed', '100', '--start', String(START_SECONDS), '--duration-seconds', '1000']
    const running = runProducer(args, settings)
    await sleep(4_000)
    await servers.killRedis()
    const { code, output } = await running
    expect(code, output).toBe(0)
    expect(output).toMatch(/answers again|live store is back/)
    const taken = await takeAll()
    const expected = simulated('crash_1', 1000)
    // A retry may repeat what had been stored before the answer was lost.
    const once = taken.filter((sample, i) => taken.findIndex((other) => other.timestampSeconds === sample.timestampSeconds) === i)
    expect(once).toEqual(expected)
  })
})
