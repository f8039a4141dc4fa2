import { env } from '@/lib/env'

const CONNECT_MILLISECONDS = 10_000

export interface SiteEvents {
  status: number
  /** The stream; null where the gateway refused. Read slowly it loses ticks, cancelled it ends the connection. */
  body: ReadableStream<Uint8Array> | null
  /** Why there is none, for a person. */
  detail: string
}

/** Opens a site's event stream at the live gateway. Never rejects. */
export async function openSiteEvents(options: {
  siteId: string
  /** Of the user it is for; used up by this. */
  ticket: string
  lastEventId?: string
  /** Ends the connection. */
  signal: AbortSignal
}): Promise<SiteEvents> {
  const { GATEWAY_HOST, GATEWAY_PORT } = env()
  const host = GATEWAY_HOST === '0.0.0.0' ? '127.0.0.1' : GATEWAY_HOST
  const url = `http://${host}:${GATEWAY_PORT}/events/site/${encodeURIComponent(options.siteId)}?ticket=${options.ticket}`
  // Only until it answers: the stream itself has no end.
  const connecting = new AbortController()
  const timer = setTimeout(() => connecting.abort(), CONNECT_MILLISECONDS)
  try {
    const response = await fetch(url, {
      headers: options.lastEventId ? { 'last-event-id': options.lastEventId } : {},
      signal: AbortSignal.any([options.signal, connecting.signal]),
    })
    if (response.ok) return { status: response.status, body: response.body, detail: '' }
    const problem: unknown = await response.json().catch(() => null)
    return { status: response.status, body: null, detail: detailOf(problem) }
  } catch {
    return { status: 503, body: null, detail: 'The live gateway does not answer. Try again in a few seconds.' }
  } finally {
    clearTimeout(timer)
  }
}

function detailOf(problem: unknown): string {
  const detail = typeof problem === 'object' && problem !== null && 'detail' in problem ? problem.detail : null
  return typeof detail === 'string' ? detail : 'The live gateway refused. Try again in a few seconds.'
}
