import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { type AuthenticatedSession, verifySocketRequest } from '@/lib/auth/current-user'
import { can } from '@/lib/auth/permissions'
import { redeemWsTicket } from '@/lib/auth/ws-ticket'
import { findSiteOf, type SiteRow } from '@/lib/data/sites'
import type { Logger } from '@/lib/infra/logger'
import type { LiveStore } from '@/lib/live/live-store'
import { Hub, type HubIntervals } from './hub'
import { type ClientLimits, CLOSE_CODES } from './live-client'
import { SocketClient } from './socket-client'
import { StreamClient } from './stream-client'
import { eventsSiteIdOf, isOriginAllowed, refuseUpgrade, siteIdOf, ticketOf } from './upgrade-request'

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
  /** Closes every connection, sockets with 1012, so that clients come back to whoever serves next. */
  close(): Promise<void>
}

const INTERVALS: HubIntervals = {
  heartbeatMilliseconds: 10_000,
  todayMilliseconds: 10_000,
  alertMilliseconds: 2_000,
  statusMilliseconds: 5_000,
  recheckMilliseconds: 60_000,
  pingMilliseconds: 30_000,
  lingerMilliseconds: 120_000,
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

interface Admitted {
  session: AuthenticatedSession
  site: SiteRow
}

interface Refused {
  status: number
  detail: string
}

/**
 * Serves `WS /ws/site/{site_id}`, the same as server-sent events at `GET /events/site/{site_id}` and `GET /health`. Resolves once it listens and receives predictions. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const limits = { ...LIMITS, ...options.limits }
  const hub = new Hub(options.store, { ...INTERVALS, ...options.intervals }, options.log)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.maxMessageBytes, perMessageDeflate: false })
  let closing = false

  /** Who may listen to which site: by cookie, Authorization header or ticket. */
  async function admit(request: IncomingMessage, siteId: string, ticket: string | null): Promise<Admitted | Refused> {
    const session = await (ticket === null ? verifySocketRequest(request) : redeemWsTicket(ticket))
    if (!session || !can(session.user, 'site:read')) {
      const detail = ticket === null
        ? 'Log in, or send a valid token as "Authorization: Bearer <token>".'
        : 'This ticket is unknown, used or too old. Get a new one from POST /api/ws-ticket.'
      return { status: 401, detail }
    }
    const site = await findSiteOf(session.user, siteId)
    if (!site) return { status: 404, detail: `There is no site ${siteId} that you can see.` }
    if (hub.socketsOf(session.user.id) >= limits.maxSocketsPerUser) {
      return { status: 429, detail: `At most ${limits.maxSocketsPerUser} sockets per user. Close another page first.` }
    }
    if (closing || hub.clients.length >= limits.maxSockets) return { status: 503, detail: 'Try again in a few seconds.' }
    return { session, site }
  }

  async function openSocket(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const siteId = siteIdOf(request.url)
    if (!siteId) return refuseUpgrade(socket, 404, 'Sockets are at /ws/site/{site_id}.')
    const { origin, host } = request.headers
    const forwardedHost = request.headers['x-forwarded-host']
    const ticket = ticketOf(request.url)
    // A ticket is no cookie that a browser sends along whatever page asks: who has one was given it.
    if (ticket === null && !isOriginAllowed(origin, { host, forwardedHost, publicUrl: options.publicUrl })) {
      return refuseUpgrade(socket, 403, `Pages of ${origin} may not open a socket here. Set NEXTAUTH_URL to the public address.`)
    }
    const admitted = await admit(request, siteId, ticket)
    if ('status' in admitted) return refuseUpgrade(socket, admitted.status, admitted.detail)
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      hub.join(new SocketClient(accepted, admitted.session, siteId, limits), admitted.site)
    })
  }

  async function openStream(request: IncomingMessage, response: ServerResponse, siteId: string): Promise<void> {
    const admitted = await admit(request, siteId, ticketOf(request.url))
    if ('status' in admitted) return answerJson(response, admitted.status, { detail: admitted.detail })
    if (response.destroyed) return
    const lastEventId = request.headers['last-event-id']
    hub.join(
      new StreamClient(response, admitted.session, siteId, limits),
      admitted.site,
      typeof lastEventId === 'string' ? lastEventId : undefined,
    )
  }

  function respond(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url?.split('?')[0]?.replace(/(.)\/$/, '$1')
    const json = (status: number, body: object) => answerJson(response, status, body)
    if (path === '/health') {
      const counts = { processId: process.pid, sockets: sockets.clients.size, streams: hub.clients.length - sockets.clients.size, sites: hub.roomCount, uptimeSeconds: Math.round(process.uptime()) }
      return json(closing ? 503 : 200, { status: closing ? 'down' : 'ok', ...counts })
    }
    if (siteIdOf(request.url)) return json(426, { detail: 'This is a WebSocket. Send an upgrade request.' })
    const siteId = eventsSiteIdOf(request.url)
    if (siteId && request.method === 'GET') {
      openStream(request, response, siteId).catch((err: unknown) => {
        options.log.error({ err }, 'a stream could not be opened')
        if (!response.headersSent) json(503, { detail: 'The database does not answer. Try again in a few seconds.' })
      })
      return
    }
    json(404, { detail: 'Here are only /ws/site/{site_id}, /events/site/{site_id} and /health.' })
  }

  const server = createServer(respond)
  server.on('upgrade', (request, socket, head) => {
    // The peer may be gone before we have decided, or before it has read our answer; that must not end the process.
    socket.on('error', () => socket.destroy())
    openSocket(request, socket, head).catch((err: unknown) => {
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
      const open = hub.clients
      const gone = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const client of open) client.close(CLOSE_CODES.serviceRestart, 'restarting')
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

function answerJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}
