import { estimateRequestSchema, estimateStateSchema } from '@/lib/contracts/import-jobs'
import { saveJobState, type BackgroundJob } from '@/lib/data/background-jobs'
import { QUARTER_SECONDS } from '@/lib/data/import-write'
import type { SessionModel } from '@/lib/nilm/session-model'
import { estimateStretch } from './estimate-stretch'
import { joinQuarters } from './import-counts'
import type { Progress } from './job-progress'

/** Runs the models over a job's stretches, from where it stopped. @throws what `progress` throws */
export async function runEstimateJob(
  job: BackgroundJob,
  owner: string,
  model: { session: SessionModel; versionId: number },
  progress: Progress,
): Promise<{ seconds: number }> {
  const { stretches } = estimateRequestSchema.parse(job.request)
  const joined = joinQuarters(stretches, [])
  const allSeconds = joined.reduce((sum, [first, last]) => sum + (last + 1 - first) * QUARTER_SECONDS, 0)
  const state = estimateStateSchema.safeParse(job.state).data ?? { done: 0, reachedSeconds: null }
  let doneSeconds = 0
  for (const [index, [first, last]] of joined.entries()) {
    const fromSeconds = first * QUARTER_SECONDS
    const toSeconds = (last + 1) * QUARTER_SECONDS
    if (index >= state.done) {
      const begun = index === state.done ? state.reachedSeconds : null
      await estimateStretch(
        {
          buildingKey: job.buildingKey,
          fromSeconds: begun === null ? fromSeconds : Math.max(fromSeconds, begun),
          toSeconds,
          model: model.session,
          modelVersionId: model.versionId,
        },
        {
          async progress(reachedSeconds) {
            const share = (doneSeconds + Math.max(0, reachedSeconds - fromSeconds)) / allSeconds
            await progress(
              Math.min(1, share),
              `the models have reached ${new Date(reachedSeconds * 1000).toISOString().slice(0, 16)}Z`,
            )
          },
          save: (client, reachedSeconds) =>
            saveJobState(
              client,
              job.id,
              owner,
              reachedSeconds >= toSeconds ? { done: index + 1, reachedSeconds: null } : { done: index, reachedSeconds },
            ),
        },
      )
    }
    doneSeconds += toSeconds - fromSeconds
  }
  return { seconds: allSeconds }
}
