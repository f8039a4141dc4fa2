import { acquireLeases, countLiveLeases, deleteExpiredLeases, releaseLeases } from '@/lib/data/leases'
import type { Logger } from '@/lib/infra/logger'

const LEASE_SECONDS = 6
const RENEW_EVERY_MILLISECONDS = 1_500
const ANNOUNCEMENT_PREFIX = 'worker:'

export const shardLeaseName = (shard: number) => `shard:${shard}`

/** How many of `wanted` shards a worker should hold when `workers` share them: as even as whole numbers allow. */
export const fairShare = (wanted: number, workers: number) => Math.ceil(wanted / Math.max(1, workers))

export interface LeaseEvents {
  /** A shard is ours from now on; what its last owner left unacknowledged must be claimed first. */
  acquired(shard: number, epoch: bigint): void
  /** A shard is no longer ours: forget its buildings. Called before it is released when we give it up ourselves. */
  lost(shard: number): Promise<void>
}

/**
 * Keeps this worker's share of the stream shards leased. A worker that dies is noticed when its
 * leases expire; one that arrives gets its share because the others give up what exceeds theirs.
 */
export class LeaseKeeper {
  private held = new Map<number, bigint>()
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> = Promise.resolve()

  constructor(
    readonly owner: string,
    private readonly shards: readonly number[],
    private readonly events: LeaseEvents,
    private readonly log: Logger,
  ) {}

  epochOf(shard: number): bigint | undefined {
    return this.held.get(shard)
  }

  async start(): Promise<void> {
    await this.renew()
    this.timer = setInterval(() => {
      this.running = this.running.then(() => this.renew()).catch((err: unknown) => {
        this.log.warn({ err }, 'leases could not be renewed, trying again')
      })
    }, RENEW_EVERY_MILLISECONDS)
  }

  /** Gives everything back, so that others take over at once. */
  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.running
    const shards = [...this.held.keys()]
    for (const shard of shards) await this.drop(shard)
    await releaseLeases([...shards.map(shardLeaseName), ANNOUNCEMENT_PREFIX + this.owner], this.owner)
  }

  /** To be called when a commit found the lease taken by another worker. */
  async drop(shard: number): Promise<void> {
    if (!this.held.delete(shard)) return
    await this.events.lost(shard)
  }

  private async renew(): Promise<void> {
    const announcement = ANNOUNCEMENT_PREFIX + this.owner
    const names = [announcement, ...[...this.held.keys()].map(shardLeaseName)]
    const kept = await acquireLeases(names, this.owner, LEASE_SECONDS)
    for (const [shard, epoch] of [...this.held]) {
      // A changed epoch means another worker had it in between: what we computed since must not count.
      if (kept.get(shardLeaseName(shard)) !== epoch) {
        this.log.warn({ shard }, 'another worker took this shard over')
        await this.drop(shard)
      }
    }
    await deleteExpiredLeases(ANNOUNCEMENT_PREFIX)
    const share = fairShare(this.shards.length, await countLiveLeases(ANNOUNCEMENT_PREFIX))
    await this.giveUpBeyond(share)
    await this.takeUpTo(share)
  }

  private async giveUpBeyond(share: number): Promise<void> {
    for (const shard of [...this.held.keys()].slice(share)) {
      await this.drop(shard)
      await releaseLeases([shardLeaseName(shard)], this.owner)
      this.log.info({ shard }, 'gave a shard up to another worker')
    }
  }

  private async takeUpTo(share: number): Promise<void> {
    for (const shard of this.shards) {
      if (this.held.size >= share) return
      if (this.held.has(shard)) continue
      const name = shardLeaseName(shard)
      const epoch = (await acquireLeases([name], this.owner, LEASE_SECONDS)).get(name)
      if (epoch === undefined) continue
      this.held.set(shard, epoch)
      this.events.acquired(shard, epoch)
    }
  }
}
