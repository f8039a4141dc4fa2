import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { ensurePartitions } from '@/lib/data/partitions'
import { deleteOldRaw, KEPT_BEFORE_LABEL_SECONDS } from '@/lib/data/retention'
import { saveRunLabel } from '@/lib/data/run-labels'
import { provideEnv } from '@/lib/env'
import { closePool, pool, withTransaction } from '@/lib/infra/db'
import { loadSessionModel } from '@/lib/nilm/session-model'
import { hasShippedModel, SHIPPED_MODEL_DIR } from '@/lib/nilm/testing/shipped-model'
import { makeSite, makeUser, TEST_SECRET } from '@/scripts/testing/place-fixtures'

const DAY = 86_400
const NOW = Date.UTC(2025, 4, 20) / 1000

beforeAll(() => provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET }))
afterAll(closePool)

it('old readings are deleted, but not those around a labelled run, from which a new model learns', async () => {
  const person = await makeUser('operator')
  const { buildingKey } = await makeSite([person])
  const labelledAt = NOW - 10 * DAY
  const times = { recent: NOW - DAY, old: NOW - 12 * DAY, beforeTheRun: labelledAt - 6 * 3600, inTheRun: labelledAt + 60 }
  await withTransaction((client) => ensurePartitions(client, Object.values(times)))
  for (const seconds of Object.values(times)) {
    await pool().query(`INSERT INTO power_raw (building_key, ts, power_watts, source) VALUES ($1, to_timestamp($2), 100, 'replay')`, [
      buildingKey,
      seconds,
    ])
  }
  await pool().query(`INSERT INTO session_checkpoint (building_key, position, state) VALUES ($1, $2, '{}')`, [buildingKey, NOW])
  const label = { buildingKey, startedAt: labelledAt, endedAt: labelledAt + 3600 }
  await saveRunLabel({ ...label, estimatedAppliance: null, trueAppliance: 'Dishwasher' }, person.id)
  await deleteOldRaw(3)
  const { rows } = await pool().query<{ ts: number }>(
    'SELECT extract(epoch FROM ts)::float8 AS ts FROM power_raw WHERE building_key = $1 ORDER BY 1',
    [buildingKey],
  )
  expect(rows.map((row) => row.ts)).toEqual([times.beforeTheRun, times.inTheRun, times.recent].sort((a, b) => a - b))
})

it.skipIf(!hasShippedModel())('what is kept before a labelled run is all that the shipped model looks back on', async () => {
  const model = await loadSessionModel({ modelDir: SHIPPED_MODEL_DIR })
  await model.close()
  expect(KEPT_BEFORE_LABEL_SECONDS).toBeGreaterThanOrEqual(model.replaySeconds)
})

it('of a main meter\'s old electrical readings the first of each minute stays, of a device\'s own and of recent ones all', async () => {
  const { buildingKey } = await makeSite([])
  const old = NOW - 5 * DAY
  const rows = [[old + 5, ''], [old + 7, ''], [old + 60, ''], [old + 61, ''], [old + 7, 'Kiln'], [NOW - 10, ''], [NOW - 9, '']] as const
  await withTransaction((client) => ensurePartitions(client, rows.map(([seconds]) => seconds)))
  for (const row of rows) {
    await pool().query(
      `INSERT INTO electrical_data (building_key, recorded_at, device_state, voltage_volts) VALUES ($1, to_timestamp($2), $3, 230)`,
      [buildingKey, ...row],
    )
  }
  await pool().query(`INSERT INTO session_checkpoint (building_key, position, state) VALUES ($1, $2, '{}')`, [buildingKey, NOW])
  await deleteOldRaw(3)
  await deleteOldRaw(3)
  const left = await pool().query<{ ts: number; device_state: string }>(
    'SELECT extract(epoch FROM recorded_at)::float8 AS ts, device_state FROM electrical_data WHERE building_key = $1 ORDER BY 1, 2',
    [buildingKey],
  )
  expect(left.rows.map((row) => [row.ts, row.device_state])).toEqual([
    [old + 5, ''], [old + 7, 'Kiln'], [old + 60, ''], [NOW - 10, ''], [NOW - 9, ''],
  ])
})
