import type { LiveEvent } from '@/lib/contracts/live-events'
import type { Connection } from './freshness'
import { readLiveEvent } from './live-state'

const FIRST_RETRY_MILLISECONDS = 500
const LONGEST_RETRY_MILLISECONDS = 20_000
/** The gateway sends a heartbeat well within this; a connection silent for longer is dead even if nobody closed it. */
const SILENCE_MILLISECONDS = 20_000
/** The gateway's close codes for what trying again cannot mend. */
const SESSION_OVER = 4401
const SITE_GONE = 4404
/** A break shorter than this is mended before anyone needs to know. */
const GRACE_MILLISECONDS = 1_500

/** Doubles up to a limit, then spreads over half of it, so that a restarted server is not met by everyone at once. */
export function retryDelayMilliseconds(attempt: number, random: number): number {
  const full = Math.min(LONGEST_RETRY_MILLISECONDS, FIRST_RETRY_MILLISECONDS * 2 ** attempt)
  return full * (0.5 + random / 2)
}

export interface LiveConnectionOptions {
  siteId: string
  onEvent: (event: LiveEvent) => void
  onConnection: (connection: Connection) => void
}

export interface LiveConnection {
  /** Drops the connection and opens a new one at once; its first message is a new snapshot. */
  renew: () => void
  close: () => void
}

/** Whether the server says that nobody is logged in; an unreachable server says nothing. */
async function isLoggedOut(): Promise<boolean> {
  try {
    const response = await fetch('/api/auth/session', { cache: 'no-store' })
    if (!response.ok) return false
    const session: unknown = await response.json()
    return !(typeof session === 'object' && session !== null && 'user' in session)
  } catch {
    return false
  }
}

/**
 * Keeps one WebSocket to a site open until closed: tries again by itself, notices silence, and tells a lost session from a lost
 * network.
 */
export function openLiveConnection({ siteId, onEvent, onConnection }: LiveConnectionOptions): LiveConnection {
  const protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
  const url = `${protocol}//${location.host}/ws/site/${encodeURIComponent(siteId)}`
  let socket: WebSocket | null = null
  let attempt = 0
  let isClosed = false
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let silenceTimer: ReturnType<typeof setTimeout> | undefined
  let graceTimer: ReturnType<typeof setTimeout> | undefined

  const drop = () => {
    clearTimeout(retryTimer)
    clearTimeout(silenceTimer)
    const old = socket
    socket = null
    if (old) {
      old.onclose = null
      old.onmessage = null
      old.close()
    }
  }
  const expectMessage = (lost: () => void) => {
    clearTimeout(silenceTimer)
    silenceTimer = setTimeout(lost, SILENCE_MILLISECONDS)
  }

  const expired = () => {
    drop()
    clearTimeout(graceTimer)
    onConnection('expired')
  }
  const closed = (event: CloseEvent) => {
    if (event.code === SESSION_OVER) expired()
    // The server has the right page for a site that is no more.
    else if (event.code === SITE_GONE) location.reload()
    else lost()
  }

  const lost = () => {
    if (isClosed) return
    drop()
    graceTimer ??= setTimeout(() => onConnection('offline'), GRACE_MILLISECONDS)
    const delay = retryDelayMilliseconds(attempt, Math.random())
    attempt += 1
    retryTimer = setTimeout(connect, delay)
    void isLoggedOut().then((loggedOut) => {
      if (loggedOut && !isClosed && socket?.readyState !== WebSocket.OPEN) expired()
    })
  }

  const connect = () => {
    if (isClosed) return
    drop()
    socket = new WebSocket(url)
    expectMessage(lost)
    socket.onclose = closed
    socket.onmessage = (message) => {
      expectMessage(lost)
      const event = typeof message.data === 'string' ? readLiveEvent(message.data) : null
      if (!event) return
      if (event.type === 'snapshot') {
        attempt = 0
        clearTimeout(graceTimer)
        graceTimer = undefined
        onConnection('live')
      }
      onEvent(event)
    }
  }

  const onOffline = () => {
    lost()
    clearTimeout(graceTimer)
    onConnection('offline')
  }
  const reconnectIfDown = () => {
    if (socket?.readyState === WebSocket.OPEN) return
    attempt = 0
    connect()
  }
  const onVisible = () => {
    if (document.visibilityState === 'visible') reconnectIfDown()
  }

  window.addEventListener('offline', onOffline)
  window.addEventListener('online', reconnectIfDown)
  document.addEventListener('visibilitychange', onVisible)
  connect()

  return {
    renew: connect,
    close() {
      isClosed = true
      drop()
      clearTimeout(graceTimer)
      window.removeEventListener('offline', onOffline)
      window.removeEventListener('online', reconnectIfDown)
      document.removeEventListener('visibilitychange', onVisible)
    },
  }
}
