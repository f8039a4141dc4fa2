import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { ToolCall } from '@/lib/contracts/assistant'
import { findSite } from '@/lib/data/sites'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { watchSite } from '@/lib/services/watch-anomalies'
import { TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { suggestQuestions } from '../suggestions'
import { worded } from '../testing/insight-answers'
import { at, NOW, seedHome, type SeededHome } from '../testing/seeded-home'
import { runTool } from './run-tool'

const DAY = 86_400

let home: SeededHome
beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  home = await seedHome()
  await pool().query('INSERT INTO anomaly_watch (site_id, since, looked_at) VALUES ($1, to_timestamp($2), to_timestamp($3))', [
    home.site.id, NOW - 60 * DAY, NOW - 600,
  ])
}, 300_000)
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

async function ask(call: ToolCall) {
  const outcome = await runTool(call, { user: home.owner, siteId: home.site.id, nowSeconds: NOW })
  if (!outcome || 'problem' in outcome) throw new Error(JSON.stringify(outcome))
  return outcome
}
const state = (appliance: Appliance) => ask({ tool: 'appliance_state', arguments: { appliance } })

describe('whether an appliance is all right', () => {
  it('is told from what stood out of it, and of no other', async () => {
    expect(worded(await state('ElectricKettle'))).toContain('Nothing unusual was found of the kettle in the last 7 days.')
    // A habit of three minutes, and one run of an hour and a half.
    await pool().query(
      `INSERT INTO activation (building_key, appliance, started_at, ended_at, energy_wh, peak_watts, confidence, model_version_id)
       SELECT $1::int, $2::smallint, s, s + CASE WHEN s > to_timestamp($3) - interval '30 hours' THEN 90 ELSE 3 END * interval '1 minute',
         100, 2000, 0.9, (SELECT model_version_id FROM activation WHERE building_key = $1 LIMIT 1)
       FROM generate_series(to_timestamp($3) - interval '20 days', to_timestamp($3) - interval '1 day', interval '1 day') AS s`,
      [home.site.buildingKey, APPLIANCES.indexOf('ElectricKettle'), at('2026-04-09T12:00')],
    )
    await watchSite((await findSite(home.site.id))!, NOW)
    const kettle = await state('ElectricKettle')
    expect(worded(kettle)).toMatch(/^An unusually long run of the kettle began yesterday at 12:00: about 1 h 30 min, where 3 min was expected/)
    expect(kettle.moments.some(({ href }) => href.startsWith('/insights/anomaly_'))).toBe(true)
    expect(worded(await state('Dryer'))).not.toContain('kettle')
    expect((await suggestQuestions(home.owner, home.site.id, NOW))?.slice(0, 2)).toEqual(['Is anything wrong?', 'Is the kettle all right?'])
  })
})

describe('the devices of a site', () => {
  it('are those beside its main meter', async () => {
    await pool().query(`INSERT INTO power_raw (building_key, ts, power_watts, source) VALUES ($1, to_timestamp($2), 500, 'test')`, [
      home.site.buildingKey, at('2026-04-09T15:00'),
    ])
    const devices = await ask({ tool: 'devices', arguments: {} })
    expect(devices.devices).not.toContain('House')
    expect(devices.table?.rows.map(([name]) => name)).toEqual(devices.devices)
    expect(devices.figures.find(({ label }) => label === 'main meters')?.value).toBe(1)
  })
})
