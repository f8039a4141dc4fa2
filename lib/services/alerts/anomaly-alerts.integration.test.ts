import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { evaluateSite } from './evaluate-rules'
import { AlertSite } from './testing/alert-site'

beforeAll(() => provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET }))
afterAll(closePool)

it('an anomaly of the severity asked for alerts once, and ends when somebody decides about it', async () => {
  const home = await AlertSite.open()
  const { site } = home
  const find = (id: string, severity: string) =>
    pool().query(
      `INSERT INTO anomaly (id, site_id, building_key, type, severity, started_at, last_seen_at, value, expected_value, unit, strength,
         confidence, details, curve)
       VALUES ($1, $2, $3, 'total', $4, now() - interval '2 hours', now(), 150, 100, 'W', 1, 0.9, '{}', '[]')`,
      [id, site.id, site.buildingKey, severity],
    )
  const look = () => evaluateSite(site.id, createLogger('test'))
  await home.addRule({ kind: 'anomaly', leastSeverity: 'warning' }, [])
  await find(`minor_${site.id}`, 'info')
  await find(`major_${site.id}`, 'critical')
  for (let times = 0; times < 2; times++) await look()
  expect(await home.history()).toMatchObject([{ state: 'active', value: 50, message: expect.stringContaining('50 % more than expected') }])
  await pool().query(`UPDATE anomaly SET status = 'dismissed' WHERE id = $1`, [`major_${site.id}`])
  for (let times = 0; times < 2; times++) await look()
  expect(await home.history()).toMatchObject([{ state: 'resolved' }])
})
