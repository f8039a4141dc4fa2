import type pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { deleteSite } from '@/lib/data/site-write'
import { provideEnv } from '@/lib/env'
import { closePool, openPool } from '@/lib/infra/db'
import { waitUntil } from '@/lib/infra/private-server'
import { startOwnServers, type OwnServers } from '@/scripts/testing/own-servers'
import { countReadings } from '@/scripts/testing/stored-series'
import { WorkerRun } from '@/scripts/testing/worker-run'

const TEST_MILLISECONDS = 300_000
const PATIENCE_MILLISECONDS = 100_000

let servers: OwnServers
let database: pg.Pool
let run: WorkerRun

beforeAll(async () => {
  servers = await startOwnServers('removed_building')
  database = openPool(servers.databaseUrl, 2)
  provideEnv({ DATABASE_URL: servers.databaseUrl })
  run = new WorkerRun(servers, database, 'removed', 'postgres')
}, TEST_MILLISECONDS)

afterAll(async () => {
  await run?.abandon()
  await closePool()
  await database?.end()
  await servers?.stop()
})

it('a building that is removed while its meter sends is registered anew, and costs no other building a reading', async () => {
  await run.startWorker()
  const samples = run.samples(900)
  const others = samples.map((sample) => ({ ...sample, buildingId: `${sample.buildingId}_other` }))
  const keyOf = async () =>
    (await database.query<{ key: number }>('SELECT key FROM building WHERE id = $1', [run.buildingId])).rows[0]?.key
  await run.append([...samples.slice(0, 300), ...others.slice(0, 300)])
  await run.untilStored(300)
  const firstKey = await keyOf()
  expect(await deleteSite(`site_of_${run.buildingId}`)).toBe(true)
  expect(await keyOf()).toBeUndefined()
  // In pieces, as they come: more than a minute of readings brings the checkpoint that finds the building gone.
  for (let from = 300; from < 900; from += 100) {
    await run.append([...samples.slice(from, from + 100), ...others.slice(from, from + 100)])
  }
  const stored = (id: string) => countReadings(database, id)
  const isDone = async () => (await stored(run.buildingId)) >= 500 && (await stored(`${run.buildingId}_other`)) === 900
  expect(await waitUntil(isDone, PATIENCE_MILLISECONDS)).toBe(true)
  expect(await keyOf()).not.toBe(firstKey)
  await run.end()
}, TEST_MILLISECONDS)
