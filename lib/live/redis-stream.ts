import { setTimeout as sleep } from 'node:timers/promises'
import type { Sample } from '@/lib/contracts/sample'
import { byShard } from '@/lib/live/by-shard'
import { Deliveries } from '@/lib/live/deliveries'
import { CONSUMER_GROUP, streamKey } from '@/lib/live/keys'
import type { ReadOptions, ShardBacklog, StreamEntry } from '@/lib/live/live-store'
import type { RedisCommand, RedisLink } from '@/lib/live/redis-link'
import {
  parseAutoclaim,
  parseEntries,
  parsePending,
  parsePendingSummary,
  parseStreams,
  type RawEntry,
} from '@/lib/live/redis-replies'
import { decodeSample, encodeSample } from '@/lib/live/sample-codec'
import { shardOf } from '@/lib/live/shard'

/** Commands sent and ids named at once: large enough to be fast, small enough for a deadline to mean something. */
const CHUNK = 1_000
const DEADLINE_MILLISECONDS = 5_000
const CLUSTER_POLL_MILLISECONDS = 50

export interface RedisStreamOptions {
  shardCount: number
  cluster: boolean
  strayAfterMilliseconds: number
  onProblem: (sentence: string) => void
}

/** The durable half of the store: one stream a shard, one consumer group. */
export class RedisStream {
  private readonly withGroup = new Set<number>()
  private readonly idleReaders: RedisLink[] = []
  private readonly readers = new Set<RedisLink>()
  private readonly deliveries: Deliveries

  constructor(
    private readonly commands: RedisLink,
    private readonly openReader: () => RedisLink,
    private readonly options: RedisStreamOptions,
  ) {
    this.deliveries = new Deliveries(options.strayAfterMilliseconds)
  }

  async append(samples: readonly Sample[]): Promise<void> {
    const commands = samples.map((sample): RedisCommand => {
      const key = streamKey(shardOf(sample.buildingId, this.options.shardCount))
      // No MAXLEN: it would drop what nobody has read yet. Acknowledging is what frees the space.
      return { key, args: ['XADD', key, '*', ...Object.entries(encodeSample(sample)).flat()] }
    })
    for (const chunk of inChunks(commands)) await this.commands.many(chunk)
  }

  async claim(shard: number, consumer: string): Promise<StreamEntry[]> {
    const key = streamKey(shard)
    const claimed: RawEntry[] = []
    await this.withGroups([shard], async () => {
      claimed.length = 0
      let from = '0-0'
      do {
        const reply = await this.commands.command(key, 'XAUTOCLAIM', key, CONSUMER_GROUP, consumer, 0, from, 'COUNT', CHUNK)
        const page = parseAutoclaim(reply)
        claimed.push(...page.entries)
        if (page.deletedIds.length > 0) await this.commands.command(key, 'XACK', key, CONSUMER_GROUP, ...page.deletedIds)
        from = page.next
      } while (from !== '0-0')
    })
    this.deliveries.replace(shard, claimed.map(({ id }) => id))
    return this.decode(shard, claimed, true)
  }

  async read(shards: readonly number[], consumer: string, options: ReadOptions): Promise<StreamEntry[]> {
    if (shards.length === 0) {
      await sleep(options.blockMilliseconds)
      return []
    }
    const strays = await this.takeStrays(shards, consumer, options)
    if (strays.length > 0) return strays
    const perShard = Math.max(1, Math.floor(options.count / shards.length))
    const read = this.options.cluster ? this.readCluster : this.readServer
    return this.withGroups(shards, () => read.call(this, shards, consumer, perShard, options))
  }

  async acknowledge(entries: readonly Pick<StreamEntry, 'id' | 'shard'>[]): Promise<void> {
    const groups = byShard(entries)
    const commands = [...groups].flatMap(([shard, ofShard]) => {
      const key = streamKey(shard)
      return inChunks(ofShard.map(({ id }) => id)).flatMap((ids): RedisCommand[] => [
        // In this order: a server that dies in between leaves an id without an entry, which a claim clears away. The other
        // order would leave an entry that nobody is ever given.
        { key, args: ['XDEL', key, ...ids] },
        { key, args: ['XACK', key, CONSUMER_GROUP, ...ids] },
      ])
    })
    for (const chunk of inChunks(commands, 20)) await this.commands.many(chunk)
    for (const [shard, ofShard] of groups) this.deliveries.remove(shard, ofShard.map(({ id }) => id))
  }

  async backlog(): Promise<ShardBacklog[]> {
    const shards = Array.from({ length: this.options.shardCount }, (_, shard) => shard)
    const lengths = await this.commands.many(shards.map((shard) => ({ key: streamKey(shard), args: ['XLEN', streamKey(shard)] })))
    return shards.map((shard) => ({ shard, unacknowledged: Number(lengths[shard]) }))
  }

  close(): void {
    for (const reader of this.readers) reader.close()
  }

  /** A read that waits holds its connection, so it has one of its own; several may wait at once. */
  private async readServer(
    shards: readonly number[],
    consumer: string,
    perShard: number,
    { blockMilliseconds: wait, mayTake }: ReadOptions,
  ): Promise<StreamEntry[]> {
    if (mayTake?.() === false) return []
    const reader = this.idleReaders.pop() ?? this.openReader()
    this.readers.add(reader)
    try {
      const keys = shards.map(streamKey)
      // BLOCK 0 would wait for ever.
      const block = wait > 0 ? ['BLOCK', Math.ceil(wait)] : []
      const args: RedisCommand['args'] = [
        'XREADGROUP', 'GROUP', CONSUMER_GROUP, consumer, 'COUNT', perShard, ...block, 'STREAMS', ...keys, ...keys.map(() => '>'),
      ]
      const [reply] = await reader.many([{ key: '', args }], wait + DEADLINE_MILLISECONDS)
      return this.received(reply)
    } finally {
      this.idleReaders.push(reader)
    }
  }

