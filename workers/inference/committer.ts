import { commitWrites } from '@/lib/services/commit-writes'
import { isEmpty, mergeFailed, type BuildingWrites } from '@/lib/services/pending-writes'
import type { Logger } from '@/lib/infra/logger'
import { processMetrics } from '@/lib/infra/process-metrics'
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
    /** Only to be noted down: a commit waits for nobody. */
    private readonly onLeaseLost: (shard: number, epoch: bigint) => void,
    /** A building, or what belongs to it, was removed while this worker had it in memory. To be noted down as well. */
    private readonly onRemoved: (pipeline: BuildingPipeline) => void,
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
    const ended = processMetrics().commits.startTimer()
    try {
      const lost = await commitWrites(taken.map(({ writes }) => writes), this.modelVersionId, { owner: this.owner })
      ended()
      for (const { pipeline, writes } of taken) {
        if (lost.has(writes)) this.onLeaseLost(pipeline.shard, writes.leaseEpoch)
        else this.acknowledgeLater.push(...writes.entries)
      }
    } catch (err) {
      for (const { pipeline, writes } of taken) pipeline.putBack((since) => mergeFailed(writes, since))
      if (pipelines.length > 1 && isAboutTheData(err)) return this.commitOneByOne(pipelines, err)
      if (codeOf(err) === FOREIGN_KEY_VIOLATION) for (const { pipeline } of taken) this.onRemoved(pipeline)
      this.log.warn({ err }, 'the database did not take the readings, keeping them and trying again')
      return false
    }
    await this.acknowledge()
    return true
  }

  /** What the database rejects of one building must not hold up the others. */
  private async commitOneByOne(pipelines: readonly BuildingPipeline[], err: unknown): Promise<boolean> {
    this.log.error({ err }, 'the database rejects something; storing each building by itself')
    let all = true
    for (const pipeline of pipelines) all = (await this.commitNow([pipeline])) && all
    return all
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

/** PostgreSQL's classes 22 (data exception) and 23 (integrity): trying the same again cannot help. */
function isAboutTheData(error: unknown): boolean {
  return /^2[23]/.test(codeOf(error))
}

const FOREIGN_KEY_VIOLATION = '23503'

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
