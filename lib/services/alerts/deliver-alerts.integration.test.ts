import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net'
import { Aedes } from 'aedes'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { PUT as putChannel } from '@/app/api/v1/sites/[id]/alerts/channels/[channelId]/route'
import { POST as testChannel } from '@/app/api/v1/sites/[id]/alerts/channels/[channelId]/test/route'
import { GET as getChannels } from '@/app/api/v1/sites/[id]/alerts/channels/route'
import { GET as getEvents } from '@/app/api/v1/sites/[id]/alerts/events/route'
import { PUT as putQuiet } from '@/app/api/v1/sites/[id]/alerts/quiet-hours/route'
import { DELETE as deleteRule } from '@/app/api/v1/sites/[id]/alerts/rules/[ruleId]/route'
import { GET as getRules, POST as postRule } from '@/app/api/v1/sites/[id]/alerts/rules/route'
import type { AlertCondition } from '@/lib/contracts/alerts'
import { takeDueMessage } from '@/lib/data/alerts/alert-deliveries'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { makeSite, TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { signBody } from './channels/send-webhook'
import { deliverDueAlerts } from './deliver-alerts'
import { AlertFollower } from './new-alerts'
import { AlertSite, ask, START, WEBHOOK_SECRET } from './testing/alert-site'

const log = createLogger('test')
const above: AlertCondition = { kind: 'power', direction: 'above', watts: 2000, forMinutes: 3 }
const received: { headers: IncomingHttpHeaders; body: string }[] = []
let answerStatus = 200
let web: Server, webUrl: string
let home: AlertSite

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET, ALERT_ALLOW_PRIVATE: 'true' })
  web = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      response.writeHead(answerStatus, answerStatus === 302 ? { location: '/elsewhere' } : {}).end()
    })
  })
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  webUrl = `http://127.0.0.1:${portOf(web)}/hook?token=hidden`
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

describe('messages', () => {
  const fire = async (channelIds: string[]) => {
    await home.addRule({ ...above, forMinutes: 1 }, channelIds, { name: 'Too much' })
    await home.storeMinutes(START, [2500])
    await home.look(1)
  }

  it('to a webhook are signed with its secret, and repeated with the same id until they arrive', async () => {
    await fire([await home.addChannel({ type: 'webhook', url: webUrl, secret: WEBHOOK_SECRET })])
    answerStatus = 503
    await deliverDueAlerts(log)
    expect(await home.history()).toMatchObject([{ deliveries: [{ status: 'waiting', attempts: 1, error: 'It answered 503.' }] }])
    answerStatus = 204
    await pool().query('UPDATE alert_delivery SET due_at = now()')
    await deliverDueAlerts(log)
    expect(await home.history()).toMatchObject([{ deliveries: [{ status: 'sent', attempts: 2 }] }])
    const [first, second] = received
    expect(second!.headers['x-undercurrent-delivery']).toBe(first!.headers['x-undercurrent-delivery'])
    const timestamp = Number(second!.headers['x-undercurrent-timestamp'])
    expect(second!.headers['x-undercurrent-signature']).toBe(`sha256=${signBody(WEBHOOK_SECRET, timestamp, second!.body)}`)
    expect(signBody(WEBHOOK_SECRET, timestamp, `${second!.body} `)).not.toBe(signBody(WEBHOOK_SECRET, timestamp, second!.body))
  })

  it('follow no redirect and reach no private address', async () => {
    const channel = await home.addChannel({ type: 'webhook', url: webUrl, secret: WEBHOOK_SECRET })
    const test = async () => (await (await ask(testChannel, home.person, { id: home.site.id, channelId: channel }, {})).json()) as { detail: string }
    answerStatus = 302
    expect(await test()).toMatchObject({ success: false, detail: expect.stringContaining('302') })
    expect(received).toHaveLength(1)
    provideEnv({ ALERT_ALLOW_PRIVATE: 'false' })
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1']) {
      const config = { type: 'webhook', url: webUrl.replace('127.0.0.1', host), secret: WEBHOOK_SECRET }
      expect((await ask(putChannel, home.person, { id: home.site.id, channelId: channel }, { name: 'x', config })).status).toBe(200)
      expect(await test(), host).toMatchObject({ success: false, detail: expect.stringContaining('not a public one') })
    }
    provideEnv({ ALERT_ALLOW_PRIVATE: 'true' })
    expect(received).toHaveLength(1)
  })

  it('are not sent again after a crash, and the history says that it is not known whether they arrived', async () => {
    await fire([await home.addChannel({ type: 'webhook', url: webUrl, secret: WEBHOOK_SECRET })])
    // What a process leaves that ends between noting that it sends and noting that it sent.
    expect(await takeDueMessage()).not.toBeNull()
    await home.look(1)
    await deliverDueAlerts(log)
    await pool().query(`UPDATE alert_delivery SET sending_since = now() - interval '1 hour'`)
    await deliverDueAlerts(log)
    expect(received).toEqual([])
    expect(await home.history()).toMatchObject([{ deliveries: [{ status: 'unknown' }] }])
  })

  it('go out once where several processes send', async () => {
    await fire([await home.addChannel({ type: 'webhook', url: webUrl, secret: WEBHOOK_SECRET })])
    await Promise.all(Array.from({ length: 5 }, () => deliverDueAlerts(log)))
    expect(received).toHaveLength(1)
  })

  it('of quiet hours become one when they end', async () => {
    const channel = await home.addChannel({ type: 'webhook', url: webUrl, secret: WEBHOOK_SECRET })
    const quiet = { from: '11:00', until: '14:00', criticalPasses: true }
    expect((await ask(putQuiet, home.person, { id: home.site.id }, { quiet })).status).toBe(200)
    await home.addRule({ ...above, forMinutes: 1 }, [channel], { name: 'First' })
    await home.addRule({ kind: 'power', direction: 'above', watts: 2200, forMinutes: 1 }, [channel], { name: 'Second' })
    await home.storeMinutes(START, [2500, 500])
    for (const minute of [1, 2]) await home.look(minute)
    const due = (await home.history()).flatMap(({ deliveries }) => deliveries.map(({ dueAt }) => dueAt))
    expect(new Set(due)).toEqual(new Set([START + 2 * 3600]))
    await deliverDueAlerts(log, undefined, () => START + 2 * 3600)
    expect(received.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
      { type: 'summary', events: [{ state: 'resolved' }, { state: 'resolved' }] },
    ])
  })

  it('come by e-mail in the language of the channel', async () => {
    let mail = ''
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _, done) {
        stream.on('data', (chunk: Buffer) => (mail += chunk.toString()))
        stream.on('end', () => done())
      },
    })
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
    provideEnv({ SMTP_URL: `smtp://127.0.0.1:${portOf(smtp.server)}`, SMTP_FROM: 'Undercurrent <alerts@example.org>' })
    await fire([await home.addChannel({ type: 'email', to: ['someone@example.org'] }, 'de')])
    await deliverDueAlerts(log)
    await new Promise<void>((resolve) => smtp.close(resolve))
    expect(mail).toContain('To: someone@example.org')
    expect(mail).toContain('Too much')
    expect(mail.replaceAll('=\r\n', '')).toContain('Leistung 2.500 W')
    expect(await home.history()).toMatchObject([{ deliveries: [{ status: 'sent' }] }])
  })

  it('come over MQTT under the topic of the site', async () => {
    const broker = await Aedes.createBroker()
    const server: TcpServer = createTcpServer(broker.handle)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const published: { topic: string; payload: string }[] = []
    broker.on('publish', ({ topic, payload }, client) => {
      if (client) published.push({ topic, payload: payload.toString() })
    })
    await fire([await home.addChannel({ type: 'mqtt', url: `mqtt://127.0.0.1:${portOf(server)}` })])
    await deliverDueAlerts(log)
    expect(await home.history()).toMatchObject([{ deliveries: [{ status: 'sent', error: null }] }])
    expect(published.map(({ topic }) => topic)).toEqual([`undercurrent/${home.site.id}/alerts`])
    expect(JSON.parse(published[0]!.payload)).toMatchObject({ type: 'alert', siteId: home.site.id, events: [{ ruleName: 'Too much' }] })
    await new Promise<void>((resolve) => broker.close(() => server.close(() => resolve())))
  })

  it('reach open connections of the site when an alert begins and when it ends', async () => {
    const follower = new AlertFollower()
    await follower.next([home.site.id])
    await fire([])
    expect(await follower.next([home.site.id])).toMatchObject([{ siteId: home.site.id, state: 'active', message: expect.stringContaining('2,500 W') }])
    await home.storeMinutes(START + 60, [500])
    await home.look(2)
    expect(await follower.next([(await makeSite([])).id])).toEqual([])
    await home.storeMinutes(START + 120, [2500])
    await home.look(3)
    expect(await follower.next([home.site.id])).toMatchObject([{ state: 'active' }])
  })
})

