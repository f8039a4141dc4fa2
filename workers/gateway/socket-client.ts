import type { WebSocket } from 'ws'
import type { AuthenticatedSession } from '@/lib/auth/current-user'

export interface ClientLimits {
  /** What may wait for a client beside its snapshot before it loses messages. */
  maxBufferedBytes: number
  /** A client that lost messages gets a new snapshot once less than this waits for it. */
  drainedBytes: number
  /** Clients have nothing to say; more messages than this a minute and the socket is closed. */
  maxInboundPerMinute: number
}

/** Closed by us for these reasons; 4000-4999 are the application's own. */
export const CLOSE_CODES = {
  serviceRestart: 1012,
  tryAgainLater: 1013,
  tooTalkative: 1008,
  /** Session over or user removed: log in again. */
  unauthorized: 4401,
  /** No such site, or not yours any more. */
  notFound: 4404,
} as const

/**
 * One socket. It waits for a snapshot, then takes deltas; one that reads too slowly falls behind, loses messages, and starts
 * again from a new snapshot once it has caught up. So never more waits for it than one snapshot and the limit.
 */
export class SocketClient {
  #state: 'waiting' | 'live' | 'behind' = 'waiting'
  #snapshotBytes = 0
  #answered = true
  #inbound = 0
  #skipped = 0

  constructor(
    readonly socket: WebSocket,
    readonly session: AuthenticatedSession,
    readonly siteId: string,
    private readonly limits: ClientLimits,
  ) {
    socket.on('pong', () => (this.#answered = true))
    socket.on('message', () => {
      if (++this.#inbound > limits.maxInboundPerMinute) this.close(CLOSE_CODES.tooTalkative, 'too many messages')
    })
    // What follows an error is 'close', which is where the client is forgotten.
    socket.on('error', () => {})
  }

  /** Messages this client lost because it read too slowly. */
  get skipped(): number {
    return this.#skipped
  }

  get isLive(): boolean {
    return this.#state === 'live'
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN
  }

  /** Whether it lost messages and can take a snapshot again. */
  get hasCaughtUp(): boolean {
    return this.#state === 'behind' && this.isOpen && this.socket.bufferedAmount <= this.limits.drainedBytes
  }

  /** No deltas until the snapshot that is being made. */
  waitForSnapshot(): void {
    this.#state = 'waiting'
  }

  sendSnapshot(data: Buffer): void {
    this.#snapshotBytes = data.byteLength
    this.#state = 'live'
    this.socket.send(data, { binary: false })
  }

  /** Sends a delta, unless the client is not there yet or reads too slowly. */
  offer(data: Buffer): void {
    if (this.#state === 'waiting' || !this.isOpen) return
    const tooMuch = this.socket.bufferedAmount + data.byteLength > this.limits.maxBufferedBytes + this.#snapshotBytes
    if (this.#state === 'behind' || tooMuch) {
      this.#state = 'behind'
      this.#skipped += 1
      return
    }
    this.socket.send(data, { binary: false })
  }

  /** Asks for a sign of life; a peer that did not answer the last time is gone. */
  ping(): void {
    if (!this.#answered) return this.socket.terminate()
    this.#answered = false
    if (this.isOpen) this.socket.ping()
  }

  startMinute(): void {
    this.#inbound = 0
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason)
  }
}
