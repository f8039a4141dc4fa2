import { commitWrites } from '@/lib/services/commit-writes'
import { isEmpty, mergeFailed, type BuildingWrites } from '@/lib/services/pending-writes'
import type { Logger } from '@/lib/infra/logger'
import type { LiveStore } from '@/lib/live/live-store'
import type { BuildingPipeline } from '@/lib/services/building-pipeline'

/** Readings held in memory before the worker stops reading more; the stream keeps the rest. */
export const MAX_UNSTORED_READINGS = 50_000

/**
 * Moves what the pipelines computed into the database and only then acknowledges the stream entries it came from. While the
 * database is away everything is kept, bounded because the worker stops reading.
 */
export class Committer {
  private running: Promise<void> = Promise.resolve()
  private acknowledgeLater: BuildingWrites['entries'] = []

  constructor(
    private readonly store: LiveStore,
    private readonly owner: string,
    private readonly modelVersionId: number,
    private readonly pipelines: () => Iterable<BuildingPipeline>,
    private readonly onLeaseLost: (shard: number) => Promise<void>,
    private readonly log: Logger,
  ) {}

  /** Stores everything pending of the given buildings (all by default). Never rejects; returns whether it is stored. */
  commit(only?: readonly BuildingPipeline[]): Promise<boolean> {
    const done = this.running.then(() => this.commitNow(only ?? [...this.pipelines()]))
    this.running = done.then(() => undefined)
    return done
  }

  private async commitNow(pipelines: readonly BuildingPipeline[]): Promise<boolean> {
    await this.acknowledge()
    const taken = pipelines
      .map((pipeline) => ({ pipeline, writes: pipeline.takeWrites() }))
      .filter(({ pipeline, writes }) => {
        if (!isEmpty(writes)) return true
        pipeline.putBack((since) => mergeFailed(writes, since))
        return false
      })
    if (taken.length === 0) return true
    try {
      const lost = await commitWrites(taken.map(({ writes }) => writes), this.modelVersionId, { owner: this.owner })
      for (const { pipeline, writes } of taken) {
        if (lost.has(writes)) await this.onLeaseLost(pipeline.shard)
        else this.acknowledgeLater.push(...writes.entries)
      }
    } catch (err) {
      for (const { pipeline, writes } of taken) pipeline.putBack((since) => mergeFailed(writes, since))
      this.log.warn({ err }, 'the database did not take the readings, keeping them and trying again')
      return false
    }
    await this.acknowledge()
    return true
  }

  private async acknowledge(): Promise<void> {
    if (this.acknowledgeLater.length === 0) return
    const entries = this.acknowledgeLater
    try {
      await this.store.acknowledge(entries)
      this.acknowledgeLater = this.acknowledgeLater.slice(entries.length)
    } catch (err) {
      // Stored but not acknowledged: they may come again, and will be recognised by building and time.
      this.log.warn({ err }, 'the live store did not take acknowledgements, trying again')
    }
  }
}
