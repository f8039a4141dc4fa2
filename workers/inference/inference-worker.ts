import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@/lib/infra/logger'
import type { LiveStore, LiveUpdate, StreamEntry } from '@/lib/live/live-store'
import { BuildingPipeline, type PipelineOptions } from '@/lib/services/building-pipeline'
import { Committer, MAX_UNSTORED_READINGS } from './committer'
import { LeaseKeeper, shardLeaseName } from './lease-keeper'

const COMMIT_EVERY_MILLISECONDS = 1_000
const READ_COUNT = 4_000
const READ_BLOCK_MILLISECONDS = 250
const RETRY_MILLISECONDS = 500
/** A building that has been silent this long leaves memory; its next reading brings it back from what is stored. */
const IDLE_MILLISECONDS = 30 * 60_000
const LOOK_FOR_IDLE_EVERY_MILLISECONDS = 60_000

export interface WorkerOptions extends PipelineOptions {
  /** Shards this worker may lease. */
  shards: readonly number[]
  modelVersionId: number
}

/**
 * Reads the leased shards of the stream, runs the models and publishes at once; stores about once a second, and acknowledges
 * what is stored. The database holds everything a successor needs, so this process may die at any instruction.
 */
export class InferenceWorker {
  private readonly pipelines = new Map<string, BuildingPipeline>()
  private readonly opening = new Map<number, bigint>()
  private readonly reading = new Set<number>()
  private readonly leases: LeaseKeeper
  private readonly committer: Committer
  private stopping = false
  private lookedForIdleAt = Date.now()
  private loop: Promise<void> = Promise.resolve()
  private commitTimer: NodeJS.Timeout | undefined
  /** Serialises what changes the set of pipelines with what uses it. */
  private exclusive: Promise<void> = Promise.resolve()

