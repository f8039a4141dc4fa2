import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@/lib/infra/logger'
import { processMetrics } from '@/lib/infra/process-metrics'
import type { LiveStore, LiveUpdate, StreamEntry } from '@/lib/live/live-store'
import { BuildingPipeline, type PipelineOptions } from '@/lib/services/building-pipeline'
import { Committer, MAX_UNSTORED_READINGS } from './committer'
import { HeadFollower } from './head-follower'
import { LeaseKeeper, shardLeaseName } from './lease-keeper'

const COMMIT_EVERY_MILLISECONDS = 1_000
const READ_COUNT = 4_000
const READ_BLOCK_MILLISECONDS = 250
const RETRY_MILLISECONDS = 500
const DOUBT_MILLISECONDS = 50
/** A building that has been silent this long leaves memory; its next reading brings it back from what is stored. */
const IDLE_MILLISECONDS = 30 * 60_000
const LOOK_FOR_IDLE_EVERY_MILLISECONDS = 60_000

export interface WorkerOptions extends PipelineOptions {
  /** Workers of one group want the same shards and share them. */
  group: string
  /** Shards this worker may lease. */
  shards: readonly number[]
  modelVersionId: number
}

/**
 * Reads the leased shards of the stream, runs the models and publishes at once; stores about once a second, and acknowledges
 * what is stored. The database holds everything a successor needs, so this process may die at any instruction.
 *
 * One loop does everything that changes which buildings are served; leases and commits only leave notes for it.
 */
export class InferenceWorker {
  private readonly pipelines = new Map<string, BuildingPipeline>()
  /** Shards whose left-over entries were claimed, with the epoch under which they are served. */
  private readonly serving = new Map<number, bigint>()
  private readonly leases: LeaseKeeper
  private readonly committer: Committer
  private readonly heads: HeadFollower
  /** Shards with a building that was removed meanwhile; they start again from what is stored. */
  private readonly outdated = new Set<number>()
  private stopping = false
  private lookedForIdleAt = Date.now()
  private loop: Promise<void> = Promise.resolve()
  private commitTimer: NodeJS.Timeout | undefined

  constructor(
    private readonly store: LiveStore,
    private readonly options: WorkerOptions,
    private readonly log: Logger,
  ) {
    this.leases = new LeaseKeeper(options.worker, options.group, options.shards, log)
    this.heads = new HeadFollower(options.engine.model.version, log)
    this.committer = new Committer(
      store,
      options.worker,
      options.modelVersionId,
      () => this.pipelines.values(),
      (shard, epoch) => this.leases.markLost(shard, epoch),
      (pipeline) => this.outdated.add(pipeline.shard),
      log,
    )
  }

  /** What it serves now, for those who watch over it. */
  get facts(): { shards: number; buildings: number; unstoredReadings: number } {
    return { shards: this.serving.size, buildings: this.pipelines.size, unstoredReadings: this.unstoredReadings }
  }

  async start(): Promise<void> {
    await this.leases.start()
    this.commitTimer = setInterval(() => void this.committer.commit(), COMMIT_EVERY_MILLISECONDS)
    this.loop = this.run()
  }

