import { findActiveHeadIds } from '@/lib/data/home-heads'
import type { Logger } from '@/lib/infra/logger'
import type { BuildingPipeline } from '@/lib/services/building-pipeline'

const EVERY_MILLISECONDS = 3_000

/** Notices which heads of their own this worker's buildings should have: one small question to the database every few seconds. */
export class HeadFollower {
  private askedAt = 0

  constructor(
    private readonly modelVersion: string,
    private readonly log: Logger,
  ) {}

  /** To be called from the loop that feeds the pipelines. Never rejects. */
  async follow(pipelines: readonly BuildingPipeline[]): Promise<void> {
    if (pipelines.length === 0 || Date.now() - this.askedAt < EVERY_MILLISECONDS) return
    this.askedAt = Date.now()
    try {
      const wanted = await findActiveHeadIds(pipelines.map(({ buildingKey }) => buildingKey), this.modelVersion)
      for (const pipeline of pipelines) {
        const headIds = wanted.get(pipeline.buildingKey) ?? []
        const changed = await pipeline.useHeads(headIds)
        if (changed) this.log.info({ buildingId: pipeline.buildingId, heads: headIds.length }, 'the home has other heads of its own now')
      }
    } catch (err) {
      this.log.warn({ err }, 'could not ask which heads homes have, trying again')
    }
  }
}
