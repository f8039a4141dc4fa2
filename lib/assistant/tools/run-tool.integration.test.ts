import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { toolResultSchema, type ToolCall, type ToolResult } from '@/lib/contracts/assistant'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { findSite } from '@/lib/data/sites'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { forecastSite } from '@/lib/services/forecast'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { TEST_SECRET, type TestSite } from '@/scripts/testing/place-fixtures'
import { at, GRAMS, NOW, PRICE, seedHome, STANDING, ZONE } from '../testing/seeded-home'
import { availableTools, runTool } from './run-tool'

let owner: CurrentUser
let stranger: CurrentUser
let site: TestSite

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  ;({ site, owner, stranger } = await seedHome())
  // Made before it is asked about, however long that takes.
  await forecastSite((await findSite(site.id))!, 'load', 24, NOW)
}, 300_000)
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

async function ask(call: ToolCall, user = owner): Promise<ToolResult> {
  const outcome = await runTool(call, { user, siteId: site.id, nowSeconds: NOW })
  if (!outcome || 'problem' in outcome) throw new Error(JSON.stringify(outcome))
  expect(toolResultSchema.parse(outcome)).toEqual(outcome)
  for (const { href } of outcome.figures) expect(href).toMatch(/^\/[a-z/-]+[A-Za-z]*\?site=site_/)
  return outcome
}

const energy = (given: Partial<Extract<ToolCall, { tool: 'energy_use' }>['arguments']>) =>
  ask({ tool: 'energy_use', arguments: { subject: 'total', measure: 'energy', by: 'none', period: 'yesterday', ...given } })

const valueOf = (result: ToolResult, label: string | RegExp) => {
  const found = result.figures.find((figure) => (typeof label === 'string' ? figure.label === label : label.test(figure.label)))
  if (!found) throw new Error(`${label} is not among ${result.figures.map((figure) => figure.label).join('; ')}`)
  return found.value
}

/** kWh from the minutes, by PostgreSQL's own calendar. */
async function kwh(from: string, to: string, appliance?: Appliance): Promise<number> {
  const { rows } = await pool().query<{ wh: number | null }>(
    `SELECT sum(energy_wh)::float8 AS wh FROM ${appliance ? 'appliance_minute' : 'power_minute'}
     WHERE building_key = $1 AND minute >= $2::timestamp AT TIME ZONE $4 AND minute < $3::timestamp AT TIME ZONE $4
     ${appliance ? `AND appliance = ${APPLIANCES.indexOf(appliance)}` : ''}`,
    [site.buildingKey, from, to, ZONE],
  )
  return (rows[0]?.wh ?? 0) / 1000
}

