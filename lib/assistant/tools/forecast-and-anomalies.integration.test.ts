import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { APPLIANCES } from '@/lib/contracts/appliances'
import type { ToolCall } from '@/lib/contracts/assistant'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { findSite } from '@/lib/data/sites'
import { insertTariff } from '@/lib/data/tariffs'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { forecastSite } from '@/lib/services/forecast'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { watchSite } from '@/lib/services/watch-anomalies'
import { writeMadeUpMinutes } from '@/scripts/testing/made-up-minutes'
import { makeSite, TEST_SECRET, type TestSite } from '@/scripts/testing/place-fixtures'
import { askInsight, type Askers, makeAskers, momentOf, valueOf, worded } from '../testing/insight-answers'
import { at, NOW, ZONE } from '../testing/seeded-home'

const HOUR = 3600
const DAY = 86_400

let askers: Askers
const ask = (...asked: [TestSite, ToolCall, number?]) => askInsight(askers, ...asked)

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  askers = await makeAskers()
})
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

describe('a forecast', () => {
  const call = (horizonHours: number): ToolCall => ({ tool: 'forecast', arguments: { horizonHours } })
  let site: TestSite
  beforeAll(async () => {
    site = await makeSite([askers.user], ZONE)
    const toSeconds = Math.floor(NOW / HOUR) * HOUR
    await writeMadeUpMinutes({ buildingKey: site.buildingKey, fromSeconds: toSeconds - 60 * DAY, toSeconds, hasSolar: false })
    const rate = { kind: 'flat', pricePerKwh: 0.4 } as const
    await insertTariff(site.id, `tariff_${site.id}`, { name: 'Flat', validFrom: '2026-01-01', standingChargePerDay: 0, exportCreditPerKwh: 0, rate }, 'EUR')
  }, 300_000)

  it('is what the service forecasts, summed, with its interval and its cost, and moves with the readings', async () => {
    // Made before it is asked about, however long that takes.
    const { points } = await forecastSite((await findSite(site.id))!, 'load', 49, NOW)
    const result = await ask(site, call(48))
    const [from, to] = [at('2026-04-10'), at('2026-04-11')]
    const kwh = points.filter(({ startSeconds }) => startSeconds >= from && startSeconds < to).reduce((sum, { value }) => sum + value / 1000, 0)
    const expected = valueOf(result, 'expected energy', 'tomorrow')
    const ends = ['lower', 'upper'].map((end) => valueOf(result, `${end} end of the expected energy`, 'tomorrow'))
    expect(expected).toBeGreaterThan(ends[0]!)
    expect(expected).toBeLessThan(ends[1]!)
    // Hours are forecast by their medians, whose sum is not that of the day; by how much depends on the made-up habits.
    expect(Math.abs(expected / kwh - 1)).toBeLessThan(0.4)
    expect(valueOf(result, 'expected energy cost, without the standing charge', 'tomorrow')).toBeCloseTo(expected * 0.4, 9)
    expect(valueOf(result, 'certainty of these ends', 'tomorrow')).toBe(95)
    expect(result.table?.rows).toHaveLength(49)
    expect(worded(result)).toMatch(/tomorrow.*between .* \(95%\)/i)
    await pool().query(
      `UPDATE power_hour SET energy_wh = energy_wh * 2,
         quarter_imported_wh = ARRAY(SELECT wh * 2 FROM unnest(quarter_imported_wh) WITH ORDINALITY AS q(wh, n) ORDER BY n)
       WHERE building_key = $1`,
      [site.buildingKey],
    )
    await pool().query('DELETE FROM site_forecast WHERE site_id = $1', [site.id])
    await forecastSite((await findSite(site.id))!, 'load', 49, NOW)
    const doubled = valueOf(await ask(site, call(48)), 'expected energy', 'tomorrow')
    expect(doubled / expected).toBeGreaterThan(1.8)
    expect(doubled / expected).toBeLessThan(2.2)
  }, 300_000)

  it('of a day or a week names the time that is asked about', async () => {
    for (const steps of [24, 168]) await forecastSite((await findSite(site.id))!, 'load', steps, NOW)
    expect(worded(await ask(site, call(1)))).toMatch(/in the next hour/i)
    expect(worded(await ask(site, call(24)))).toMatch(/in the next 24 hours/i)
    const week = await ask(site, call(168))
    expect(week.table?.rows.map(([day]) => day)).toEqual(['10', '11', '12', '13', '14', '15'].map((day) => at(`2026-04-${day}`)))
    expect(worded(week)).toMatch(/in the next 7 days/i)
  }, 300_000)

  it('says what is missing where there is too little history', async () => {
    const young = await makeSite([askers.user], ZONE)
    const toSeconds = Math.floor(NOW / HOUR) * HOUR
    await writeMadeUpMinutes({ buildingKey: young.buildingKey, fromSeconds: toSeconds - DAY, toSeconds, hasSolar: false })
    const result = await ask(young, call(24))
    expect(result.figures).toEqual([])
    expect(result.notes.join()).toMatch(/not enough history.*at least 2/)
    expect(worded(result)).toContain('not enough history')
  })
})

