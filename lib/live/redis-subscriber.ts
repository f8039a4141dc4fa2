import { Redis } from 'ioredis'
import { withDeadline } from '@/lib/live/failure'
import { FanOut } from '@/lib/live/fan-out'
import type { Subscription } from '@/lib/live/live-store'
import type { RedisAddress } from '@/lib/live/redis-address'
import { connectionOptions, describeAddress } from '@/lib/live/redis-link'
import { SteadyConnection } from '@/lib/live/steady-connection'

const DEADLINE_MILLISECONDS = 5_000

type Handler = (channel: string, text: string) => void

/**
 * One connection for all subscriptions of a store, made again, with all of them, whenever it breaks. On a cluster any node
 * will do, since nodes pass messages on to each other; after a failure the next of the given ones is tried.
 */
export class RedisSubscriber {
  private readonly connection: SteadyConnection<Redis>
  private readonly handlers: FanOut<[channel: string, text: string]>
  private opened = 0

  constructor(
    private readonly address: RedisAddress,
    onProblem: (sentence: string) => void,
  ) {
    this.handlers = new FanOut(onProblem)
    this.connection = new SteadyConnection(
      {
        name: `${describeAddress(address)} (subscriptions)`,
        open: (lost) => this.open(lost),
        check: (client) => client.ping(),
        drop: (client) => client.disconnect(),
      },
      onProblem,
    )
  }

  /** @param topic a channel, or with an asterisk a pattern */
  async add(topic: string, handle: Handler): Promise<Subscription> {
    // A function of its own, so that the same handler may subscribe twice.
    const handler: Handler = (channel, text) => handle(channel, text)
    this.handlers.add(topic, handler)
    try {
      const client = await this.connection.ready(DEADLINE_MILLISECONDS)
      const silence = () => `${describeAddress(this.address)} does not answer.`
      await withDeadline(subscribe(client, topic), DEADLINE_MILLISECONDS, silence)
    } catch (error) {
      this.handlers.remove(topic, handler)
      throw error
    }
    return { close: () => this.remove(topic, handler) }
  }

  close(): void {
    this.connection.close()
  }

  private async remove(topic: string, handler: Handler): Promise<void> {
    if (!this.handlers.remove(topic, handler)) return
    const client = this.connection.current
    if (!client) return
    const done = isPattern(topic) ? client.punsubscribe(topic) : client.unsubscribe(topic)
    // Whether the server hears of it or the connection breaks first: nothing more is delivered.
    await withDeadline(done, DEADLINE_MILLISECONDS, () => 'no answer').catch(() => {})
    // Somebody may have subscribed again meanwhile.
    if (this.handlers.topics.includes(topic)) await subscribe(client, topic).catch(() => {})
  }

  private async open(lost: (error: unknown) => void): Promise<Redis> {
    const { nodes } = this.address
    const node = nodes[this.opened++ % nodes.length] ?? nodes[0]
    const client = new Redis({
      ...connectionOptions(this.address),
      ...node,
      lazyConnect: true,
      autoResubscribe: false,
      commandTimeout: DEADLINE_MILLISECONDS,
      retryStrategy: () => null,
    })
    let problem: unknown
    client.on('error', (error: unknown) => (problem = error))
    client.on('end', () => lost(problem))
    client.on('message', (channel: string, text: string) => this.handlers.emit(channel, channel, text))
    client.on('pmessage', (pattern: string, channel: string, text: string) => this.handlers.emit(pattern, channel, text))
    try {
      await client.connect()
      await Promise.all(this.handlers.topics.map((topic) => subscribe(client, topic)))
    } catch (error) {
      client.disconnect()
      throw problem ?? error
    }
    return client
  }
}

const isPattern = (topic: string) => topic.includes('*')

const subscribe = (client: Redis, topic: string): Promise<unknown> =>
  isPattern(topic) ? client.psubscribe(topic) : client.subscribe(topic)
