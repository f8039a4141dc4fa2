import {
  acquireLeases,
  countLiveLeases,
  deleteExpiredLeases,
  releaseLeases,
  SHARD_LEASE_PREFIX,
  WORKER_LEASE_PREFIX,
} from '@/lib/data/leases'
import type { Logger } from '@/lib/infra/logger'

const LEASE_SECONDS = 6
const RENEW_EVERY_MILLISECONDS = 1_500

export const shardLeaseName = (shard: number) => SHARD_LEASE_PREFIX + shard

/** How many of `wanted` shards a worker should hold when `workers` share them: as even as whole numbers allow. */
export const fairShare = (wanted: number, workers: number) => Math.ceil(wanted / Math.max(1, workers))

/**
 * Keeps this worker's share of the stream shards leased. A worker that dies is noticed when its leases expire; one that arrives
 * gets its share because the others give up what exceeds theirs. Only bookkeeping: the worker asks what it holds and acts on it
 * in its own time, so that neither ever waits for the other.
 */
export class LeaseKeeper {
  private readonly held = new Map<number, bigint>()
  private share = Number.POSITIVE_INFINITY
  /** When what is held was last known. */
  private knownAt = 0
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> = Promise.resolve()
  private readonly announcements: string

  /** @param group workers that want the same shards; they share them evenly */
  constructor(
    readonly owner: string,
    group: string,
    private readonly shards: readonly number[],
    private readonly log: Logger,
  ) {
    this.announcements = `${WORKER_LEASE_PREFIX}${group}:`
  }

  /** The shards held right now, with the epoch under which a commit may write them. */
  get holding(): ReadonlyMap<number, bigint> {
    return this.held
  }

  /**
   * Whether another worker may have taken everything over without our knowing: this process was suspended, or the database takes
   * longer to answer than leases last. A database that is away is no such case, because then nobody gets a lease.
   */
  get isDoubtful(): boolean {
    return Date.now() - this.knownAt > LEASE_SECONDS * 1000
  }

  /** Held shards that another worker should have; to be stored, then released. */
  surplus(): number[] {
    return [...this.held.keys()].slice(Math.min(this.share, this.held.size))
  }

  async start(): Promise<void> {
    await this.renew()
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.renew()).catch((err: unknown) => {
        if (!this.isDoubtful) this.knownAt = Date.now()
        this.log.warn({ err }, 'leases could not be renewed, trying again')
      })
    }, RENEW_EVERY_MILLISECONDS)
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.running
    const names = [...[...this.held.keys()].map(shardLeaseName), this.announcements + this.owner]
    this.held.clear()
    await releaseLeases(names, this.owner)
  }

  /** Gives a shard back at once, so that another worker need not wait for the lease to expire. */
  async release(shard: number): Promise<void> {
    if (this.held.delete(shard)) await releaseLeases([shardLeaseName(shard)], this.owner)
  }

  /** A commit found the lease under this epoch taken by another worker. */
  markLost(shard: number, epoch: bigint): void {
    if (this.held.get(shard) === epoch) this.held.delete(shard)
  }

  private async renew(): Promise<void> {
    const askedAt = Date.now()
    const before = [...this.held]
    const kept = await acquireLeases(
      [this.announcements + this.owner, ...before.map(([shard]) => shardLeaseName(shard))],
      this.owner,
      LEASE_SECONDS,
    )
    for (const [shard, epoch] of before) {
      // A changed epoch means another worker had it in between: what was computed since must not count.
      if (kept.get(shardLeaseName(shard)) !== epoch) {
        this.log.warn({ shard }, 'another worker took this shard over')
        this.markLost(shard, epoch)
      }
    }
    this.knownAt = askedAt
    await deleteExpiredLeases(WORKER_LEASE_PREFIX)
    this.share = fairShare(this.shards.length, await countLiveLeases(this.announcements))
    for (const shard of this.shards) {
      if (this.held.size >= this.share) return
      if (this.held.has(shard)) continue
      const name = shardLeaseName(shard)
      const epoch = (await acquireLeases([name], this.owner, LEASE_SECONDS)).get(name)
      if (epoch !== undefined) this.held.set(shard, epoch)
    }
  }
}