describe('what looks wrong', () => {
  const call = (period = 'last 7 days'): ToolCall => ({ tool: 'anomalies', arguments: { period } })
  const now = Math.floor(NOW / HOUR) * HOUR

  async function homeOf(days: number): Promise<TestSite> {
    const site = await makeSite([askers.user], ZONE)
    await pool().query('SELECT ensure_partitions(to_timestamp($1), to_timestamp($2))', [now - (days + 1) * DAY, now])
    for (const table of ['power_hour', 'power_minute']) {
      const [column, step] = table === 'power_hour' ? ['hour', '1 hour'] : ['minute', '1 hour']
      await pool().query(
        `INSERT INTO ${table} (building_key, ${column}, energy_wh, covered_seconds, min_watts, max_watts)
         SELECT $1::int, h, 300 + 200 * sin(date_part('hour', h)) + date_part('day', h), ${table === 'power_hour' ? 3600 : 60}, 110, 900
         FROM generate_series(to_timestamp($2), to_timestamp($3) - interval '1 hour', interval '${step}') AS h`,
        [site.buildingKey, now - days * DAY, now],
      )
    }
    return site
  }
  const watchSince = (site: TestSite, since: number) =>
    pool().query('INSERT INTO anomaly_watch (site_id, since, looked_at) VALUES ($1, to_timestamp($2), to_timestamp($3))', [site.id, since, now])
  const look = async (site: TestSite) => watchSite((await findSite(site.id))!, now)
  const kettle = async (site: TestSite, minutes: number) => {
    const version = await ensureModelVersion('made-up', '1')
    await pool().query(
      `INSERT INTO activation (building_key, appliance, started_at, ended_at, energy_wh, peak_watts, confidence, model_version_id)
       SELECT $1::int, $2::smallint, s, s + CASE WHEN s > to_timestamp($3) - interval '30 hours' THEN $4::int ELSE 3 END * interval '1 minute',
         100, 2000, 0.9, $5::int
       FROM generate_series(to_timestamp($3) - interval '20 days', to_timestamp($3) - interval '1 day', interval '1 day') AS s`,
      [site.buildingKey, APPLIANCES.indexOf('ElectricKettle'), now, minutes, version],
    )
  }

  it('is told with what was expected, and when it began; what is no longer so is told no more', async () => {
    const site = await homeOf(30)
    await kettle(site, 75)
    await look(site)
    const result = await ask(site, call())
    expect(valueOf(result, 'anomalies found')).toBe(1)
    expect(valueOf(result, 'measured: an unusually long run of the kettle')).toBe(75 * 60)
    expect(valueOf(result, 'expected: an unusually long run of the kettle')).toBe(3 * 60)
    expect(momentOf(result, /^start: /)).toBe(now - DAY)
    expect(result.devices).toEqual(['Kettle'])
    expect(worded(result)).toMatch(/long run of the kettle began yesterday at 15:00: about 1 h 15 min, where 3 min was expected/)
    await watchSince(site, now - 30 * DAY)
    expect(valueOf(await ask(site, call('last week')), 'anomalies found')).toBe(0)
    await pool().query(`UPDATE anomaly SET status = 'dismissed' WHERE site_id = $1`, [site.id])
    const after = await ask(site, call())
    expect(valueOf(after, 'anomalies found')).toBe(0)
    expect(after.notes.join()).toContain('false alarm')
  })

  it('is nothing where nothing was found, with since when somebody has looked', async () => {
    const site = await homeOf(30)
    const before = await ask(site, call())
    expect(before.figures).toEqual([])
    expect(worded(before)).toContain('not been looked at yet')
    await watchSince(site, now - 10 * DAY)
    const result = await ask(site, call())
    expect(valueOf(result, 'anomalies found')).toBe(0)
    expect(momentOf(result, 'last look')).toBe(now)
    expect(worded(result)).toMatch(/since Thursday, 2 April.*last look was today at 15:00/)
    expect(result.notes).toEqual([])
    const earlier = await ask(site, call('from 2026-03-20 to 2026-03-22'))
    expect(earlier.figures).toEqual([])
    expect(worded(earlier)).toContain('Nobody looked at that time: what looks wrong is looked for since 28 March 2026.')
  })

  it('cannot be told of a young history, and says from when on', async () => {
    const site = await homeOf(6)
    await watchSince(site, now - 6 * DAY)
    const result = await ask(site, call())
    expect(momentOf(result, 'first full judgement')).toBe(now + 16 * DAY)
    expect(worded(result)).toMatch(/cannot be told yet.*until about 25 April 2026/)
  })
})
