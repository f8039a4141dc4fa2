import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import type { WebSocket } from 'ws'
import type { LiveEvent } from '@/lib/contracts/live-events'
import { prisma } from '@/lib/data/prisma'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { closeSharedLiveStore, sharedLiveStore } from '@/lib/services/shared-live-store'
import { type LiveSocket, openLiveSocket, refusalStatus } from '@/scripts/testing/live-socket'
import { issueSessionToken, makeSite, makeUpdate, makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'
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

let gateway: Gateway
const open: WebSocket[] = []

beforeAll(() => {
  provideEnv({
    DATABASE_URL: inject('databaseUrl'),
    REDIS_URL: inject('redisUrl'),
    NEXTAUTH_SECRET: TEST_SECRET,
    LOG_LEVEL: 'fatal',
  })
})
afterEach(async () => {
  for (const socket of open.splice(0)) socket.terminate()
  await gateway.close()
})
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

async function serve(options: Partial<GatewayOptions> = {}): Promise<void> {
  const store = sharedLiveStore()
  gateway = await startGateway({
    store,
    log: createLogger('gateway-test'),
    host: '127.0.0.1',
    port: 0,
    publicUrl: undefined,
    ...options,
    intervals: { ...QUIET, ...options.intervals },
  })
}

const cookieOf = (token: string) => ({ cookie: `next-auth.session-token=${token}` })

async function connect(siteId: string, token: string, headers: Record<string, string> = cookieOf(token)): Promise<LiveSocket> {
  const client = await openLiveSocket(`ws://127.0.0.1:${gateway.port}/ws/site/${siteId}`, headers)
  open.push(client.socket)
  return client
}

const refusal = (path: string, headers: Record<string, string>) => refusalStatus(`ws://127.0.0.1:${gateway.port}${path}`, headers)

const isType = (type: LiveEvent['type']) => (event: LiveEvent) => event.type === type

const timestampsOf = (events: readonly LiveEvent[]) =>
  events.flatMap((event) => (event.type === 'prediction' ? [event.payload.timestamp] : []))

describe('who may open a socket', () => {
  it('is a member of the site; for another tenant it is 404 as for a site that does not exist, for nobody 401', async () => {
    await serve()
    const [member, stranger] = [await makeUser(), await makeUser('operator')]
    const site = await makeSite([member])
    const path = `/ws/site/${site.id}`
    expect(await refusal(path, cookieOf(stranger.token))).toBe(404)
    expect(await refusal('/ws/site/missing', cookieOf(stranger.token))).toBe(404)
    expect(await refusal(path, {})).toBe(401)
    expect(await refusal(path, cookieOf('nonsense'))).toBe(401)
    expect(await refusal(path, cookieOf(await issueSessionToken(member, -1)))).toBe(401)
    await (await connect(site.id, member.token)).event(isType('snapshot'))
  })

  it('is known by cookie or bearer token, with or without a trailing slash; an administrator sees every site', async () => {
    await serve()
    const [member, admin] = [await makeUser(), await makeUser('admin')]
    const site = await makeSite([member])
    await (await connect(`${site.id}/`, '', { authorization: `Bearer ${member.token}` })).event(isType('snapshot'))
    await (await connect(site.id, admin.token)).event(isType('snapshot'))
  })

  it('is not a page of somebody else, whose visitors bring their cookies along', async () => {
    await serve({ publicUrl: 'https://energy.example' })
    const member = await makeUser()
    const site = await makeSite([member])
    const cookie = cookieOf(member.token)
    expect(await refusal(`/ws/site/${site.id}`, { ...cookie, origin: 'https://evil.example' })).toBe(403)
    await connect(site.id, '', { ...cookie, origin: 'https://energy.example' })
    await connect(site.id, '', { ...cookie, origin: 'http://localhost:3000', 'x-forwarded-host': 'localhost:3000' })
  })

  it('is one user a limited number of times, and again once a socket closed', async () => {
    await serve({ limits: { maxSocketsPerUser: 2 } })
    const member = await makeUser()
    const site = await makeSite([member])
    const first = await connect(site.id, member.token)
    await connect(site.id, member.token)
    expect(await refusal(`/ws/site/${site.id}`, cookieOf(member.token))).toBe(429)
    first.socket.close()
    await first.closed
    await vi.waitFor(() => connect(site.id, member.token), { timeout: 10_000 })
  })
})

describe('what a socket delivers', () => {
  it('is a snapshot, then every later second once and in order, of this site only', async () => {
    await serve()
    const store = sharedLiveStore()
    const member = await makeUser()
    const [site, other] = [await makeSite([member]), await makeSite([])]
    const start = Math.floor(Date.now() / 1000) - 1000
    await store.publish(makeUpdate(site.buildingId, start))
    let published = start
    let stop = false
    const publishing = (async () => {
      while (!stop) {
        published += 1
        await store.publishMany([makeUpdate(site.buildingId, published), makeUpdate(other.buildingId, published)])
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    })()
    const clients = await Promise.all(Array.from({ length: 8 }, () => connect(site.id, member.token)))
    for (const client of clients) await vi.waitFor(() => expect(client.events.length).toBeGreaterThan(20), { timeout: 20_000 })
    stop = true
    await publishing
    for (const { events, event } of clients) {
      await event((item) => item.type === 'prediction' && item.payload.timestamp === published)
      const [snapshot, ...deltas] = events
      if (snapshot?.type !== 'snapshot') throw new Error('the first event is not the snapshot')
      const building = snapshot.payload.buildings[0]
      const lastOfWindow = building?.window.at(-1)?.[0] ?? NaN
      expect(building?.latest?.timestamp).toBe(lastOfWindow)
      expect(timestampsOf(deltas)).toEqual(Array.from({ length: published - lastOfWindow }, (_, n) => lastOfWindow + 1 + n))
      expect(deltas.every((item) => item.type === 'prediction' && item.payload.building_id === site.buildingId)).toBe(true)
    }
  })

  it('is nothing from the future of a clock that was set back since', async () => {
    await serve()
    const [store, member] = [sharedLiveStore(), await makeUser()]
    const site = await makeSite([member])
    const now = Math.floor(Date.now() / 1000) - 1000
    const early = await connect(site.id, member.token)
    await early.event(isType('snapshot'))
    for (const second of [now, now + 7 * 3600, now + 1]) await store.publish(makeUpdate(site.buildingId, second))
    await early.event((item) => item.type === 'prediction' && item.payload.timestamp === now + 1)
    // One snapshot is shared by those who come within half a second; this one is to see it after the clock was set back.
    await new Promise((resolve) => setTimeout(resolve, 600))
    const late = await connect(site.id, member.token)
    await late.event(isType('snapshot'))
    await store.publish(makeUpdate(site.buildingId, now + 2))
    await late.event((item) => item.type === 'prediction' && item.payload.timestamp === now + 2)
    expect(timestampsOf(late.events)).toEqual([now + 2])
  })

  it('includes the day so far, a status when it changed, and heartbeats', async () => {
    await serve({ intervals: { heartbeatMilliseconds: 50, todayMilliseconds: 50, statusMilliseconds: 50 } })
    const store = sharedLiveStore()
    const member = await makeUser()
    const site = await makeSite([member])
    const client = await connect(site.id, member.token)
    await client.event(isType('heartbeat'))
    expect(await client.event(isType('today'))).toMatchObject({ payload: { buildingId: site.buildingId } })
    const timestamp = Math.floor(Date.now() / 1000)
    await store.publish(makeUpdate(site.buildingId, timestamp))
    await client.event((event) => event.type === 'telemetry_update' && event.payload.status.last_sample_time === timestamp)
    const heartbeats = () => client.events.filter(isType('heartbeat')).length
    const before = heartbeats()
    await vi.waitFor(() => expect(heartbeats()).toBeGreaterThan(before + 5), { timeout: 20_000 })
    expect(client.events.filter(isType('telemetry_update'))).toHaveLength(1)
  })

  it('starts again with a snapshot when the site gets another building', async () => {
    await serve({ intervals: { todayMilliseconds: 50 } })
    const store = sharedLiveStore()
    const member = await makeUser()
    const site = await makeSite([member])
    const client = await connect(site.id, member.token)
    await client.event(isType('snapshot'))
    const added = `${site.buildingId}_annex`
    await prisma().building.create({ data: { id: added, siteId: site.id, name: 'Annex' } })
    await client.event((event) => event.type === 'snapshot' && event.payload.buildings.length === 2)
    await vi.waitFor(async () => {
      await store.publish(makeUpdate(added, Math.floor(Date.now() / 1000)))
      expect(client.events.some((event) => event.type === 'prediction' && event.payload.building_id === added)).toBe(true)
    })
  })

  it('skips seconds for a client that does not read, keeps little for it, and gives it a new snapshot later', async () => {
    await serve({ intervals: { heartbeatMilliseconds: 50 } })
    const store = sharedLiveStore()
    const [slowUser, member] = [await makeUser(), await makeUser()]
    const site = await makeSite([slowUser, member])
    const [slow, fast] = [await connect(site.id, slowUser.token), await connect(site.id, member.token)]
    await Promise.all([slow.event(isType('snapshot')), fast.event(isType('snapshot'))])
    slow.socket.pause()
    const start = Math.floor(Date.now() / 1000)
    const ticks = 400
    // 100 kB each, so that together they exceed what the operating system buffers for a connection.
    const padding = 'x'.repeat(100_000)
    for (let n = 1; n <= ticks; n++) {
      await store.publish(makeUpdate(site.buildingId, start + n, padding))
      await fast.event((event) => event.type === 'prediction' && event.payload.timestamp === start + n)
    }
    slow.socket.resume()
    const again = await vi.waitFor(
      () => {
        const snapshots = slow.events.filter(isType('snapshot'))
        expect(snapshots).toHaveLength(2)
        return slow.events.indexOf(snapshots[1] as LiveEvent)
      },
      { timeout: 30_000, interval: 50 },
    )
    expect(timestampsOf(fast.events)).toHaveLength(ticks)
    expect(timestampsOf(slow.events.slice(0, again)).length).toBeLessThan(ticks)
    expect(slow.events[again]).toMatchObject({ payload: { buildings: [{ latest: { timestamp: start + ticks } }] } })
  })
})

describe('how a socket ends', () => {
  const recheck = { intervals: { recheckMilliseconds: 50 } }

  const opened = async (user: TestUser, token = user.token) => {
    const site = await makeSite([user])
    const client = await connect(site.id, token)
    await client.event(isType('snapshot'))
    return { site, client }
  }

  it('with 4401 when the user was removed', async () => {
    await serve(recheck)
    const user = await makeUser()
    const { client } = await opened(user)
    // Also while the user is still remembered, and only the memberships are seen to be gone.
    await prisma().user.delete({ where: { id: user.id } })
    expect(await client.closed).toBe(4401)
  })

  it('with 4401 when the session expires', async () => {
    await serve(recheck)
    const user = await makeUser()
    const { client } = await opened(user, await issueSessionToken(user, 2))
    expect(await client.closed).toBe(4401)
  })

  it('with 4404 when the user is no member any more', async () => {
    await serve(recheck)
    const user = await makeUser()
    const { site, client } = await opened(user)
    await prisma().siteMember.delete({ where: { siteId_userId: { siteId: site.id, userId: user.id } } })
    expect(await client.closed).toBe(4404)
  })

  it('when the peer no longer answers', async () => {
    await serve({ intervals: { pingMilliseconds: 100 } })
    const { client } = await opened(await makeUser())
    client.socket.pause()
    const sockets = async () => {
      const answer: unknown = await (await fetch(`http://127.0.0.1:${gateway.port}/health`)).json()
      return (answer as { sockets: number }).sockets
    }
    await vi.waitFor(async () => expect(await sockets()).toBe(0), { timeout: 20_000 })
  })

  it('when the client talks too much or too long', async () => {
    await serve({ limits: { maxInboundPerMinute: 5, maxMessageBytes: 1000 } })
    const [chatty, verbose] = [await opened(await makeUser()), await opened(await makeUser())]
    for (let n = 0; n < 10; n++) chatty.client.socket.send('hello')
    expect(await chatty.client.closed).toBe(1008)
    verbose.client.socket.send('x'.repeat(1001))
    expect(await verbose.client.closed).toBe(1009)
  })

  it('with 1012 when the gateway stops, so that the client comes back', async () => {
    await serve()
    const { client } = await opened(await makeUser())
    await gateway.close()
    expect(await client.closed).toBe(1012)
    await serve()
  })
})
