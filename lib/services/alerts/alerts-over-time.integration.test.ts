import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest'
import { PUT as putChannel } from '@/app/api/v1/sites/[id]/alerts/channels/[channelId]/route'
import { PUT as putQuiet } from '@/app/api/v1/sites/[id]/alerts/quiet-hours/route'
import { PUT as putRule } from '@/app/api/v1/sites/[id]/alerts/rules/[ruleId]/route'
import type { AlertCondition } from '@/lib/contracts/alerts'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { deliverDueAlerts } from './deliver-alerts'
import { evaluateSite } from './evaluate-rules'
import { AlertSite, ask, START, WEBHOOK_SECRET } from './testing/alert-site'

const log = createLogger('test')
const above: AlertCondition = { kind: 'power', direction: 'above', watts: 2000, forMinutes: 1 }
const received: { type: string; lines: string[] }[] = []
let answerStatus = 200
let web: Server, webhook: { type: 'webhook'; url: string; secret: string }
let home: AlertSite

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET, ALERT_ALLOW_PRIVATE: 'true' })
  web = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      received.push(JSON.parse(body) as { type: string; lines: string[] })
      response.writeHead(answerStatus).end()
    })
  })
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  webhook = { type: 'webhook', url: `http://127.0.0.1:${(web.address() as AddressInfo).port}/`, secret: WEBHOOK_SECRET }
})
beforeEach(async () => {
  received.length = 0
  answerStatus = 200
  home = await AlertSite.open()
})
afterAll(async () => {
  web.close()
  await closePool()
})

const change = async (ruleId: string, rule: object) =>
  expect((await ask(putRule, home.person, { id: home.site.id, ruleId }, { name: 'A rule', cooldownMinutes: 0, ...rule })).status).toBe(200)
/** As if the rule had been armed so many minutes after START. */
const arm = (ruleId: string, minute: number) =>
  pool().query('UPDATE alert_rule SET armed_at = to_timestamp($2) WHERE id = $1', [ruleId, START + minute * 60])

it('a rule that is switched off and on again alerts to what still goes on', async () => {
  const condition: AlertCondition = { kind: 'no-readings', minutes: 10 }
  const id = await home.addRule(condition, [])
  await home.storeReading(START)
  await home.look(10)
  await change(id, { condition, enabled: false })
  await home.look(11)
  await change(id, { condition, enabled: true })
  await arm(id, 12)
  for (const minute of [12, 13]) await home.look(minute)
  expect((await home.history()).map(({ state }) => state)).toEqual(['active', 'resolved'])
})

it('a rule with a new condition alerts to what began before the change and goes on', async () => {
  const id = await home.addRule(above, [])
  await home.storeMinutes(START, [500, 6000, 6000, 6000, 6000, 6000])
  await home.look(3)
  const condition = { ...above, watts: 5000 }
  await change(id, { condition })
  await arm(id, 4)
  for (const minute of [5, 6]) await home.look(minute)
  expect((await home.history()).map((event) => [event.state, event.condition])).toEqual([['active', condition], ['resolved', above]])
})

const find = (id: string, more = '') =>
  pool().query(
    `INSERT INTO anomaly (id, site_id, building_key, type, severity, started_at, last_seen_at, value, expected_value, unit,
       strength, confidence, details, curve)
     VALUES ($1, $2, $3, 'unusual_day', 'critical', now() - interval '2 hours', now(), 150, 100, 'W', 1, 0.9, '{}', '[]') ${more}`,
    [id, home.site.id, home.site.buildingKey],
  )
const lookNow = () => evaluateSite(home.site.id, log)
const anomaly: AlertCondition = { kind: 'anomaly', leastSeverity: 'warning' }

it('an anomaly alerts again when it goes on after its snooze', async () => {
  await home.addRule(anomaly, [])
  await find(`slept_${home.site.id}`)
  await lookNow()
  await pool().query(`UPDATE anomaly SET status = 'snoozed', snoozed_until = now() + interval '1 day' WHERE site_id = $1`, [home.site.id])
  await lookNow()
  expect((await home.history()).map(({ state }) => state)).toEqual(['resolved'])
  await pool().query(`UPDATE anomaly SET snoozed_until = now() - interval '1 minute' WHERE site_id = $1`, [home.site.id])
  await pool().query(`UPDATE alert_event SET resolved_at = now() - interval '2 days' WHERE site_id = $1`, [home.site.id])
  await lookNow()
  expect((await home.history()).map(({ state }) => state)).toEqual(['active', 'resolved'])
})

it('an anomaly that somebody decided about before a rule looked alerts nobody', async () => {
  await home.addRule(anomaly, [])
  await find(`known_${home.site.id}`)
  await pool().query(`UPDATE anomaly SET status = 'dismissed' WHERE site_id = $1`, [home.site.id])
  await lookNow()
  expect(await home.history()).toEqual([])
})

it('what was wrong weeks ago, in readings that were imported today, alerts nobody', async () => {
  await home.addRule(anomaly, [])
  await find(`old_${home.site.id}`)
  await pool().query(
    `UPDATE anomaly SET started_at = now() - interval '21 days', last_seen_at = now() - interval '20 days' WHERE site_id = $1`,
    [home.site.id],
  )
  await lookNow()
  expect(await home.history()).toEqual([])
})

