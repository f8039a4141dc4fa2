import type { ServerResponse } from 'node:http'
import type { AuthenticatedSession } from '@/lib/auth/current-user'
import { type ClientLimits, LiveClient } from './live-client'

/** How soon a browser comes back after a break. */
const RETRY_MILLISECONDS = 2_000
const START = Buffer.from('data: ')
const END = Buffer.from('\n\n')

/** A client over server-sent events. `data` is the JSON a socket would get; only what can be gone on from has an `id`. */
export class StreamClient extends LiveClient {
  #hasDrained = true

  constructor(
    private readonly response: ServerResponse,
    session: AuthenticatedSession,
    siteId: string,
    limits: ClientLimits,
  ) {
    super(session, siteId, limits)
    response.on('drain', () => (this.#hasDrained = true))
    response.on('error', () => {})
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store, no-transform' })
    response.write(`retry: ${RETRY_MILLISECONDS}\n\n`)
  }

  get isOpen(): boolean {
    return !this.response.writableEnded && !this.response.destroyed
  }

  protected get bufferedBytes(): number {
    return this.response.writableLength
  }

  protected write(data: Buffer, id?: string): void {
    const head = id === undefined ? START : Buffer.concat([Buffer.from(`id: ${id}\n`), START])
    this.response.write(Buffer.concat([head, data, END]))
  }

  /** HTTP has no sign of life to ask for: a peer that took nothing of what waits since the last time is gone. */
  ping(): void {
    if (this.response.writableLength === 0) this.#hasDrained = true
    if (!this.#hasDrained) return void this.response.destroy()
    this.#hasDrained = false
  }

  startMinute(): void {}

  /** The client comes back by itself, and then learns by the status why not. */
  close(code: number, reason: string): void {
    if (this.isOpen) this.response.end(`: ${code} ${reason}\n\n`)
  }

  onceClosed(listener: () => void): void {
    this.response.once('close', listener)
  }
}
