import type { WebSocket } from 'ws'
import type { AuthenticatedSession } from '@/lib/auth/current-user'
import { CLOSE_CODES, type ClientLimits, LiveClient } from './live-client'

/** A client over a WebSocket. */
export class SocketClient extends LiveClient {
  #answered = true
  #inbound = 0

  constructor(
    readonly socket: WebSocket,
    session: AuthenticatedSession,
    siteId: string,
    limits: ClientLimits,
  ) {
    super(session, siteId, limits)
    socket.on('pong', () => (this.#answered = true))
    socket.on('message', () => {
      if (++this.#inbound > limits.maxInboundPerMinute) this.close(CLOSE_CODES.tooTalkative, 'too many messages')
    })
    // What follows an error is 'close', which is where the client is forgotten.
    socket.on('error', () => {})
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN
  }

  protected get bufferedBytes(): number {
    return this.socket.bufferedAmount
  }

  protected write(data: Buffer): void {
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

  onceClosed(listener: () => void): void {
    this.socket.once('close', listener)
  }
}
