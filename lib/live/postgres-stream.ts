import { setTimeout as sleep } from 'node:timers/promises'
import type { Sample } from '@/lib/contracts/sample'
import { byShard } from '@/lib/live/by-shard'
import { Deliveries } from '@/lib/live/deliveries'
import type { ReadOptions, ShardBacklog, StreamEntry } from '@/lib/live/live-store'
import type { PostgresLink } from '@/lib/live/postgres-link'
import { NOTIFY_CHANNELS, type PostgresListener } from '@/lib/live/postgres-listener'
import { decodeSample, encodeSample } from '@/lib/live/sample-codec'
import { shardOf } from '@/lib/live/shard'

const APPEND_AT_ONCE = 5_000
const ACKNOWLEDGE_AT_ONCE = 10_000
/** A wake-up may be lost while the listening connection is broken; this is how late a sample may be then. */
const POLL_MILLISECONDS = 1_000

export interface PostgresStreamOptions {
  shardCount: number
  strayAfterMilliseconds: number
  onProblem: (sentence: string) => void
}

interface Row {
  id: string
  shard: number
  sample: Record<string, unknown>
}

/** The durable half of the store: table live_sample, a row per sample until it is acknowledged. */
export class PostgresStream {
  private readonly deliveries: Deliveries
  private readonly sleepers = new Set<{ shards: ReadonlySet<number>; wake: () => void }>()
  private listening = false
  private closed = false

  constructor(
    private readonly database: PostgresLink,
    private readonly listener: PostgresListener,
    private readonly options: PostgresStreamOptions,
  ) {
    this.deliveries = new Deliveries(options.strayAfterMilliseconds)
  }

  async append(samples: readonly Sample[]): Promise<void> {
    const rows = samples.map((sample) => ({
      shard: shardOf(sample.buildingId, this.options.shardCount),
      json: JSON.stringify(encodeSample(sample)),
    }))
    for (let from = 0; from < rows.length; from += APPEND_AT_ONCE) {
      const some = rows.slice(from, from + APPEND_AT_ONCE)
      const shards = some.map(({ shard }) => shard)
      // Ids are drawn in the order of the ordinality, so a building's samples keep the order they were given in.
      await this.database.query(
        `WITH stored AS (
           INSERT INTO live_sample (shard, sample)
           SELECT shard, sample FROM UNNEST($1::smallint[], $2::jsonb[]) WITH ORDINALITY AS given (shard, sample, n) ORDER BY n
         )
         SELECT pg_notify('${NOTIFY_CHANNELS.samples}', $3)`,
        [shards, some.map(({ json }) => json), [...new Set(shards)].join(',')],
      )
    }
  }

  async claim(shard: number, consumer: string): Promise<StreamEntry[]> {
    const rows = await this.database.query<Row>(
      `UPDATE live_sample SET consumer = $1, delivered_at = now()
       WHERE shard = $2 AND consumer IS NOT NULL RETURNING id, shard, sample`,
      [consumer, shard],
    )
    this.deliveries.replace(shard, rows.map(({ id }) => id))
    return this.decode(rows, true)
  }

  async read(shards: readonly number[], consumer: string, options: ReadOptions): Promise<StreamEntry[]> {
    const until = performance.now() + options.blockMilliseconds
    if (shards.length === 0) {
      await sleep(options.blockMilliseconds)
      return []
    }
    const strays = await this.takeStrays(shards, consumer, options)
    if (strays.length > 0) return strays
    for (;;) {
      if (options.mayTake?.() === false) return []
      const remaining = until - performance.now()
      const nap = remaining > 0 ? this.nap(shards, Math.min(remaining, POLL_MILLISECONDS)) : null
      try {
        const entries = await this.take(shards, consumer, options.count)
        if (entries.length > 0 || !nap || this.closed) return entries
        await nap.over
      } finally {
        nap?.end()
      }
    }
  }

  async acknowledge(entries: readonly Pick<StreamEntry, 'id' | 'shard'>[]): Promise<void> {
    for (let from = 0; from < entries.length; from += ACKNOWLEDGE_AT_ONCE) {
      const some = entries.slice(from, from + ACKNOWLEDGE_AT_ONCE)
      await this.database.query('DELETE FROM live_sample WHERE id = ANY($1::bigint[])', [some.map(({ id }) => id)])
      for (const [shard, ofShard] of byShard(some)) this.deliveries.remove(shard, ofShard.map(({ id }) => id))
    }
  }

