import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Redis } from 'ioredis'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { childEnvironment } from '@/lib/env'

const NAME = `scripts_${process.pid}_${Date.now()}`
let databaseUrl: string
let admin: pg.Client
let dataDir: string

beforeAll(async () => {
  admin = new pg.Client({ connectionString: inject('databaseUrl') })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${NAME}`)
  const url = new URL(inject('databaseUrl'))
  url.pathname = `/${NAME}`
  databaseUrl = url.href
  dataDir = mkdtempSync(path.join(tmpdir(), 'undercurrent-scripts-'))
})
afterAll(async () => {
  await admin.query(`DROP DATABASE ${NAME} WITH (FORCE)`)
  await admin.end()
  rmSync(dataDir, { recursive: true, force: true })
})

async function run(script: string, args: readonly string[] = [], settings: Record<string, string> = {}) {
  const child = spawn(process.execPath, [`.build/scripts/${script}.mjs`, ...args], {
    env: childEnvironment({
      NODE_ENV: 'test', LOG_LEVEL: 'warn', DATABASE_URL: databaseUrl, DATA_DIR: dataDir, LIVE_STORE: 'postgres', ...settings,
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, output }
}

async function query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

it('sample data fill an empty database, twice no more than once; a reset asks, and then leaves nothing but the tables', async () => {
  const small = ['--seed-days', '0.2', '--seed-raw-days', '0.1']
  expect(await run('db-seed', small)).toMatchObject({ code: 0 })
  const count = async () => {
    return (await query<{ n: number }>(`SELECT count(*)::int AS n FROM electrical_data WHERE device_state <> ''`))[0]?.n ?? 0
  }
  const first = await count()
  expect(first).toBeGreaterThan(50_000)
  expect(await run('db-seed', small)).toMatchObject({ code: 0 })
  // A minute or two may have passed, each with six plugs.
  expect((await count()) - first).toBeLessThan(200)
  expect(await query('SELECT simulated FROM building')).toEqual([{ simulated: true }])

  const refused = await run('db-reset')
  expect(refused).toMatchObject({ code: 1 })
  expect(refused.output).toMatch(/--yes/)
  expect((await query('SELECT 1 FROM user_account')).length).toBeGreaterThan(0)

  const redisUrl = inject('redisUrl')
  const redis = redisUrl ? new Redis(redisUrl, { db: 5 }) : null
  await redis?.mset('nilm:old:latest', '{}', 'other', 'stays')
  const named: Record<string, string> = redisUrl ? { REDIS_URL: `${redisUrl}/5`, LIVE_STORE: '' } : {}
  expect(await run('db-reset', ['--yes'], named)).toMatchObject({ code: 0 })
  expect(await redis?.keys('*')).toEqual(redis ? ['other'] : undefined)
  redis?.disconnect()
  for (const table of ['user_account', 'building', 'electrical_data', 'power_raw', 'shard_lease']) {
    expect(await query(`SELECT 1 FROM ${table}`)).toEqual([])
  }
})

it('a first start outside demo mode makes no account with a password that no other account could have', async () => {
  await run('db-reset', ['--yes'])
  const first = (password: string) => run('seed', [], { DEMO: 'false', ADMIN_USERNAME: 'owner', ADMIN_PASSWORD: password })
  const refused = await first('abc')
  expect(refused).toMatchObject({ code: 1 })
  expect(refused.output).toContain('ADMIN_PASSWORD cannot be used: Must have at least 10 characters.')
  expect(await query('SELECT 1 FROM user_account')).toEqual([])
  expect(await first('correct-horse')).toMatchObject({ code: 0 })
  // From then on it is the account that counts.
  expect(await first('abc')).toMatchObject({ code: 0 })
  expect(await query('SELECT username FROM user_account')).toEqual([{ username: 'owner' }])
})

it('neither goes to work where it would do harm: beside accounts of one\'s own, or under a running application', async () => {
  await run('db-reset', ['--yes'])
  await query(`INSERT INTO user_account (id, username, password_hash) VALUES ('u', 'somebody', 'x')`)
  const seeded = await run('db-seed')
  expect(seeded).toMatchObject({ code: 1 })
  expect(seeded.output).toMatch(/accounts of its own/)
  await query(`INSERT INTO shard_lease VALUES ('worker:all:x', 'x', 1, now() + interval '1 hour')`)
  const reset = await run('db-reset', ['--yes'])
  expect(reset).toMatchObject({ code: 1 })
  expect(reset.output).toMatch(/running/)
  expect(await query('SELECT id FROM user_account')).toEqual([{ id: 'u' }])
})