describe('the energy of a period', () => {
  it.each([
    ['yesterday', '2026-04-08', '2026-04-09'],
    ['2026-03-29', '2026-03-29', '2026-03-30'],
    ['last month', '2026-03-01', '2026-04-01'],
    ['last week', '2026-03-30', '2026-04-06'],
    ['today', '2026-04-09', '2026-04-10'],
    ['last 7 days', '2026-04-02 15:38', '2026-04-09 15:38'],
    ['last 100 minutes', '2026-04-09 13:58', '2026-04-09 15:38'],
    ['yesterday from 17:10 to 18:20', '2026-04-08 17:10', '2026-04-08 18:20'],
    ['last tuesday night', '2026-04-07 22:00', '2026-04-08 06:00'],
    ['since easter', '2026-04-05', '2026-04-10'],
  ])('of %s is what the minutes add up to, of the meter and of an appliance', async (period, from, to) => {
    expect(valueOf(await energy({ period }), 'energy of the whole building')).toBeCloseTo(await kwh(from, to), 9)
    const oven = await energy({ period, subject: 'ElectricOven' })
    expect(valueOf(oven, 'energy of the electric oven')).toBeCloseTo(await kwh(from, to, 'ElectricOven'), 9)
  })

  it('has its cost without the standing charge, and beside it the cost with it', async () => {
    const result = await energy({ measure: 'cost', period: 'last week' })
    const spent = (await kwh('2026-03-30', '2026-04-06')) * PRICE
    expect(valueOf(result, 'energy cost of the whole building, without the standing charge')).toBeCloseTo(spent, 9)
    expect(valueOf(result, 'cost with the standing charge')).toBeCloseTo(spent + 7 * STANDING, 9)
  })

  it('has its CO2, and says where a factor is missing', async () => {
    const march = await energy({ measure: 'co2', period: 'march' })
    expect(valueOf(march, 'CO2 of the whole building')).toBeCloseTo(((await kwh('2026-03-01', '2026-04-01')) * GRAMS) / 1000, 6)
    const january = await energy({ measure: 'co2', period: 'january' })
    expect(january.notes.join()).toContain('No CO2 factor')
    expect(january.figures.filter(({ unit }) => unit !== 'percent')).toEqual([])
    for (const given of [{ by: 'day' }, { by: 'appliance' }, { by: 'room' }, { subject: 'Dryer' }] as const) {
      const other = await energy({ measure: 'co2', period: 'january', ...given })
      expect(other.figures.filter(({ unit }) => unit !== 'percent')).toEqual([])
      expect(other.notes.join()).toContain('No CO2 factor')
    }
  })

  it('ranks the appliances as the minutes do', async () => {
    const result = await energy({ by: 'appliance', period: 'last month' })
    const { rows } = await pool().query<{ appliance: number; wh: number }>(
      `SELECT appliance, sum(energy_wh)::float8 AS wh FROM appliance_minute WHERE building_key = $1
         AND minute >= '2026-03-01'::timestamp AT TIME ZONE $2 AND minute < '2026-04-01'::timestamp AT TIME ZONE $2
       GROUP BY appliance ORDER BY wh DESC`,
      [site.buildingKey, ZONE],
    )
    const ranked = result.figures.filter(({ unit, subject }) => unit === 'kWh' && subject !== 'total' && subject !== 'other')
    expect(ranked.map(({ subject }) => subject)).toEqual(rows.map(({ appliance }) => APPLIANCES[appliance]))
    expect(ranked.map(({ value }) => value)).toEqual(rows.map(({ wh }) => expect.closeTo(wh / 1000, 9) as number))
    expect(result.figures.every(({ origin, subject }) => (origin === 'measured') === (subject === 'total'))).toBe(true)
  })

  it('leads to the history of its time, of an appliance and of what differs most between two times too', async () => {
    const dateOf = ({ href }: { href: string }) => [href.split('?')[0], new URLSearchParams(href.split('?')[1]).get('date')]
    const oven = await energy({ period: '2026-04-07', subject: 'ElectricOven' })
    expect(new Set(oven.figures.map((figure) => dateOf(figure).join()))).toEqual(new Set(['/history,2026-04-07']))
    const compared = await ask({
      tool: 'compare_periods',
      arguments: { subject: 'total', measure: 'energy', period: '2026-04-07', against: '2026-04-06' },
    })
    const movers = compared.figures.filter(({ subject }) => subject !== 'total' && subject !== 'other')
    expect(new Set(movers.map((figure) => dateOf(figure).join()))).toEqual(new Set(['/history,2026-04-07', '/history,2026-04-06']))
  })

  it('is split by day, and by room', async () => {
    const days = await energy({ by: 'day', period: 'last week' })
    expect(days.table?.rows).toHaveLength(7)
    expect(days.table?.rows[2]?.[1]).toBeCloseTo(await kwh('2026-04-01', '2026-04-02'), 9)
    const rooms = await energy({ by: 'room', period: 'last week' })
    expect(valueOf(rooms, 'energy of Kitchen')).toBeCloseTo(await kwh('2026-03-30', '2026-04-06', 'ElectricOven'), 9)
  })

  it('has its lowest day and its mean of days that were measured, not of stubs', async () => {
    const result = await energy({ by: 'day', period: 'from 2026-03-27 to 2026-04-09' })
    const { rows } = await pool().query<{ day: number; kwh: number; covered: number }>(
      `SELECT extract(epoch FROM date_trunc('day', minute AT TIME ZONE $2) AT TIME ZONE $2)::float8 AS day,
         sum(energy_wh)::float8 / 1000 AS kwh, sum(covered_seconds)::float8 AS covered
       FROM power_minute WHERE building_key = $1 AND minute >= '2026-03-27'::timestamp AT TIME ZONE $2 GROUP BY 1 ORDER BY kwh`,
      [site.buildingKey, ZONE],
    )
    const today = at('2026-04-09T00:00')
    const secondsOf = (day: number) => (day === at('2026-03-29T00:00') ? 82_800 : 86_400)
    const whole = rows.filter(({ day, covered }) => day < today && covered >= 0.9 * secondsOf(day))
    expect(rows[0]?.day).not.toBe(whole[0]?.day)
    expect(result.moments.find(({ label }) => label === 'day with the lowest energy')?.at).toBe(whole[0]?.day)
    const perSecond = rows.reduce((sum, { kwh }) => sum + kwh, 0) / rows.reduce((sum, { covered }) => sum + covered, 0)
    const dayLengths = whole.reduce((sum, { day }) => sum + secondsOf(day), 0) / whole.length
    expect(valueOf(result, 'mean energy of the whole building per day')).toBeCloseTo(perSecond * dayLengths, 6)
    expect(result.notes.join()).toContain('only in part')
  })

  it('notes what was not measured, and gives no figure where nothing was', async () => {
    const january = await energy({ period: 'january' })
    expect(january.coverage).toBeLessThan(0.9)
    expect(january.notes.join()).toContain('begin on 12 January 2026')
    const before = await energy({ period: '2025' })
    expect(before.figures).toEqual([])
    expect(before.notes.join()).toContain('begin on 12 January 2026')
  })
})