  async backlog(): Promise<ShardBacklog[]> {
    const rows = await this.database.query<{ shard: number; count: string }>(
      'SELECT shard, count(*) FROM live_sample GROUP BY shard', [],
    )
    const counts = new Map(rows.map(({ shard, count }) => [shard, Number(count)]))
    return Array.from({ length: this.options.shardCount }, (_, shard) => ({ shard, unacknowledged: counts.get(shard) ?? 0 }))
  }

  close(): void {
    this.closed = true
    for (const sleeper of this.sleepers) sleeper.wake()
  }

  /**
   * By consumer, never by "ids after the last one": of two writers the one that drew its ids first may commit last, and a
   * reader that had moved on would never see its rows.
   */
  private async take(shards: readonly number[], consumer: string, count: number): Promise<StreamEntry[]> {
    const rows = await this.database.query<Row>(
      `UPDATE live_sample SET consumer = $1, delivered_at = now()
       WHERE id IN (
         SELECT id FROM live_sample WHERE shard = ANY($2::smallint[]) AND consumer IS NULL
         ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED
       ) RETURNING id, shard, sample`,
      [consumer, shards, Math.max(count, shards.length)],
    )
    for (const [shard, ofShard] of byShard(rows)) this.deliveries.add(shard, ofShard.map(({ id }) => id))
    return this.decode(rows, false)
  }

  private async takeStrays(shards: readonly number[], consumer: string, options: ReadOptions): Promise<StreamEntry[]> {
    const due = this.deliveries.dueForSearch(shards)
    if (due.length === 0) return []
    const delivered = await this.database.query<{ shard: number; count: string }>(
      'SELECT shard, count(*) FROM live_sample WHERE shard = ANY($1::smallint[]) AND consumer IS NOT NULL GROUP BY shard', [due],
    )
    const suspects = delivered.filter(({ shard, count: total }) => Number(total) > this.deliveries.of(shard).size)
    if (suspects.length === 0 || options.mayTake?.() === false) return []
    const suspectShards = suspects.map(({ shard }) => shard)
    const rows = await this.database.query<Row>(
      `UPDATE live_sample SET consumer = $1, delivered_at = now()
       WHERE id IN (
         SELECT id FROM live_sample
         WHERE shard = ANY($2::smallint[]) AND consumer IS NOT NULL AND NOT id = ANY($3::bigint[])
           AND delivered_at < now() - make_interval(secs => $4)
         ORDER BY id LIMIT $5 FOR UPDATE SKIP LOCKED
       ) RETURNING id, shard, sample`,
      [
        consumer,
        suspectShards,
        suspectShards.flatMap((shard) => [...this.deliveries.of(shard)]),
        this.options.strayAfterMilliseconds / 1000,
        options.count,
      ],
    )
    for (const [shard, ofShard] of byShard(rows)) this.deliveries.add(shard, ofShard.map(({ id }) => id))
    return this.decode(rows, true)
  }

  private decode(rows: Row[], redelivered: boolean): StreamEntry[] {
    const foreign: Row[] = []
    const decoded = rows
      .sort((a, b) => Number(a.id) - Number(b.id))
      .flatMap((row) => {
        const sample = decodeSample(row.sample)
        if (sample) return { id: row.id, shard: row.shard, sample, ...(redelivered && { redelivered }) }
        foreign.push(row)
        return []
      })
    if (foreign.length > 0) {
      this.options.onProblem(`${foreign.length} rows of live_sample are not samples and were removed.`)
      this.acknowledge(foreign).catch(() => {})
    }
    return decoded
  }

  /** Over when something is appended to one of the shards, or its time has passed. Begun before looking: nothing slips by. */
  private nap(shards: readonly number[], milliseconds: number): { over: Promise<void>; end: () => void } {
    this.listen()
    let end: () => void = () => {}
    const over = new Promise<void>((resolve) => {
      const timer = setTimeout(() => end(), milliseconds)
      const sleeper = { shards: new Set(shards), wake: () => end() }
      end = () => {
        clearTimeout(timer)
        this.sleepers.delete(sleeper)
        resolve()
      }
      this.sleepers.add(sleeper)
    })
    return { over, end }
  }

  private listen(): void {
    if (this.listening) return
    this.listening = true
    const wake = (payload: string) => {
      const shards = payload.split(',').map(Number)
      for (const sleeper of this.sleepers) if (shards.some((shard) => sleeper.shards.has(shard))) sleeper.wake()
    }
    void this.listener.add(NOTIFY_CHANNELS.samples, wake, true)
  }
}
