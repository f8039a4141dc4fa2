import type pg from 'pg'
import { FanOut } from '@/lib/live/fan-out'
import type { Subscription } from '@/lib/live/live-store'
import { createClient } from '@/lib/live/postgres-link'
import { SteadyConnection } from '@/lib/live/steady-connection'

const DEADLINE_MILLISECONDS = 5_000

/** Few and fixed: a channel's name is an identifier of at most 63 bytes, so building ids travel in the payload. */
export const NOTIFY_CHANNELS = {
  samples: 'nilm_samples',
  predictions: 'nilm_predictions',
  input: 'nilm_input',
} as const

export type NotifyChannel = (typeof NOTIFY_CHANNELS)[keyof typeof NOTIFY_CHANNELS]

/** NOTIFY takes less than 8,000 bytes. */
export const MAX_PAYLOAD_BYTES = 7_999

/** One connection that LISTENs for a store, made again, with every channel, whenever it breaks. */
export class PostgresListener {
  private readonly connection: SteadyConnection<pg.Client>
  private readonly handlers: FanOut<[payload: string]>

  constructor(
    private readonly connectionString: string,
    onProblem: (sentence: string) => void,
  ) {
    this.handlers = new FanOut(onProblem)
    this.connection = new SteadyConnection(
      {
        name: 'PostgreSQL (subscriptions)',
        open: (lost) => this.open(lost),
        check: (client) => client.query('SELECT 1'),
        drop: (client) => void client.end().catch(() => {}),
      },
      onProblem,
    )
  }

  /** @throws Error when the server does not answer; with `patient` it then goes on trying by itself instead */
  async add(channel: NotifyChannel, handle: (payload: string) => void, patient = false): Promise<Subscription> {
    // A function of its own, so that the same handler may subscribe twice.
    const handler = (payload: string) => handle(payload)
    this.handlers.add(channel, handler)
    try {
      const client = await this.connection.ready(DEADLINE_MILLISECONDS)
      await client.query(`LISTEN ${channel}`)
    } catch (error) {
      if (!patient) {
        this.handlers.remove(channel, handler)
        throw error
      }
    }
    // The channel stays LISTENed to: there are three, and another subscription is likely to follow.
    return { close: async () => void this.handlers.remove(channel, handler) }
  }

  close(): void {
    this.connection.close()
  }

  private async open(lost: (error: unknown) => void): Promise<pg.Client> {
    const client = createClient(this.connectionString)
    client.on('error', lost)
    client.on('end', () => lost(undefined))
    client.on('notification', ({ channel, payload }) => this.handlers.emit(channel, payload ?? ''))
    try {
      await client.connect()
      for (const channel of this.handlers.topics) await client.query(`LISTEN ${channel}`)
    } catch (error) {
      client.end().catch(() => {})
      throw error
    }
    return client
  }
}
