import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { placeIdSchema } from '@/lib/contracts/sites'

/** The site of `/ws/site/{site_id}`, with or without a trailing slash; null for any other path. */
export function siteIdOf(url: string | undefined): string | null {
  return decodedSiteId(/^\/ws\/site\/([^/?#]+)\/?(?:[?#]|$)/.exec(url ?? '')?.[1])
}

/** The site of `/events/site/{site_id}`; null for any other path. */
export function eventsSiteIdOf(url: string | undefined): string | null {
  return decodedSiteId(/^\/events\/site\/([^/?#]+)\/?(?:[?#]|$)/.exec(url ?? '')?.[1])
}

/** The ticket in the query; null where there is none. */
export function ticketOf(url: string | undefined): string | null {
  const query = /\?([^#]*)/.exec(url ?? '')?.[1]
  return query === undefined ? null : new URLSearchParams(query).get('ticket')
}

function decodedSiteId(path: string | undefined): string | null {
  if (!path) return null
  try {
    return placeIdSchema.safeParse(decodeURIComponent(path)).data ?? null
  } catch {
    return null
  }
}

interface OriginFacts {
  host: string | undefined
  /** Behind the web server's rewrite Host names this gateway, and this the host the browser asked for. */
  forwardedHost: string | string[] | undefined
  /** NEXTAUTH_URL. */
  publicUrl: string | undefined
}

/**
 * Whether a page of this origin may open a socket. Browsers send their cookies along with a WebSocket whatever page opens it,
 * but they let no page forge Origin, Host or X-Forwarded-Host. Clients that are not browsers send no origin.
 */
export function isOriginAllowed(origin: string | undefined, facts: OriginFacts): boolean {
  if (origin === undefined) return true
  const from = parseUrl(origin)
  if (!from) return false
  const publicOrigin = parseUrl(facts.publicUrl ?? '')
  if (publicOrigin?.origin === from.origin) return true
  const hosts = [facts.host, ...[facts.forwardedHost].flat().flatMap((value) => value?.split(',') ?? [])]
  // Parsed with the page's own scheme, so that a default port written out is the same host.
  return hosts.some((host) => host !== undefined && parseUrl(`${from.protocol}//${host.trim()}`)?.host === from.host)
}

/** Answers an upgrade with an error instead of a socket. */
export function refuseUpgrade(socket: Duplex, status: number, detail: string): void {
  const title = STATUS_CODES[status] ?? 'Error'
  const body = JSON.stringify({ type: 'about:blank', title, status, detail })
  socket.end(
    [
      `HTTP/1.1 ${status} ${title}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      ...(status === 401 ? ['WWW-Authenticate: Bearer'] : []),
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}
