import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { GET as getEvents } from '@/app/api/v1/sites/[id]/alerts/events/route'
import { alertHistorySchema } from '@/lib/contracts/alerts'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { evaluateSite } from './evaluate-rules'
import { AlertSite } from './testing/alert-site'

beforeAll(() => provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET }))
afterAll(closePool)

/** @param type one that is known, or 'total', of an older version */
const find = ({ site }: AlertSite, id: string, severity: string, type = 'total', appliance: number | null = null) =>
  pool().query(
    `INSERT INTO anomaly (id, site_id, building_key, type, appliance, severity, started_at, last_seen_at, value, expected_value, unit,
       strength, confidence, details, curve)
     VALUES ($1, $2, $3, $5, $6, $4, now() - interval '2 hours', now(), 150, 100, 'W', 1, 0.9, '{}', '[]')`,
    [id, site.id, site.buildingKey, severity, type, appliance],
  )
const look = ({ site }: AlertSite) => evaluateSite(site.id, createLogger('test'))

it('an anomaly of the severity asked for alerts once, and ends when somebody decides about it', async () => {
  const home = await AlertSite.open()
  const { site } = home
  await home.addRule({ kind: 'anomaly', leastSeverity: 'warning' }, [])
  await find(home, `minor_${site.id}`, 'info')
  await find(home, `major_${site.id}`, 'critical')
  for (let times = 0; times < 2; times++) await look(home)
  expect(await home.history()).toMatchObject([{ state: 'active', value: 50, message: expect.stringContaining('50 % more than expected') }])
  await pool().query(`UPDATE anomaly SET status = 'dismissed' WHERE id = $1`, [`major_${site.id}`])
  for (let times = 0; times < 2; times++) await look(home)
  expect(await home.history()).toMatchObject([{ state: 'resolved' }])
})

it('an anomaly that has become harmless, or is no longer kept, alerts no more', async () => {
  const home = await AlertSite.open()
  const ids = ['milder', 'gone', 'open'].map((name) => `${name}_${home.site.id}`)
  await home.addRule({ kind: 'anomaly', leastSeverity: 'critical' }, [])
  for (const id of ids) await find(home, id, 'critical')
  await look(home)
  expect((await home.history()).map(({ state }) => state)).toEqual(['active', 'active', 'active'])
  await pool().query(`UPDATE anomaly SET severity = 'info' WHERE id = $1`, [ids[0]])
  await pool().query('DELETE FROM anomaly WHERE id = $1', [ids[1]])
  await look(home)
  expect((await home.history()).map(({ state }) => state).toSorted()).toEqual(['active', 'resolved', 'resolved'])
})

it('says what looks wrong, and by how much only where that is an amount; all of one look are listed together', async () => {
  const home = await AlertSite.open()
  await home.addRule({ kind: 'anomaly', leastSeverity: 'info' }, [])
  await find(home, `run_${home.site.id}`, 'critical', 'appliance_long_run', 3)
  await find(home, `hour_${home.site.id}`, 'info', 'appliance_odd_hour', 3)
  await find(home, `meter_${home.site.id}`, 'info', 'meter_stuck')
  await look(home)
  const page = async (query: string) => {
    const request = new Request(`http://localhost/api?${query}`, { headers: { authorization: `Bearer ${home.person.token}` } })
    return alertHistorySchema.parse(await (await getEvents(request, { params: Promise.resolve({ id: home.site.id }) })).json())
  }
  const { data, hasMore } = await page('limit=2')
  expect(data.map(({ message }) => message.replace(/ \(.*/, '')).toSorted()).toEqual([
    'A meter that stands still',
    'A run of the dryer at an odd hour',
    'An unusually long run of the dryer: 50 % more than expected',
  ])
  expect(hasMore).toBe(false)
  expect((await page(`before=${data[0]!.createdAt}`)).data).toEqual([])
})