  /** Stops reading, stores everything with a checkpoint, gives the leases back. */
  async stop(): Promise<void> {
    this.stopping = true
    clearInterval(this.commitTimer)
    await this.loop
    await this.settle([...this.pipelines.values()])
    for (const shard of [...this.serving.keys()]) await this.forgetShard(shard)
    await this.leases.stop()
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.waitWhileFull()
        await this.waitWhileDoubtful()
        await this.followLeases()
        await this.restartOutdated()
        const shards = [...this.serving.keys()].filter((shard) => this.isOurs(shard))
        if (shards.length === 0) {
          await sleep(READ_BLOCK_MILLISECONDS)
          continue
        }
        const entries = await this.store.read(shards, this.options.worker, {
          count: READ_COUNT,
          blockMilliseconds: READ_BLOCK_MILLISECONDS,
          mayTake: () => !this.leases.isDoubtful,
        })
        await this.waitWhileDoubtful()
        await this.handle(entries, false)
        await this.heads.follow([...this.pipelines.values()])
        await this.closeIdle()
      } catch (err) {
        this.log.warn({ err }, 'reading the stream failed, trying again')
        await sleep(RETRY_MILLISECONDS)
      }
    }
  }

  private isOurs(shard: number): boolean {
    const epoch = this.serving.get(shard)
    return epoch !== undefined && this.leases.holding.get(shard) === epoch
  }

  private async followLeases(): Promise<void> {
    for (const shard of [...this.serving.keys()]) {
      if (this.isOurs(shard)) continue
      this.log.warn({ shard }, 'a successor stores this shard now; dropping what was not stored')
      await this.forgetShard(shard)
    }
    for (const shard of this.leases.surplus()) {
      await this.settle([...this.pipelines.values()].filter((pipeline) => pipeline.shard === shard))
      await this.forgetShard(shard)
      await this.leases.release(shard)
      this.log.info({ shard }, 'gave a shard up to another worker')
    }
    for (const [shard, epoch] of [...this.leases.holding]) {
      if (!this.serving.has(shard)) await this.takeOver(shard, epoch)
    }
  }

  private async takeOver(shard: number, epoch: bigint): Promise<void> {
    const left = await this.store.claim(shard, this.options.worker)
    if (this.leases.holding.get(shard) !== epoch) return
    this.serving.set(shard, epoch)
    if (left.length > 0) this.log.info({ shard, entries: left.length }, 'took over what another worker had not stored')
    await this.handle(left, true)
  }

  /** A building that was removed is not to be stored any more; if its meter goes on, it is registered anew. */
  private async restartOutdated(): Promise<void> {
    for (const shard of [...this.outdated]) {
      this.log.info({ shard }, 'a building was removed; its shard starts again from what is stored')
      await this.restartShard(shard)
      this.outdated.delete(shard)
    }
  }

  private get unstoredReadings(): number {
    return [...this.pipelines.values()].reduce((sum, pipeline) => sum + pipeline.unstoredReadings, 0)
  }

  private async waitWhileFull(): Promise<void> {
    while (!this.stopping && this.outdated.size === 0 && this.unstoredReadings >= MAX_UNSTORED_READINGS) {
      if (!(await this.committer.commit())) await sleep(RETRY_MILLISECONDS)
    }
  }

  /** A worker that wakes up after its leases ran out would take readings from its successor, which gets them back too late. */
  private async waitWhileDoubtful(): Promise<void> {
    while (!this.stopping && this.leases.isDoubtful) await sleep(DOUBT_MILLISECONDS)
  }

  private async handle(entries: readonly StreamEntry[], redelivered: boolean): Promise<void> {
    const byBuilding = new Map<string, StreamEntry[]>()
    for (const entry of entries) {
      // Lost between reading and now: unacknowledged, so the successor gets it.
      if (!this.isOurs(entry.shard)) continue
      const list = byBuilding.get(entry.sample.buildingId)
      if (list) list.push(entry)
      else byBuilding.set(entry.sample.buildingId, [entry])
    }
    const failed = new Set<number>()
    const updates = await Promise.all(
      [...byBuilding].map(async ([buildingId, list]) => {
        const shard = list[0]?.shard ?? 0
        try {
          return await (await this.pipelineOf(buildingId, shard)).process(list, redelivered)
        } catch (err) {
          this.log.error({ err, buildingId }, 'a building failed; its shard starts again from what is stored')
          failed.add(shard)
          return null
        }
      }),
    )
    await this.publish(updates.filter((update) => update !== null))
    for (const shard of failed) await this.restartShard(shard)
  }

  private async pipelineOf(buildingId: string, shard: number): Promise<BuildingPipeline> {
    const known = this.pipelines.get(buildingId)
    if (known) return known
    const lease = { name: shardLeaseName(shard), epoch: this.serving.get(shard) ?? 0n }
    try {
      const opened = await BuildingPipeline.open(buildingId, shard, lease, this.options)
      this.pipelines.set(buildingId, opened)
      return opened
    } catch (error) {
      await this.options.engine.closeBuilding(buildingId)
      throw error
    }
  }

  /** Nothing that was not stored was acknowledged: no longer serving the shard, the loop claims it again. */
  private async restartShard(shard: number): Promise<void> {
    // What the shard's other buildings have must not wait for the one that fails.
    await this.committer.commit([...this.pipelines.values()].filter((pipeline) => pipeline.shard === shard))
    await this.forgetShard(shard)
    await sleep(RETRY_MILLISECONDS)
  }

  private async closeIdle(): Promise<void> {
    if (Date.now() - this.lookedForIdleAt < LOOK_FOR_IDLE_EVERY_MILLISECONDS) return
    this.lookedForIdleAt = Date.now()
    const idle = [...this.pipelines.values()].filter((pipeline) => pipeline.idleMilliseconds > IDLE_MILLISECONDS)
    if (idle.length === 0 || !(await this.settle(idle))) return
    for (const pipeline of idle) await this.forget(pipeline)
    this.log.info({ buildings: idle.length }, 'closed buildings that have been silent')
  }

  /** Brings these buildings' estimates and checkpoints up to date and stores them. @returns whether they are stored */
  private async settle(pipelines: readonly BuildingPipeline[]): Promise<boolean> {
    const updates = await Promise.all(pipelines.map((pipeline) => pipeline.settle()))
    await this.publish(updates.filter((update) => update !== null))
    return this.committer.commit(pipelines)
  }

  private async publish(updates: readonly LiveUpdate[]): Promise<void> {
    if (updates.length === 0) return
    for (const { message } of updates) processMetrics().inference.observe(message.inference_time_ms / 1000)
    try {
      await this.store.publishMany(updates)
    } catch (err) {
      // What is live is worth nothing later; what is stored does not depend on it.
      this.log.warn({ err }, 'predictions could not be published')
    }
  }

  private async forgetShard(shard: number): Promise<void> {
    this.serving.delete(shard)
    for (const pipeline of [...this.pipelines.values()]) if (pipeline.shard === shard) await this.forget(pipeline)
  }

  private async forget(pipeline: BuildingPipeline): Promise<void> {
    this.pipelines.delete(pipeline.buildingId)
    await pipeline.close()
  }
}
