import { reasonOf, retryDelay, withDeadline } from '@/lib/live/failure'

const CHECK_EVERY_MILLISECONDS = 5_000
const CHECK_DEADLINE_MILLISECONDS = 5_000

export interface ConnectionKind<Connection> {
  /** What it is, for messages: "Redis at host:port". */
  name: string
  /** Opens and sets up a connection; calls `lost` when it breaks later. */
  open(lost: (error: unknown) => void): Promise<Connection>
  /** Resolves when the other end answers. Finds the connection that broke without a word. */
  check(connection: Connection): Promise<unknown>
  drop(connection: Connection): void
}

/** Keeps one connection open until close(), connecting again for ever. Begins at the first `ready`. */
export class SteadyConnection<Connection> {
  private connection: Connection | undefined
  private started = false
  private closed = false
  private attempt = 0
  private lastReason = 'not connected yet'
  private timer: NodeJS.Timeout | undefined
  private readonly waiting = new Set<(connection: Connection) => void>()

  constructor(
    private readonly kind: ConnectionKind<Connection>,
    private readonly onProblem: (sentence: string) => void,
  ) {}

  get current(): Connection | undefined {
    return this.connection
  }

  /** The connection, once there is one. @throws Error saying why there is none after that time */
  async ready(milliseconds: number): Promise<Connection> {
    if (this.closed) throw new Error('The live store is closed.')
    if (this.connection) return this.connection
    if (!this.started) {
      this.started = true
      void this.connect()
    }
    let arrived: (connection: Connection) => void = () => {}
    const promise = new Promise<Connection>((resolve) => this.waiting.add((arrived = resolve)))
    return withDeadline(promise, milliseconds, () => `${this.kind.name} does not answer (${this.lastReason}).`).finally(() =>
      this.waiting.delete(arrived),
    )
  }

  /** Gives up a connection that turned out to be broken; a new one is opened. */
  giveUp(connection: Connection, error: unknown): void {
    if (connection !== this.connection) return
    this.connection = undefined
    clearTimeout(this.timer)
    this.kind.drop(connection)
    this.retry(error)
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    if (this.connection) this.kind.drop(this.connection)
    this.connection = undefined
  }

  private async connect(): Promise<void> {
    let opened: Connection | undefined
    let brokenBy: unknown
    try {
      opened = await this.kind.open((error) => {
        brokenBy ??= error ?? new Error('connection closed')
        if (opened) this.giveUp(opened, brokenBy)
      })
      if (brokenBy) throw brokenBy
    } catch (error) {
      if (opened) this.kind.drop(opened)
      if (!this.closed) this.retry(error)
      return
    }
    if (this.closed) return this.kind.drop(opened)
    if (this.attempt > 0) this.onProblem(`${this.kind.name} answers again.`)
    this.attempt = 0
    this.connection = opened
    this.checkLater(opened)
    for (const arrived of this.waiting) arrived(opened)
  }

  private retry(error: unknown): void {
    this.lastReason = reasonOf(error)
    this.attempt++
    if (this.attempt === 1) this.onProblem(`${this.kind.name} does not answer (${this.lastReason}), trying again.`)
    this.timer = setTimeout(() => void this.connect(), retryDelay(this.attempt))
  }

  private checkLater(connection: Connection): void {
    this.timer = setTimeout(() => {
      withDeadline(this.kind.check(connection).then(() => undefined), CHECK_DEADLINE_MILLISECONDS, () => 'no answer to a check')
        .then(() => connection === this.connection && this.checkLater(connection))
        .catch((error: unknown) => this.giveUp(connection, error))
    }, CHECK_EVERY_MILLISECONDS)
  }
}
