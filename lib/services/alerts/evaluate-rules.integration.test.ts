import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { DELETE as deleteRule, PUT as putRule } from '@/app/api/v1/sites/[id]/alerts/rules/[ruleId]/route'
import { GET as getRules } from '@/app/api/v1/sites/[id]/alerts/rules/route'
import type { AlertCondition } from '@/lib/contracts/alerts'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { AlertSite, ask, START } from './testing/alert-site'

const above: AlertCondition = { kind: 'power', direction: 'above', watts: 2000, forMinutes: 3 }
let home: AlertSite

beforeAll(() => provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET }))
beforeEach(async () => {
  home = await AlertSite.open()
})
afterAll(closePool)

describe('alert rules', () => {
  it('fire once while a condition holds, and end when it is over', async () => {
    await home.addRule(above, [await home.addChannel({ type: 'push' })])
    await home.storeMinutes(START, [500, 2500, 2600, 2550])
    await home.look(3)
    expect(await home.history()).toEqual([])
    for (const minute of [4, 4, 5]) await home.look(minute)
    expect(await home.history()).toMatchObject([{ state: 'active', startedAt: START + 60, value: 2600, deliveries: [{ status: 'waiting' }] }])
    await home.storeMinutes(START + 240, [500, 500, 500])
    for (const minute of [7, 8]) await home.look(minute)
    const [event] = await home.history()
    expect(event).toMatchObject({ state: 'resolved', resolvedAt: START + 240 })
    expect(event!.deliveries.map(({ transition }) => transition)).toEqual(['fired', 'resolved'])
  })

  it('tell nobody during the cool-down, and keep it in the history', async () => {
    await home.addRule({ ...above, forMinutes: 1 }, [await home.addChannel({ type: 'push' })], { cooldownMinutes: 30 })
    await home.storeMinutes(START, [2500, 500, 2500, 500])
    for (const minute of [1, 2, 3, 4]) await home.look(minute)
    const events = await home.history()
    expect(events.map(({ muted, state }) => [muted, state])).toEqual([['cooldown', 'resolved'], [null, 'resolved']])
    expect(events.map(({ deliveries }) => deliveries.length)).toEqual([0, 2])
  })

  it('know runs that are too long, at the wrong hours, and appliances that did not run', async () => {
    const appliance = 'ElectricKettle'
    await home.addRule({ kind: 'appliance-on', appliance, minutes: 30 }, [], { name: 'long' })
    await home.addRule({ kind: 'appliance-hours', appliance, from: '12:00', until: '13:00' }, [], { name: 'hours' })
    await home.addRule({ kind: 'appliance-idle', appliance, days: 1 }, [], { name: 'idle' })
    const run = (from: number, to: number | null) =>
      pool().query(
        `INSERT INTO activation (building_key, appliance, started_at, ended_at, energy_wh, peak_watts, confidence, model_version_id)
         VALUES ($1, 8, to_timestamp($2), to_timestamp($3), 1, 1, 1, 1)`,
        [home.site.buildingKey, from, to],
      )
    // 10:00 UTC is noon at the site.
    await run(START - 7200, START - 7100)
    await run(START + 600, START + 660)
    await run(START + 3600 * 2, null)
    await home.storeReading(START + 3600 * 2 + 1800)
    await home.look(150)
    const events = await home.history()
    expect(events.map(({ ruleName, startedAt, state }) => [ruleName, startedAt, state]).toSorted()).toEqual([
      ['hours', START + 600, 'resolved'],
      ['long', START + 7200, 'active'],
    ])
  })

  it('notice that readings stay away and come back, each time anew', async () => {
    await home.addRule({ kind: 'no-readings', minutes: 10 }, [])
    await home.look(1)
    await home.storeReading(START)
    for (const minute of [9, 10, 20]) await home.look(minute)
    expect(await home.history()).toMatchObject([{ state: 'active', value: 10 }])
    await home.storeReading(START + 25 * 60)
    for (const minute of [26, 36]) await home.look(minute)
    expect((await home.history()).map(({ state }) => state)).toEqual(['active', 'resolved'])
  })

  it('add up a day, and end with it', async () => {
    await home.addRule({ kind: 'daily-energy', kilowattHours: 2 }, [], { name: 'kWh' })
    await home.addRule({ kind: 'daily-cost', amount: 0.9 }, [], { name: 'EUR' })
    const hour = (index: number, wattHours: number) =>
      pool().query(
        `INSERT INTO power_hour (building_key, hour, energy_wh, covered_seconds, min_watts, max_watts)
         VALUES ($1, to_timestamp($2), $3, 3600, 0, 0)`,
        [home.site.buildingKey, START + index * 3600, wattHours],
      )
    await hour(0, 1900)
    await home.look(61)
    expect(await home.history()).toEqual([])
    await hour(1, 600)
    await home.look(121)
    expect(await home.history()).toMatchObject([{ ruleName: 'kWh', value: 2.5, state: 'active' }])
    await hour(2, 1000)
    await home.look(181)
    const [first] = (await home.history()).filter(({ ruleName }) => ruleName === 'EUR')
    expect(first!.value).toBeCloseTo(3.5 * 0.31)
    await home.look(24 * 60)
    expect((await home.history()).map(({ state }) => state)).toEqual(['resolved', 'resolved'])
  })

  it('say why they cannot be judged', async () => {
    await home.addRule(above, [])
    await home.look(5)
    const { data } = (await (await ask(getRules, home.person, { id: home.site.id })).json()) as { data: object[] }
    expect(data).toMatchObject([{ unjudged: 'no-readings', checkedAt: expect.any(Number) }])
  })

  it('end what goes on when they are switched off or deleted', async () => {
    const id = await home.addRule({ ...above, forMinutes: 1 }, [])
    await home.storeMinutes(START, [2500])
    await home.look(1)
    const change = { name: 'A rule', condition: above, enabled: false }
    expect((await ask(putRule, home.person, { id: home.site.id, ruleId: id }, change)).status).toBe(200)
    await home.look(2)
    expect(await home.history()).toMatchObject([{ state: 'resolved' }])
    expect((await ask(deleteRule, home.person, { id: home.site.id, ruleId: id })).status).toBe(200)
    expect(await home.history()).toMatchObject([{ ruleId: null, ruleName: 'A rule' }])
  })
})
