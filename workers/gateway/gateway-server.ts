import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { verifySocketRequest } from '@/lib/auth/current-user'
import { can } from '@/lib/auth/permissions'
import { findSiteOf } from '@/lib/data/sites'
import type { Logger } from '@/lib/infra/logger'
import type { LiveStore } from '@/lib/live/live-store'
import { Hub, type HubIntervals } from './hub'
import { type ClientLimits, CLOSE_CODES, SocketClient } from './socket-client'
import { isOriginAllowed, refuseUpgrade, siteIdOf } from './upgrade-request'

export interface GatewayOptions {
  store: LiveStore
  log: Logger
  host: string
  /** 0 takes any free port. */
  port: number
  /** Where browsers reach the application (NEXTAUTH_URL), when that is known. */
  publicUrl: string | undefined
  intervals?: Partial<HubIntervals>
  limits?: Partial<GatewayLimits>
}

interface GatewayLimits extends ClientLimits {
  maxSocketsPerUser: number
  maxSockets: number
  maxMessageBytes: number
  /** How long sockets have to say goodbye before they are cut. */
  closeMilliseconds: number
}

export interface Gateway {
  port: number
  /** Closes every socket with 1012, so that clients come back to whoever serves next. */
  close(): Promise<void>
}

const INTERVALS: HubIntervals = {
  heartbeatMilliseconds: 10_000,
  todayMilliseconds: 10_000,
  statusMilliseconds: 5_000,
  recheckMilliseconds: 60_000,
  pingMilliseconds: 30_000,
}

const LIMITS: GatewayLimits = {
  maxBufferedBytes: 256 * 1024,
  drainedBytes: 16 * 1024,
  maxInboundPerMinute: 60,
  maxSocketsPerUser: 20,
  maxSockets: 5_000,
  maxMessageBytes: 4_096,
  closeMilliseconds: 2_000,
}

/** Serves `WS /ws/site/{site_id}` and `GET /health`. Resolves once it listens and receives predictions. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const limits = { ...LIMITS, ...options.limits }
  const hub = new Hub(options.store, { ...INTERVALS, ...options.intervals }, options.log)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.maxMessageBytes, perMessageDeflate: false })
  let closing = false

  async function admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const siteId = siteIdOf(request.url)
    if (!siteId) return refuseUpgrade(socket, 404, 'Sockets are at /ws/site/{site_id}.')
    const { origin, host } = request.headers
    const forwardedHost = request.headers['x-forwarded-host']
    if (!isOriginAllowed(origin, { host, forwardedHost, publicUrl: options.publicUrl })) {
      return refuseUpgrade(socket, 403, `Pages of ${origin} may not open a socket here. Set NEXTAUTH_URL to the public address.`)
    }
    const session = await verifySocketRequest(request)
    if (!session || !can(session.user, 'site:read')) {
      return refuseUpgrade(socket, 401, 'Log in, or send a valid token as "Authorization: Bearer <token>".')
    }
    const site = await findSiteOf(session.user, siteId)
    if (!site) return refuseUpgrade(socket, 404, `There is no site ${siteId} that you can see.`)
    if (hub.socketsOf(session.user.id) >= limits.maxSocketsPerUser) {
      return refuseUpgrade(socket, 429, `At most ${limits.maxSocketsPerUser} sockets per user. Close another page first.`)
    }
    if (closing || sockets.clients.size >= limits.maxSockets) return refuseUpgrade(socket, 503, 'Try again in a few seconds.')
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      hub.join(new SocketClient(accepted, session, siteId, limits), site)
    })
  }

  function respond(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url?.split('?')[0]?.replace(/(.)\/$/, '$1')
    const json = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      response.end(JSON.stringify(body))
    }
    if (path === '/health') {
      const counts = { sockets: sockets.clients.size, sites: hub.roomCount, uptimeSeconds: Math.round(process.uptime()) }
      return json(closing ? 503 : 200, { status: closing ? 'down' : 'ok', ...counts })
    }
    if (siteIdOf(request.url)) return json(426, { detail: 'This is a WebSocket. Send an upgrade request.' })
    json(404, { detail: 'Here are only /ws/site/{site_id} and /health.' })
  }

  const server = createServer(respond)
  server.on('upgrade', (request, socket, head) => {
    // The peer may be gone before we have decided, or before it has read our answer; that must not end the process.
    socket.on('error', () => socket.destroy())
    admit(request, socket, head).catch((err: unknown) => {
      options.log.error({ err }, 'a socket could not be opened')
      refuseUpgrade(socket, 503, 'The database does not answer. Try again in a few seconds.')
    })
  })

  await hub.start()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => resolve())
  })

  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      closing = true
      await hub.stop()
      const gone = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const client of sockets.clients) client.close(CLOSE_CODES.serviceRestart, 'restarting')
      const cut = setTimeout(() => {
        for (const client of sockets.clients) client.terminate()
        server.closeAllConnections()
      }, limits.closeMilliseconds)
      server.closeIdleConnections()
      await gone
      clearTimeout(cut)
    },
  }
}
