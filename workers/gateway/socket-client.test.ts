import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { SocketClient } from './socket-client'

const LIMITS = { maxBufferedBytes: 200_000, drainedBytes: 10_000, maxInboundPerMinute: 60 }
const SESSION = {
  user: { id: 'user', username: 'user', role: 'viewer', siteScope: 'member' },
  token: { kind: 'session', id: 'session', userId: 'user', expiresAtSeconds: Infinity },
} as const

const cleanUp: (() => void)[] = []
afterEach(() => cleanUp.splice(0).forEach((step) => step()))

/** A client over a real connection, and the peer's end of it. */
async function connect(): Promise<{ client: SocketClient; peer: WebSocket; received: () => number }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
  await once(server, 'listening')
  const peer = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  let received = 0
  peer.on('message', () => (received += 1))
  const [accepted] = (await once(server, 'connection')) as [WebSocket]
  if (peer.readyState !== WebSocket.OPEN) await once(peer, 'open')
  cleanUp.push(() => (peer.terminate(), accepted.terminate(), server.close()))
  return { client: new SocketClient(accepted, SESSION, 'site', LIMITS), peer, received: () => received }
}

it('keeps no more for a peer that does not read than the limit and its snapshot, and starts again when it reads', async () => {
  const { client, peer } = await connect()
  const snapshot = Buffer.alloc(300_000, 'x')
  const delta = Buffer.alloc(50_000, 'x')
  client.sendSnapshot(snapshot)
  peer.pause()
  let most = 0
  for (let n = 0; n < 2_000; n++) {
    client.offer(delta)
    most = Math.max(most, client.socket.bufferedAmount)
    // Lets the operating system take what it can.
    if (n % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  const frameHeaders = 10 * 1000
  expect(client.skipped).toBeGreaterThan(0)
  expect(most).toBeLessThanOrEqual(LIMITS.maxBufferedBytes + snapshot.byteLength + frameHeaders)
  expect(client.hasCaughtUp).toBe(false)
  peer.resume()
  await vi.waitFor(() => expect(client.hasCaughtUp).toBe(true), { timeout: 10_000 })
})

it('sends nothing before the snapshot, so that deltas never arrive without what they build on', async () => {
  const { client, received } = await connect()
  client.offer(Buffer.from('early'))
  client.sendSnapshot(Buffer.from('snapshot'))
  client.offer(Buffer.from('late'))
  await vi.waitFor(() => expect(received()).toBe(2))
})

it('does not lose a message for a large snapshot that is still under way', async () => {
  const { client, received } = await connect()
  client.sendSnapshot(Buffer.alloc(5_000_000, 'x'))
  for (let n = 0; n < 3; n++) client.offer(Buffer.alloc(50_000, 'x'))
  expect(client.skipped).toBe(0)
  await vi.waitFor(() => expect(received()).toBe(4), { timeout: 10_000 })
})
