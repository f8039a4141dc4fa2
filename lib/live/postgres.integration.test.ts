import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { beforeAll, expect, inject, it, onTestFinished } from 'vitest'
import { migrate } from '@/lib/infra/migrate'
import { startPostgres } from '@/lib/infra/postgres-server'
import { endProcess, waitUntil } from '@/lib/infra/private-server'
import { createPostgresLiveStore } from '@/lib/live/postgres'
import {
  freshBuilding,
  pointOf,
  predictionOf,
  readAll,
  removeLeftSamples,
  sampleOf,
  samplesOf,
  secondsOf,
  shardsOf,
  TEST_SHARD_COUNT,
  updateOf,
} from '@/lib/live/testing/live-data'

const COMMON = { shardCount: TEST_SHARD_COUNT, windowSeconds: 60 }

function open(connectionString = inject('databaseUrl'), onProblem: (sentence: string) => void = () => {}) {
  const store = createPostgresLiveStore({ connectionString, ...COMMON, onProblem })
  onTestFinished(() => store.close())
  return store
}

async function connect(connectionString = inject('databaseUrl')) {
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

beforeAll(() => removeLeftSamples(inject('databaseUrl')))

it('delivers samples of a writer that committed after a later one had been read', async () => {
  const id = freshBuilding()
  const [shard] = shardsOf(id) as [number]
  const store = open()
  const slow = await connect()
  await slow.query('BEGIN')
  const { timestampSeconds: t, powerWatts: p } = sampleOf(id, 1)
  const row = JSON.stringify({ b: id, t, p, s: 'http' })
  await slow.query('INSERT INTO live_sample (shard, sample) VALUES ($1, $2)', [shard, row])
  await store.append([sampleOf(id, 2)])
  expect(secondsOf(await readAll(store, [shard], 'c1', true))).toEqual([2])
  await slow.query('COMMIT')
  expect(secondsOf(await readAll(store, [shard], 'c1', true))).toEqual([1])
})

it('does not let one reader wait for rows another is reading', async () => {
  const id = freshBuilding()
  const [shard] = shardsOf(id) as [number]
  const store = open()
  await store.append(samplesOf(id, 3))
  const other = await connect()
  await other.query('BEGIN')
  await other.query('SELECT id FROM live_sample WHERE shard = $1 ORDER BY id LIMIT 1 FOR UPDATE', [shard])
  expect(secondsOf(await readAll(store, [shard], 'c1', true))).toEqual([1, 2])
  await other.query('ROLLBACK')
  expect(secondsOf(await readAll(store, [shard], 'c1', true))).toEqual([0])
})

it('takes nothing at the end of a wait during which its caller became one that must not', async () => {
  const id = freshBuilding()
  const [shard] = shardsOf(id) as [number]
  const store = open()
  let mayTake = true
  const waiting = store.read([shard], 'former', { count: 10, blockMilliseconds: 20_000, mayTake: () => mayTake })
  await sleep(100)
  mayTake = false
  await store.append([sampleOf(id, 1)])
  expect(await waiting).toEqual([])
  expect(secondsOf(await readAll(store, [shard], 'successor', true))).toEqual([1])
})

it('removes rows that are not samples and says so', async () => {
  const id = freshBuilding()
  const [shard] = shardsOf(id) as [number]
  const problems: string[] = []
  const store = open(undefined, (sentence) => problems.push(sentence))
  const client = await connect()
  await client.query(`INSERT INTO live_sample (shard, sample) VALUES ($1, '{"some": "thing"}')`, [shard])
  await store.append([sampleOf(id, 1)])
  expect(secondsOf(await readAll(store, [shard], 'c1', true))).toEqual([1])
  const left = async () => (await client.query('SELECT 1 FROM live_sample WHERE shard = $1', [shard])).rowCount
  expect(await waitUntil(async () => (await left()) === 0, 10_000)).toBe(true)
  expect(problems).toEqual([expect.stringContaining('not samples')])
})

it('keeps no more rows of the window than its seconds and the one before', async () => {
  const id = freshBuilding()
  const store = open()
  for (let from = 0; from < 300; from += 100) {
    await store.publish({ ...updateOf(id, from + 99), points: Array.from({ length: 100 }, (_, index) => pointOf(from + index)) })
  }
  await store.publish(updateOf(id, 300))
  const { rows } = await (await connect()).query('SELECT count(*)::int AS count FROM live_window WHERE building_id = $1', [id])
  expect(rows).toEqual([{ count: 61 }])
})

it('publishes from several processes at once for the same buildings without a deadlock', async () => {
  const ids = Array.from({ length: 40 }, () => `many-${freshBuilding()}`)
  const [one, two] = [open(), open()]
  const rounds = Array.from({ length: 10 }, (_, second) => second)
  await Promise.all([
    ...rounds.map((second) => one.publishMany(ids.map((id) => updateOf(id, second)))),
    ...rounds.map((second) => two.publishMany([...ids].reverse().map((id) => updateOf(id, second)))),
  ])
  // Whose message came last is open; from its second on the window is that of the next one.
  const window = rounds.map((second) => pointOf(second))
  await one.publishMany(ids.map((id) => ({ ...updateOf(id, 9), points: window })))
  for (const id of ids) expect(await two.window(id)).toEqual(window)
})

it('refuses an input message that does not fit, instead of cutting it', async () => {
  const store = open()
  await expect(store.publishInput(freshBuilding(), 'x'.repeat(8_000))).rejects.toThrow('too large')
})

it('keeps its subscriptions and its calls when every connection is terminated', async () => {
  const id = freshBuilding()
  const store = open()
  const heard: number[] = []
  await store.subscribePredictions(id, ({ timestamp }) => heard.push(timestamp))
  await store.append([sampleOf(id, 1)])
  const waiting = store.read(shardsOf(freshBuilding()), 'c1', { count: 1, blockMilliseconds: 100 })
  await (await connect()).query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'undercurrent live' AND datname = current_database()`,
  )
  await waiting.catch(() => {})
  const heardAgain = async () => {
    await store.publish(updateOf(id, 2)).catch(() => {})
    return heard.includes(predictionOf(id, 2).timestamp)
  }
  expect(await waitUntil(heardAgain, 20_000, 200)).toBe(true)
  await store.append([sampleOf(id, 2)])
  expect(secondsOf(await readAll(store, shardsOf(id), 'c1', true))).toEqual([1, 2])
})

it('gives back every sample it accepted, and every subscription, after the server was killed and started again', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'undercurrent-live-'))
  chmodSync(dataDir, 0o711)
  const server = await startPostgres({ dataDir, database: 'live' })
  onTestFinished(async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  await migrate(server.url)
  const { rows } = await (await connect(server.url)).query<{ data_directory: string }>('SHOW data_directory')
  const postmaster = Number(readFileSync(path.join(rows[0]?.data_directory ?? '', 'postmaster.pid'), 'utf8').split('\n')[0])

  const id = freshBuilding()
  const [shard] = shardsOf(id) as [number]
  const problems: string[] = []
  const store = open(server.url, (sentence) => problems.push(sentence))
  const heard: number[] = []
  await store.subscribePredictions('*', ({ timestamp }) => heard.push(timestamp))
  await store.append(samplesOf(id, 10))
  await store.publish(updateOf(id, 9))
  const before = await store.read([shard], 'c1', { count: 4, blockMilliseconds: 0 })
  await store.acknowledge(before.slice(0, 2))

  await endProcess(postmaster, [['SIGKILL', 5_000]])
  // The server's other processes find out one by one, and until then one of them may still take a sample.
  const probe = sampleOf(freshBuilding(), 0)
  let refusal = ''
  const isRefused = () => store.append([probe]).then(() => false, (error: unknown) => Boolean((refusal = String(error))))
  expect(await waitUntil(isRefused, 20_000, 1)).toBe(true)
  expect(refusal).toMatch(/PostgreSQL does not answer/)
  expect(await waitUntil(() => store.ping().then(() => true, () => false), 60_000, 200)).toBe(true)

  await store.append([sampleOf(id, 10)])
  expect(secondsOf(await store.claim(shard, 'c1'))).toEqual([2, 3])
  expect(secondsOf(await readAll(store, [shard], 'c1', true))).toEqual([4, 5, 6, 7, 8, 9, 10])
  const heardAgain = async () => {
    await store.publish(updateOf(id, 11)).catch(() => {})
    return heard.includes(predictionOf(id, 11).timestamp)
  }
  expect(await waitUntil(heardAgain, 20_000, 200)).toBe(true)
  expect(problems.some((sentence) => sentence.includes('answers again'))).toBe(true)
})