  /**
   * On a cluster every shard's key may live on another node, and a command takes keys of one slot only: each shard is read
   * by a command of its own, and a wait is a quick poll, because one that blocked would hold up that node's other commands.
   */
  private async readCluster(
    shards: readonly number[],
    consumer: string,
    perShard: number,
    { blockMilliseconds: wait, mayTake }: ReadOptions,
  ): Promise<StreamEntry[]> {
    const until = performance.now() + wait
    for (;;) {
      if (mayTake?.() === false) return []
      const replies = await Promise.allSettled(
        shards.map((shard) => {
          const key = streamKey(shard)
          return this.commands.command(
            key, 'XREADGROUP', 'GROUP', CONSUMER_GROUP, consumer, 'COUNT', perShard, 'STREAMS', key, '>',
          )
        }),
      )
      const entries = replies.flatMap((reply) => (reply.status === 'fulfilled' ? this.received(reply.value) : []))
      if (entries.length > 0) return entries
      // What one node delivered is not thrown away because another is down.
      const failed = replies.find((reply) => reply.status === 'rejected')
      if (failed) throw failed.reason
      if (performance.now() >= until) return []
      await sleep(Math.min(CLUSTER_POLL_MILLISECONDS, Math.max(1, until - performance.now())))
    }
  }

  private received(reply: unknown): StreamEntry[] {
    return parseStreams(reply).flatMap(([key, entries]) => {
      const shard = Number(key.slice(streamKey(0).length - 1))
      this.deliveries.add(shard, entries.map(({ id }) => id))
      return this.decode(shard, entries, false)
    })
  }

  private async takeStrays(
    shards: readonly number[],
    consumer: string,
    { count, mayTake }: ReadOptions,
  ): Promise<StreamEntry[]> {
    const due = this.deliveries.dueForSearch(shards)
    if (due.length === 0) return []
    return this.withGroups(due, async () => {
      const summaries = await this.commands.many(
        due.map((shard) => ({ key: streamKey(shard), args: ['XPENDING', streamKey(shard), CONSUMER_GROUP] })),
      )
      const suspects = due.filter((shard, index) => parsePendingSummary(summaries[index]) > this.deliveries.of(shard).size)
      const found: StreamEntry[] = []
      if (mayTake?.() === false) return found
      for (const shard of suspects) found.push(...(await this.takeStraysOf(shard, consumer, count - found.length)))
      return found
    })
  }

  private async takeStraysOf(shard: number, consumer: string, count: number): Promise<StreamEntry[]> {
    const key = streamKey(shard)
    const age = this.options.strayAfterMilliseconds
    const known = this.deliveries.of(shard)
    const strays: string[] = []
    for (let from = '-'; strays.length < count; ) {
      const page = parsePending(await this.commands.command(key, 'XPENDING', key, CONSUMER_GROUP, 'IDLE', age, from, '+', CHUNK))
      strays.push(...page.filter((id) => !known.has(id)))
      if (page.length < CHUNK) break
      from = `(${page.at(-1)}`
    }
    const found: StreamEntry[] = []
    for (const ids of inChunks(strays.slice(0, Math.max(0, count)))) {
      const entries = parseEntries(await this.commands.command(key, 'XCLAIM', key, CONSUMER_GROUP, consumer, age, ...ids))
      this.deliveries.add(shard, entries.map(({ id }) => id))
      found.push(...this.decode(shard, entries, true))
    }
    return found
  }

  private decode(shard: number, entries: readonly RawEntry[], redelivered: boolean): StreamEntry[] {
    const foreign: RawEntry[] = []
    const decoded = entries.flatMap(({ id, fields }) => {
      const sample = decodeSample(fields)
      if (sample) return { id, shard, sample, ...(redelivered && { redelivered }) }
      foreign.push({ id, fields })
      return []
    })
    if (foreign.length > 0) {
      this.options.onProblem(`${foreign.length} entries of ${streamKey(shard)} are not samples and were removed.`)
      this.acknowledge(foreign.map(({ id }) => ({ id, shard }))).catch(() => {})
    }
    return decoded
  }

  /** Groups are made when first needed, and again when the server has forgotten them, as after FLUSHALL. */
  private async withGroups<Result>(shards: readonly number[], work: () => Promise<Result>): Promise<Result> {
    await this.createGroups(shards)
    try {
      return await work()
    } catch (error) {
      const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
      if (!/^(NOGROUP|UNBLOCKED)/.test(reason)) throw error
      for (const shard of shards) this.withGroup.delete(shard)
      await this.createGroups(shards)
      return work()
    }
  }

  private async createGroups(shards: readonly number[]): Promise<void> {
    const missing = shards.filter((shard) => !this.withGroup.has(shard))
    const creations = missing.map(async (shard) => {
      const key = streamKey(shard)
      try {
        // From the beginning: what was appended before the first consumer came is delivered too.
        await this.commands.command(key, 'XGROUP', 'CREATE', key, CONSUMER_GROUP, '0', 'MKSTREAM')
      } catch (error) {
        const reason = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
        if (!reason.startsWith('BUSYGROUP')) throw error
      }
      this.withGroup.add(shard)
    })
    await Promise.all(creations)
  }
}

function inChunks<Item>(items: readonly Item[], size = CHUNK): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))
}