describe('who may', () => {
  it('somebody else’s site is not there, and who may only look cannot change anything', async () => {
    const rule = { name: 'x', condition: above }
    for (const handler of [getRules, getChannels, getEvents]) {
      expect((await ask(handler, home.stranger, { id: home.site.id })).status).toBe(404)
      expect((await ask(handler, home.viewer, { id: home.site.id })).status).toBe(200)
    }
    expect((await ask(postRule, home.stranger, { id: home.site.id }, rule)).status).toBe(404)
    expect((await ask(postRule, home.viewer, { id: home.site.id }, rule)).status).toBe(403)
    const ruleId = await home.addRule(above, [])
    const channelId = await home.addChannel({ type: 'push' })
    const own = await makeSite([home.stranger])
    expect((await ask(deleteRule, home.stranger, { id: own.id, ruleId })).status).toBe(404)
    expect((await ask(testChannel, home.stranger, { id: own.id, channelId }, {})).status).toBe(404)
    expect((await ask(postRule, home.stranger, { id: own.id }, { ...rule, channelIds: [channelId] })).status).toBe(409)
  })

  it('nobody reads the secrets of a channel back, neither in an answer nor in the audit log', async () => {
    await home.addChannel({ type: 'webhook', url: webUrl, secret: WEBHOOK_SECRET })
    await home.addChannel({ type: 'mqtt', url: 'mqtt://broker.example.org', username: 'u', password: 'hidden-password' })
    const answer = await (await ask(getChannels, home.person, { id: home.site.id })).text()
    const { rows } = await pool().query<{ text: string }>('SELECT a::text AS text FROM audit_log a WHERE actor_id = $1', [home.person.id])
    for (const text of [answer, ...rows.map((row) => row.text)]) {
      for (const secret of [WEBHOOK_SECRET, 'token=hidden', 'hidden-password']) expect(text).not.toContain(secret)
    }
    expect(answer).toContain('http://127.0.0.1')
  })
})