it('a site whose receivers do not answer holds up no other one', async () => {
  const silent: ServerResponse[] = []
  const hanging = createServer((_, response) => void silent.push(response))
  await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}/`
  const channels: string[] = []
  for (let count = 0; count < 10; count++) channels.push(await home.addChannel({ ...webhook, url }))
  await home.addRule(above, channels)
  await home.storeMinutes(START, [2500])
  await home.look(1)
  const other = await AlertSite.another()
  await other.addRule(above, [await other.addChannel(webhook)])
  await other.storeMinutes(START + 60, [2500])
  await other.look(2)
  let silentThen = NaN
  web.once('request', () => {
    silentThen = silent.length
    hanging.closeAllConnections()
    hanging.close()
  })
  await deliverDueAlerts(log)
  expect(received).toHaveLength(1)
  expect(silentThen).toBeLessThanOrEqual(2)
})

it('the cool-down keeps back nothing that one look finds together', async () => {
  await home.addRule(anomaly, [await home.addChannel(webhook)], { cooldownMinutes: 30 })
  for (const name of ['one', 'two', 'three']) await find(`${name}_${home.site.id}`)
  await lookNow()
  expect((await home.history()).map(({ muted }) => muted)).toEqual([null, null, null])
})

it('what outlasts the cool-down is told when it ends', async () => {
  await home.addRule(above, [await home.addChannel(webhook)], { cooldownMinutes: 30 })
  await home.storeMinutes(START, [2500, 500, 2500, ...new Array<number>(60).fill(2500)])
  for (const minute of [1, 2, 3, 20]) await home.look(minute)
  expect((await home.history()).map(({ muted, state }) => [muted, state])).toEqual([['cooldown', 'active'], [null, 'resolved']])
  for (const minute of [31, 32, 33]) await home.look(minute)
  const [late] = await home.history()
  expect(late).toMatchObject({ muted: null, state: 'active', deliveries: [{ transition: 'fired' }] })
  await home.storeMinutes(START + 40 * 60, [500, 2500])
  await home.look(41)
  // It was told at 31 minutes: what comes within half an hour of that is kept back.
  await home.look(42)
  expect((await home.history()).map(({ muted, state }) => [muted, state])[0]).toEqual(['cooldown', 'active'])
})

it('what ended is told with its whole length', async () => {
  await home.addRule({ kind: 'no-readings', minutes: 10 }, [await home.addChannel(webhook)])
  await home.storeReading(START)
  await home.look(10)
  // It came back after an hour; nobody looked before the second was over.
  for (const minute of [60, 61, 120]) await home.storeReading(START + minute * 60)
  await home.look(120)
  expect(await home.history()).toMatchObject([{ state: 'resolved', value: 60, resolvedAt: START + 3600 }])
  expect((await home.history())[0]!.message).toContain('No readings for 60 min')
})

it('a day that went over its limit just before midnight is found after it', async () => {
  const id = await home.addRule({ kind: 'daily-energy', kilowattHours: 2 }, [])
  // 22:00 UTC is midnight at the site.
  const last = START + 11 * 3600
  await home.look(11 * 60)
  await pool().query(
    `INSERT INTO power_hour (building_key, hour, energy_wh, covered_seconds, min_watts, max_watts) VALUES ($1, to_timestamp($2), 2500, 3600, 0, 0)`,
    [home.site.buildingKey, last],
  )
  await pool().query('UPDATE alert_rule SET checked_at = to_timestamp($2) WHERE id = $1', [id, last])
  await home.look(12 * 60 + 1)
  await home.look(12 * 60 + 2)
  expect(await home.history()).toMatchObject([{ state: 'resolved', value: 2.5, resolvedAt: START + 12 * 3600 }])
})

it('a day’s alert ends with what the whole day came to', async () => {
  await home.addRule({ kind: 'daily-energy', kilowattHours: 2 }, [])
  const hour = (index: number) =>
    pool().query(
      `INSERT INTO power_hour (building_key, hour, energy_wh, covered_seconds, min_watts, max_watts) VALUES ($1, to_timestamp($2), 2500, 3600, 0, 0)`,
      [home.site.buildingKey, START + index * 3600],
    )
  await hour(0)
  await home.look(61)
  await hour(1)
  await home.look(12 * 60 + 1)
  expect(await home.history()).toMatchObject([{ state: 'resolved', value: 5 }])
})

it('nothing is sent in quiet hours, not what was due before or failed before either', async () => {
  await home.addRule(above, [await home.addChannel(webhook)])
  await home.storeMinutes(START, [2500])
  await home.look(1)
  answerStatus = 503
  await deliverDueAlerts(log, undefined, () => START)
  expect(received).toHaveLength(1)
  // Noon at the site.
  const quiet = { from: '11:00', until: '14:00', criticalPasses: true }
  expect((await ask(putQuiet, home.person, { id: home.site.id }, { quiet })).status).toBe(200)
  await pool().query('UPDATE alert_delivery SET due_at = now()')
  answerStatus = 200
  await deliverDueAlerts(log, undefined, () => START)
  expect(received).toHaveLength(1)
  expect(await home.history()).toMatchObject([{ deliveries: [{ status: 'waiting', attempts: 1, dueAt: START + 2 * 3600 }] }])
  await deliverDueAlerts(log, undefined, () => START + 2 * 3600)
  expect(received).toHaveLength(2)
})

it('a channel that is switched off for a while does not send old alerts when it is on again', async () => {
  const channelId = await home.addChannel(webhook)
  await home.addRule(above, [channelId])
  await home.storeMinutes(START, [2500])
  await home.look(1)
  for (const enabled of [false, true]) {
    expect((await ask(putChannel, home.person, { id: home.site.id, channelId }, { name: 'Channel', enabled })).status).toBe(200)
  }
  await deliverDueAlerts(log)
  expect(received).toEqual([])
  expect(await home.history()).toMatchObject([{ deliveries: [{ status: 'failed', error: expect.stringContaining('switched off') }] }])
})