  constructor(
    private readonly store: LiveStore,
    private readonly options: WorkerOptions,
    private readonly log: Logger,
  ) {
    this.leases = new LeaseKeeper(
      options.worker,
      options.shards,
      {
        acquired: (shard, epoch) => void this.opening.set(shard, epoch),
        lost: (shard) => this.giveUpShard(shard),
      },
      log,
    )
    this.committer = new Committer(
      store,
      options.worker,
      options.modelVersionId,
      () => this.pipelines.values(),
      async (shard) => {
        this.log.warn({ shard }, 'a successor stores this shard now; dropping what was not stored')
        await this.forgetShard(shard)
        await this.leases.drop(shard)
      },
      log,
    )
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
    await this.leases.stop()
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.takeOverNewShards()
        if (this.reading.size === 0) {
          await sleep(READ_BLOCK_MILLISECONDS)
          continue
        }
        await this.waitWhileFull()
        const entries = await this.store.read([...this.reading], this.options.worker, {
          count: READ_COUNT,
          blockMilliseconds: READ_BLOCK_MILLISECONDS,
        })
        await this.handle(entries, false)
        await this.closeIdle()
      } catch (err) {
        this.log.warn({ err }, 'reading the stream failed, trying again')
        await sleep(RETRY_MILLISECONDS)
      }
    }
  }

  private async takeOverNewShards(): Promise<void> {
    for (const [shard, epoch] of [...this.opening]) {
      if (this.leases.epochOf(shard) !== epoch) {
        this.opening.delete(shard)
        continue
      }
      const left = await this.store.claim(shard, this.options.worker)
      if (left.length > 0) this.log.info({ shard, entries: left.length }, 'took over what another worker had not stored')
      await this.handle(left, true)
      this.opening.delete(shard)
      this.reading.add(shard)
    }
  }

  private async waitWhileFull(): Promise<void> {
    const unstored = () => [...this.pipelines.values()].reduce((sum, pipeline) => sum + pipeline.unstoredReadings, 0)
    while (!this.stopping && unstored() >= MAX_UNSTORED_READINGS) {
      if (!(await this.committer.commit())) await sleep(RETRY_MILLISECONDS)
    }
  }

  private async handle(entries: readonly StreamEntry[], redelivered: boolean): Promise<void> {
    const byBuilding = new Map<string, StreamEntry[]>()
    for (const entry of entries) {
      const list = byBuilding.get(entry.sample.buildingId)
      if (list) list.push(entry)
      else byBuilding.set(entry.sample.buildingId, [entry])
    }
    await this.exclusively(async () => {
      const updates = await Promise.all(
        [...byBuilding].map(([buildingId, list]) => this.handleBuilding(buildingId, list, redelivered)),
      )
      await this.publish(updates.filter((update) => update !== null))
    })
  }

  private async handleBuilding(
    buildingId: string,
    entries: readonly StreamEntry[],
    redelivered: boolean,
  ): Promise<LiveUpdate | null> {
    const shard = entries[0]?.shard ?? 0
    const epoch = this.leases.epochOf(shard)
    // Not ours any more: unacknowledged, so the successor gets them.
    if (epoch === undefined) return null
    for (;;) {
      try {
        let pipeline = this.pipelines.get(buildingId)
        if (!pipeline) {
          pipeline = await BuildingPipeline.open(buildingId, shard, { name: shardLeaseName(shard), epoch }, this.options)
          this.pipelines.set(buildingId, pipeline)
        }
        return await pipeline.process(entries, redelivered)
      } catch (err) {
        if (this.pipelines.has(buildingId)) {
          this.log.error({ err, buildingId }, 'a building failed; its shard starts again from what is stored')
          await this.restartShard(shard, epoch)
          return null
        }
        this.log.warn({ err, buildingId }, 'a building could not be opened, trying again')
        await this.options.engine.closeBuilding(buildingId)
        await sleep(RETRY_MILLISECONDS)
        if (this.stopping) return null
      }
    }
  }

  /** Nothing that was not stored was acknowledged, so claiming the shard again brings it back. */
  private async restartShard(shard: number, epoch: bigint): Promise<void> {
    await this.forgetShard(shard)
    await sleep(RETRY_MILLISECONDS)
    this.opening.set(shard, epoch)
  }

  private async closeIdle(): Promise<void> {
    if (Date.now() - this.lookedForIdleAt < LOOK_FOR_IDLE_EVERY_MILLISECONDS) return
    this.lookedForIdleAt = Date.now()
    const idle = [...this.pipelines.values()].filter((pipeline) => pipeline.idleMilliseconds > IDLE_MILLISECONDS)
    if (idle.length === 0) return
    await this.exclusively(async () => {
      for (const pipeline of idle) await pipeline.settle()
      if (!(await this.committer.commit(idle))) return
      for (const pipeline of idle) {
        this.pipelines.delete(pipeline.buildingId)
        await pipeline.close()
      }
      this.log.info({ buildings: idle.length }, 'closed buildings that have been silent')
    })
  }

  private async publish(updates: readonly LiveUpdate[]): Promise<void> {
    if (updates.length === 0) return
    try {
      await this.store.publishMany(updates)
    } catch (err) {
      // What is live is worth nothing later; what is stored does not depend on it.
      this.log.warn({ err }, 'predictions could not be published')
    }
  }

  private async giveUpShard(shard: number): Promise<void> {
    await this.exclusively(async () => {
      const leaving = [...this.pipelines.values()].filter((pipeline) => pipeline.shard === shard)
      if (leaving.length === 0) return
      const updates = await Promise.all(leaving.map((pipeline) => pipeline.settle()))
      await this.publish(updates.filter((update) => update !== null))
      await this.committer.commit(leaving)
    })
    await this.forgetShard(shard)
  }

  private async forgetShard(shard: number): Promise<void> {
    this.reading.delete(shard)
    this.opening.delete(shard)
    for (const [buildingId, pipeline] of [...this.pipelines]) {
      if (pipeline.shard !== shard) continue
      this.pipelines.delete(buildingId)
      await pipeline.close()
    }
  }

  private exclusively(work: () => Promise<void>): Promise<void> {
    const done = this.exclusive.then(work)
    this.exclusive = done.catch(() => undefined)
    return done
  }
}
