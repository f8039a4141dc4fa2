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
 * One connection, whatever carries it. It waits for a snapshot, then takes deltas; one that reads too slowly falls behind, loses
 * messages, and starts again from a new snapshot once it has caught up. So never more waits for it than one snapshot and the limit.
 */
export abstract class LiveClient {
  #state: 'waiting' | 'live' | 'behind' = 'waiting'
  #snapshotBytes = 0
  #skipped = 0

  constructor(
    readonly session: AuthenticatedSession,
    readonly siteId: string,
    protected readonly limits: ClientLimits,
  ) {}

  /** What was written and not yet handed to the operating system. */
  protected abstract readonly bufferedBytes: number
  abstract readonly isOpen: boolean
  /** @param data JSON of one event @param id where a client that comes back may go on, if it may */
  protected abstract write(data: Buffer, id?: string): void
  /** Notices a peer that is gone. */
  abstract ping(): void
  abstract close(code: number, reason: string): void
  abstract onceClosed(listener: () => void): void
  /** What is counted by the minute starts again. */
  abstract startMinute(): void

  /** Messages this client lost because it read too slowly. */
  get skipped(): number {
    return this.#skipped
  }

  get isLive(): boolean {
    return this.#state === 'live'
  }

  /** Whether it lost messages and can take a snapshot again. */
  get hasCaughtUp(): boolean {
    return this.#state === 'behind' && this.isOpen && this.bufferedBytes <= this.limits.drainedBytes
  }

  /** No deltas until the snapshot that is being made. */
  waitForSnapshot(): void {
    this.#state = 'waiting'
  }

  sendSnapshot(data: Buffer): void {
    this.#snapshotBytes = data.byteLength
    this.#state = 'live'
    this.write(data)
  }

  /** Takes deltas without a snapshot: it has one from before. */
  resume(): void {
    this.#state = 'live'
  }

  /** Sends a delta, unless the client is not there yet or reads too slowly. */
  offer(data: Buffer, id?: string): void {
    if (this.#state === 'waiting' || !this.isOpen) return
    const tooMuch = this.bufferedBytes + data.byteLength > this.limits.maxBufferedBytes + this.#snapshotBytes
    if (this.#state === 'behind' || tooMuch) {
      this.#state = 'behind'
      this.#skipped += 1
      return
    }
    this.write(data, id)
  }
}