describe('the other tools', () => {
  it('compare the part of this month that has passed with as much of the last', async () => {
    const result = await ask({
      tool: 'compare_periods',
      arguments: { subject: 'total', measure: 'energy', period: 'this month', against: 'last month' },
    })
    const [own, other] = [await kwh('2026-04-01', '2026-04-10'), await kwh('2026-03-01', '2026-03-09 15:38')]
    expect(valueOf(result, 'difference in energy')).toBeCloseTo(own - other, 9)
    expect(valueOf(result, 'change in energy')).toBeCloseTo((own / other - 1) * 100, 6)
    expect(result.notes.join()).toContain('only the same part')
  })

  it('find the highest quarter of an hour', async () => {
    const result = await ask({ tool: 'peak_demand', arguments: { period: 'last month' } })
    const { rows } = await pool().query<{ watts: number; at: number }>(
      `SELECT 4 * sum(energy_wh)::float8 AS watts, extract(epoch FROM date_bin('15 minutes', minute, '2000-01-01Z'))::float8 AS at
       FROM power_minute WHERE building_key = $1 AND minute >= '2026-03-01'::timestamp AT TIME ZONE $2
         AND minute < '2026-04-01'::timestamp AT TIME ZONE $2 GROUP BY 2 ORDER BY 1 DESC LIMIT 1`,
      [site.buildingKey, ZONE],
    )
    expect(valueOf(result, 'highest mean power over a quarter of an hour')).toBeCloseTo(rows[0]!.watts, 6)
    expect(result.moments[0]?.at).toBe(rows[0]!.at)
  })

  it('count runs, their lengths and costs', async () => {
    const runs = (period: string) => ask({ tool: 'runs', arguments: { appliance: 'ElectricKettle', period, about: 'count' } })
    const yesterday = await runs('yesterday')
    expect(valueOf(yesterday, 'runs of the kettle')).toBe(2)
    expect(valueOf(yesterday, 'mean length of a run')).toBe(220)
    expect(valueOf(yesterday, 'energy cost of the runs')).toBeCloseTo(0.24 * PRICE, 6)
    expect(yesterday.moments.find(({ label }) => label === 'start of the last run')?.at).toBe(at('2026-04-08T19:30'))
    const march = await runs('march')
    expect(valueOf(march, 'runs of the kettle')).toBe(0)
    const before = await runs('from 2026-04-07 08:00 to 2026-04-07 09:00').catch((error: Error) => error.message)
    expect(before).toContain('problem')
    expect((await runs('2026-04-06')).moments).toEqual([])
  })

  it('say that an appliance is on, and since when', async () => {
    const state = await ask({ tool: 'appliance_state', arguments: { appliance: 'Dryer' } })
    expect(state.states?.[0]).toMatchObject({ subject: 'Dryer', isOn: true })
    expect(state.moments[0]).toMatchObject({ label: 'on since', at: at('2026-04-09T15:00') })
    const now = await ask({ tool: 'power_now', arguments: { subject: 'Dryer' } })
    expect(valueOf(now, 'power of the dryer now')).toBe(40)
    const all = await ask({ tool: 'power_now', arguments: {} })
    expect(valueOf(all, 'power of the whole building now')).toBe(700)
    expect(valueOf(all, 'energy cost of the whole building an hour, at this power')).toBeCloseTo(0.7 * PRICE, 9)
  })

  it('know voltage, devices, tariff, base load and coverage', async () => {
    const quality = await ask({ tool: 'electrical_quality', arguments: { quantity: 'voltage', period: 'last 24 hours' } })
    const { rows } = await pool().query<{ low: number; high: number }>(
      'SELECT min(voltage_volts) AS low, max(voltage_volts) AS high FROM electrical_data WHERE building_key = $1',
      [site.buildingKey],
    )
    expect(valueOf(quality, 'lowest voltage')).toBe(rows[0]!.low)
    expect(valueOf(quality, 'highest voltage')).toBe(rows[0]!.high)
    const facts = await ask({ tool: 'site_facts', arguments: { topic: 'tariff' } })
    expect(valueOf(facts, 'price of a kWh now')).toBe(PRICE)
    const devices = await ask({ tool: 'devices', arguments: {} })
    expect(valueOf(devices, 'devices')).toBeGreaterThan(0)
    const base = await ask({ tool: 'always_on', arguments: { period: 'last 7 days' } })
    expect(valueOf(base, 'power that is always on')).toBeGreaterThan(0)
    const coverage = await ask({ tool: 'coverage', arguments: { period: 'last week' } })
    const { rows: covered } = await pool().query<{ share: number }>(
      `SELECT sum(covered_seconds::float8) / (7 * 86400) AS share FROM power_minute WHERE building_key = $1
         AND minute >= '2026-03-30'::timestamp AT TIME ZONE $2 AND minute < '2026-04-06'::timestamp AT TIME ZONE $2`,
      [site.buildingKey, ZONE],
    )
    expect(valueOf(coverage, 'measured share of the time')).toBeCloseTo(covered[0]!.share * 100, 4)
  })

  it('answer nobody who may not see the site, for none of the tools', async () => {
    const given: Record<string, Record<string, unknown>> = {
      energy_use: { period: 'yesterday' },
      compare_periods: { period: 'yesterday', against: 'today' },
      peak_demand: { period: 'today' },
      runs: { appliance: 'Dryer', period: 'today' },
      appliance_state: { appliance: 'Dryer' },
    }
    for (const tool of availableTools()) {
      const call = { tool, arguments: given[tool] ?? {} } as ToolCall
      expect(await runTool(call, { user: stranger, siteId: site.id, nowSeconds: NOW })).toBeNull()
      expect(await runTool(call, { user: owner, siteId: site.id, nowSeconds: NOW })).toHaveProperty('figures')
    }
  })

  it('refuse arguments that do not fit, and tools that there are not', async () => {
    const asked = { user: owner, siteId: site.id, nowSeconds: NOW }
    const wrong = { tool: 'runs', arguments: { appliance: 'Sauna', period: 'today' } } as unknown as ToolCall
    expect(await runTool(wrong, asked)).toHaveProperty('problem')
    expect(await runTool({ tool: 'energy_use', arguments: { period: 'tomorrow' } } as ToolCall, asked)).toHaveProperty('problem')
    expect(await runTool({ tool: 'constructor', arguments: {} } as unknown as ToolCall, asked)).toHaveProperty('problem')
    expect(await runTool({ tool: 'forecast', arguments: { horizonHours: 1000 } }, asked)).toHaveProperty('problem')
  })
})
