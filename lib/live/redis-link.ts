import { Cluster, Redis, type RedisOptions } from 'ioredis'
import { reasonOf, retryDelay, withDeadline } from '@/lib/live/failure'
import type { RedisAddress } from '@/lib/live/redis-address'

/** How long to wait for a connection, and then for an answer. */
const DEADLINE_MILLISECONDS = 5_000

/** `key` says which node of a cluster takes the command; commands of one key stay in order. */
export interface RedisCommand {
  key: string
  args: [name: string, ...rest: (string | number)[]]
}

export const describeAddress = ({ nodes, cluster }: RedisAddress) =>
  `${cluster ? 'Redis Cluster' : 'Redis'} at ${nodes.map(({ host, port }) => `${host}:${port}`).join(', ')}`

/** What every connection shares. RESP2: XREADGROUP replies with lists in every version of the server. */
export function connectionOptions(address: RedisAddress): RedisOptions {
  return {
    ...(address.username !== undefined && { username: address.username }),
    ...(address.password !== undefined && { password: address.password }),
    ...(address.tls && { tls: {} }),
    db: address.database,
    protocol: 2,
    connectTimeout: DEADLINE_MILLISECONDS,
    connectionName: 'undercurrent',
    // A command whose connection broke is not sent again behind the back of a caller who was told that it failed.
    autoResendUnfulfilledCommands: false,
  }
}

/**
 * A connection for commands that connects again for ever, and on which nothing waits for ever: what cannot be answered is
 * rejected with a sentence saying why.
 */
export class RedisLink {
  private readonly client: Redis | Cluster
  private readonly name: string
  private readonly arrivals = new Set<() => void>()
  private readonly losses = new Set<(error: Error) => void>()
  private lastReason = 'not connected yet'
  private reported = false
  private closed = false

  constructor(
    private readonly address: RedisAddress,
    private readonly onProblem: (sentence: string) => void,
  ) {
    this.name = describeAddress(address)
    const options = connectionOptions(address)
    this.client = address.cluster
      ? new Cluster(address.nodes, {
          clusterRetryStrategy: retryDelay,
          // Finds broken node connections; a standalone connection is given up by `run` itself.
          redisOptions: { ...options, socketTimeout: 2 * DEADLINE_MILLISECONDS },
        })
      : new Redis({
          ...options,
          ...address.nodes[0],
          retryStrategy: retryDelay,
          enableOfflineQueue: false,
          // After a failover the old address may lead to a replica, which refuses writes.
          reconnectOnError: (error) => error.message.startsWith('READONLY'),
        })
    this.client.on('error', (error: unknown) => this.trouble(error))
    this.client.on('close', () => this.lose())
    this.client.on('ready', () => this.arrive())
  }

  /** Runs one command. */
  async command(key: string, ...args: RedisCommand['args']): Promise<unknown> {
    return (await this.many([{ key, args }]))[0]
  }

  /**
   * Runs commands in one round trip (on a cluster one per key, at the same time), in order per key. Not a transaction.
   * @throws Error of the first command that failed
   */
  async many(commands: readonly RedisCommand[], milliseconds = DEADLINE_MILLISECONDS): Promise<unknown[]> {
    if (commands.length === 0) return []
    await this.ready()
    try {
      return await this.whileConnected(this.send(commands), milliseconds)
    } catch (error) {
      throw new Error(this.explain(error), { cause: error })
    }
  }

  close(): void {
    this.closed = true
    this.client.disconnect()
    this.lose()
  }

  private async send(commands: readonly RedisCommand[]): Promise<unknown[]> {
    const groups = new Map<string, number[]>()
    for (const [index, { key }] of commands.entries()) {
      const group = this.address.cluster ? key : ''
      const indexes = groups.get(group)
      if (indexes) indexes.push(index)
      else groups.set(group, [index])
    }
    const replies: unknown[] = Array.from({ length: commands.length })
    const sent = [...groups.values()].map(async (indexes) => {
      const pipeline = this.client.pipeline()
      for (const index of indexes) pipeline.call(...(commands[index] as RedisCommand).args)
      const results = (await pipeline.exec()) ?? []
      for (const [position, index] of indexes.entries()) {
        const [error, reply] = results[position] ?? [new Error('no answer'), null]
        if (error) throw error
        replies[index] = reply
      }
    })
    await Promise.all(sent)
    return replies
  }

  private async ready(): Promise<void> {
    if (this.closed) throw new Error('The live store is closed.')
    if (this.client.status === 'ready') return
    let arrived: () => void = () => {}
    const promise = new Promise<void>((resolve) => this.arrivals.add((arrived = resolve)))
    await withDeadline(promise, DEADLINE_MILLISECONDS, () => this.explain(this.lastReason)).finally(() =>
      this.arrivals.delete(arrived),
    )
    if (this.closed) throw new Error('The live store is closed.')
  }

  private whileConnected<Result>(promise: Promise<Result>, milliseconds: number): Promise<Result> {
    // A cluster's commands find another connection by themselves; only a standalone one is lost with its connection.
    if (this.address.cluster) return withDeadline(promise, milliseconds, () => `no answer for ${milliseconds} ms`)
    let lost: (error: Error) => void = () => {}
    const loss = new Promise<never>((_, reject) => this.losses.add((lost = reject)))
    return withDeadline(Promise.race([promise, loss]), milliseconds, () => {
      // What does not answer is a connection that broke without a word, or a server that hangs: open a new one.
      this.client.disconnect(true)
      return `no answer for ${milliseconds} ms`
    }).finally(() => this.losses.delete(lost))
  }

  private explain(error: unknown): string {
    const reason = reasonOf(error)
    if (/^(MOVED|CROSSSLOT|ASK) /.test(reason)) return `${this.name} is a Redis Cluster: add ?cluster=true to REDIS_URL.`
    if (/^[A-Z]{3,} /.test(reason)) return `${this.name} refused: ${reason}`
    return `${this.name} does not answer (${reason}).`
  }

  private trouble(error: unknown): void {
    this.lastReason = reasonOf(error)
    if (this.reported || this.closed) return
    this.reported = true
    this.onProblem(`${this.explain(error)} Trying again.`)
  }

  private lose(): void {
    if (!this.closed) this.trouble(this.reported ? this.lastReason : 'connection closed')
    for (const lost of this.losses) lost(new Error(this.closed ? 'the live store was closed' : 'connection lost'))
    if (this.closed) for (const arrived of this.arrivals) arrived()
  }

  private arrive(): void {
    if (this.reported) this.onProblem(`${this.name} answers again.`)
    this.reported = false
    for (const arrived of this.arrivals) arrived()
  }
}
