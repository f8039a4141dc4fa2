import { connect as connectTcp, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { GET as getEvents } from '@/app/api/v1/sites/[id]/events/route'
import { POST as postTicket } from '@/app/api/ws-ticket/route'
import type { LiveEvent } from '@/lib/contracts/live-events'
import { ensurePartitions } from '@/lib/data/partitions'
import { prisma } from '@/lib/data/prisma'
import { provideEnv } from '@/lib/env'
import { closePool, pool, withTransaction } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { closeSharedLiveStore, sharedLiveStore } from '@/lib/services/shared-live-store'
import { type EventStream, readEventStream } from '@/scripts/testing/event-stream'
import { openLiveSocket, refusalStatus } from '@/scripts/testing/live-socket'
import { makeSite, makeUpdate, makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'
import { type Gateway, type GatewayOptions, startGateway } from './gateway-server'

const NEVER = 3_600_000
const QUIET = {
  heartbeatMilliseconds: NEVER,
  todayMilliseconds: NEVER,
  alertMilliseconds: NEVER,
  statusMilliseconds: NEVER,
  recheckMilliseconds: NEVER,
  pingMilliseconds: NEVER,
}
const NOW = Math.floor(Date.now() / 1000) - 1000

let gateway: Gateway
const cleanUp: (() => void)[] = []

beforeAll(() =>
  provideEnv({
    DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET, LOG_LEVEL: 'fatal',
  }),
)
afterEach(async () => {
  for (const step of cleanUp.splice(0)) step()
  await gateway.close()
})
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

async function serve(options: Partial<GatewayOptions> = {}): Promise<void> {
  gateway = await startGateway({
    store: sharedLiveStore(),
    log: createLogger('gateway-test'),
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'https://energy.example',
    ...options,
    intervals: { ...QUIET, ...options.intervals },
  })
  provideEnv({ GATEWAY_HOST: '127.0.0.1', GATEWAY_PORT: String(gateway.port) })
}

async function ask(siteId: string, user: TestUser | null, headers: Record<string, string> = {}): Promise<Response> {
  const aborted = new AbortController()
  cleanUp.push(() => aborted.abort())
  const request = new Request(`http://localhost/api/v1/sites/${siteId}/events`, {
    headers: { ...headers, ...(user && { authorization: `Bearer ${user.token}` }) },
    signal: aborted.signal,
  })
  return getEvents(request, { params: Promise.resolve({ id: siteId }) })
}

async function listen(siteId: string, user: TestUser, lastEventId?: string): Promise<EventStream> {
  const response = await ask(siteId, user, lastEventId === undefined ? {} : { 'last-event-id': lastEventId })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  if (!response.body) throw new Error('the stream has no body')
  return readEventStream(response.body)
}

async function newTicket(user: TestUser): Promise<string> {
  const request = new Request('http://localhost/api/ws-ticket', { method: 'POST', headers: { authorization: `Bearer ${user.token}` } })
  const response = await postTicket(request, { params: Promise.resolve({}) })
  const { ticket, expires_in: expiresIn } = (await response.json()) as { ticket: string; expires_in: number }
  expect(expiresIn).toBeLessThanOrEqual(60)
  return ticket
}

const isType = (type: LiveEvent['type']) => (event: LiveEvent) => event.type === type
const isSecond = (timestamp: number) => (event: LiveEvent) => event.type === 'prediction' && event.payload.timestamp === timestamp
const secondsOf = ({ received }: EventStream) =>
  received.flatMap(({ event }) => (event.type === 'prediction' ? [event.payload.timestamp] : []))

describe('server-sent events', () => {
  it('are a snapshot, then every later second; who comes back gets exactly what it missed, without another snapshot', async () => {
    await serve()
    const [store, member] = [sharedLiveStore(), await makeUser()]
    const site = await makeSite([member])
    await store.publish(makeUpdate(site.buildingId, NOW))
    const first = await listen(site.id, member)
    await first.event(isType('snapshot'))
    for (const second of [1, 2, 3]) await store.publish(makeUpdate(site.buildingId, NOW + second))
    await first.event(isSecond(NOW + 3))
    expect(first.received[0]).toMatchObject({ id: null, event: { type: 'snapshot' } })
    expect(secondsOf(first)).toEqual([NOW + 1, NOW + 2, NOW + 3])
    first.close()
    const lastId = first.received.find(({ event }) => isSecond(NOW + 2)(event))?.id
    for (const second of [4, 5]) await store.publish(makeUpdate(site.buildingId, NOW + second))
    const second = await listen(site.id, member, lastId ?? '')
    await store.publish(makeUpdate(site.buildingId, NOW + 6))
    await second.event(isSecond(NOW + 6))
    expect(second.received.map(({ event }) => event.type)).not.toContain('snapshot')
    expect(secondsOf(second)).toEqual([NOW + 3, NOW + 4, NOW + 5, NOW + 6])
  })

  it('start with a snapshot where what was missed is not remembered: another gateway, a long absence, or nonsense', async () => {
    await serve()
    const [store, member] = [sharedLiveStore(), await makeUser()]
    const site = await makeSite([member])
    const first = await listen(site.id, member)
    await first.event(isType('snapshot'))
    await store.publish(makeUpdate(site.buildingId, NOW))
    await first.event(isSecond(NOW))
    const lastId = first.received.at(-1)?.id ?? ''
    for (let second = 1; second <= 130; second++) await store.publish(makeUpdate(site.buildingId, NOW + second))
    await first.event(isSecond(NOW + 130))
    for (const id of [lastId, 'nonsense', '-1', lastId.replace(/-.*/, '-99999999')]) {
      await (await listen(site.id, member, id)).event(isType('snapshot'))
    }
    const newestId = first.received.at(-1)?.id ?? ''
    await gateway.close()
    await first.ended
    await serve()
    await (await listen(site.id, member, newestId)).event(isType('snapshot'))
  })

  it('carry what the main meter measures beside power', async () => {
    await serve({ intervals: { statusMilliseconds: 50 } })
    const member = await makeUser()
    const site = await makeSite([member])
    await withTransaction((client) => ensurePartitions(client, [NOW]))
    await pool().query(
      `INSERT INTO power_raw (building_key, ts, power_watts, voltage_volts, source) VALUES ($1, to_timestamp($2), 640, 231.5, 'http')`,
      [site.buildingKey, NOW],
    )
    const stream = await listen(site.id, member)
    await stream.event(isType('snapshot'))
    await sharedLiveStore().publish(makeUpdate(site.buildingId, NOW))
    expect(await stream.event(isType('telemetry_update'))).toMatchObject({
      payload: { telemetry: { timestamp: NOW, powerWatts: 640, voltageVolts: 231.5, thdPercent: null } },
    })
  })

  it('of another tenant are 404 as of a site that does not exist, and 401 for nobody', async () => {
    await serve()
    const [member, stranger] = [await makeUser(), await makeUser('operator')]
    const site = await makeSite([member])
    expect((await ask(site.id, stranger)).status).toBe(404)
    expect((await ask('missing', stranger)).status).toBe(404)
    expect((await ask(site.id, null)).status).toBe(401)
    const direct = (query: string) => fetch(`http://127.0.0.1:${gateway.port}/events/site/${site.id}${query}`)
    expect((await direct('')).status).toBe(401)
    expect((await direct('?ticket=nonsense')).status).toBe(401)
    expect((await direct(`?ticket=${await newTicket(stranger)}`)).status).toBe(404)
  })

  it('end when the user is no member any more, and when the gateway stops', async () => {
    await serve({ intervals: { recheckMilliseconds: 50 } })
    const [leaver, member] = [await makeUser(), await makeUser()]
    const site = await makeSite([leaver, member])
    const [left, stayed] = [await listen(site.id, leaver), await listen(site.id, member)]
    await Promise.all([left.event(isType('snapshot')), stayed.event(isType('snapshot'))])
    await prisma().siteMember.delete({ where: { siteId_userId: { siteId: site.id, userId: leaver.id } } })
    await left.ended
    await sharedLiveStore().publish(makeUpdate(site.buildingId, NOW))
    await stayed.event(isSecond(NOW))
    await gateway.close()
    await stayed.ended
    await serve()
  })

  it('lose old seconds where a client does not read, keep little for it, and give it a new snapshot later', async () => {
    await serve({ intervals: { heartbeatMilliseconds: 50 } })
    const [store, slowUser, member] = [sharedLiveStore(), await makeUser(), await makeUser()]
    const site = await makeSite([slowUser, member])
    const fast = await listen(site.id, member)
    const slow = await openSlowStream(site.id, await newTicket(slowUser))
    await fast.event(isType('snapshot'))
    await vi.waitFor(() => expect(slow.count('snapshot')).toBe(1))
    slow.socket.pause()
    // 100 kB each, so that together they exceed what the operating system buffers for a connection.
    const padding = 'x'.repeat(100_000)
    const ticks = 300
    for (let n = 1; n <= ticks; n++) {
      await store.publish(makeUpdate(site.buildingId, NOW + n, padding))
      await fast.event(isSecond(NOW + n))
    }
    slow.socket.resume()
    await vi.waitFor(() => expect(slow.count('snapshot')).toBe(2), { timeout: 30_000 })
    expect(secondsOf(fast)).toHaveLength(ticks)
    expect(slow.count('prediction')).toBeLessThan(ticks)
  })
})

describe('a ticket', () => {
  it('opens one socket of its user\'s site, from a page of any origin, without cookie or header', async () => {
    await serve()
    const [member, stranger] = [await makeUser(), await makeUser()]
    const site = await makeSite([member])
    const urlWith = (ticket: string) => `ws://127.0.0.1:${gateway.port}/ws/site/${site.id}?ticket=${ticket}`
    const ticket = await newTicket(member)
    const opened = await openLiveSocket(urlWith(ticket), { origin: 'https://elsewhere.example' })
    cleanUp.push(() => opened.socket.terminate())
    await opened.event(isType('snapshot'))
    expect(await refusalStatus(urlWith(ticket), {})).toBe(401)
    expect(await refusalStatus(urlWith(await newTicket(stranger)), {})).toBe(404)
  })

  it('is used up by one of those who try it at once, and worth nothing once it is old', async () => {
    await serve()
    const member = await makeUser()
    const site = await makeSite([member])
    const urlWith = (ticket: string) => `ws://127.0.0.1:${gateway.port}/ws/site/${site.id}?ticket=${ticket}`
    const ticket = await newTicket(member)
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => openLiveSocket(urlWith(ticket), {})))
    for (const result of tries) if (result.status === 'fulfilled') cleanUp.push(() => result.value.socket.terminate())
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const old = await newTicket(member)
    await pool().query(`UPDATE ws_ticket SET expires_at = now() - interval '1 second' WHERE user_id = $1`, [member.id])
    expect(await refusalStatus(urlWith(old), {})).toBe(401)
  })
})

/** A stream over a bare connection that can be left unread. */
async function openSlowStream(siteId: string, ticket: string): Promise<{ socket: Socket; count(type: string): number }> {
  const socket = connectTcp(gateway.port, '127.0.0.1')
  cleanUp.push(() => socket.destroy())
  let text = ''
  socket.on('data', (data: Buffer) => (text += data.toString('latin1')))
  socket.on('error', () => {})
  socket.write(`GET /events/site/${siteId}?ticket=${ticket} HTTP/1.1\r\nHost: gateway\r\n\r\n`)
  return { socket, count: (type) => text.split(`data: {"type":"${type}"`).length - 1 }
}
