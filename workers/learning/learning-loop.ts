import { setTimeout as sleep } from 'node:timers/promises'
import { anyJobWaiting, finishJob, requestDueJobs, takeJob } from '@/lib/data/learning-jobs'
import type { Logger } from '@/lib/infra/logger'
import type { SessionModel } from '@/lib/nilm/session-model'
import { learnHome } from '@/lib/services/learn-home'

const POLL_MILLISECONDS = 2_000
const LOOK_FOR_DUE_EVERY_MILLISECONDS = 30_000
/** Labels come in bursts; learning begins when nobody has labelled for so long. */
const QUIET_SECONDS = 120

export interface LearningLoopOptions {
  loadModel: () => Promise<SessionModel>
  modelVersionId: number
  /** Whether the work is ours. */
  isHolder: () => boolean
  log: Logger
}

/** Learns from labels, one home after the other, in whichever process holds the lease. @returns how to stop it */
export function startLearningLoop(options: LearningLoopOptions): () => Promise<void> {
  const stop = new AbortController()
  const running = run(options, stop.signal)
  return async () => {
    stop.abort()
    await running
  }
}

async function run(options: LearningLoopOptions, stopped: AbortSignal): Promise<void> {
  const { log, isHolder, modelVersionId } = options
  let lookedForDueAt = 0
  while (!stopped.aborted) {
    try {
      if (isHolder()) {
        if (Date.now() - lookedForDueAt > LOOK_FOR_DUE_EVERY_MILLISECONDS) {
          lookedForDueAt = Date.now()
          await requestDueJobs(modelVersionId, QUIET_SECONDS)
        }
        if (await anyJobWaiting()) await workOff(options, stopped)
      }
    } catch (err) {
      log.warn({ err }, 'learning is held up, trying again')
    }
    await sleep(POLL_MILLISECONDS, undefined, { signal: stopped }).catch(() => {})
  }
}

/** The model is in memory only while there is something to learn. */
async function workOff(options: LearningLoopOptions, stopped: AbortSignal): Promise<void> {
  const { log, modelVersionId } = options
  const isOurs = () => options.isHolder() && !stopped.aborted
  const model = await options.loadModel()
  try {
    while (isOurs()) {
      const job = await takeJob(modelVersionId)
      if (!job) return
      try {
        const outcome = await learnHome(job, model, modelVersionId, isOurs)
        if (outcome === null) return
        await finishJob(job.id, outcome, null)
        log.info({ job: job.id, buildingKey: job.buildingKey, outcome }, 'learned a home')
      } catch (err) {
        log.error({ err, job: job.id }, 'a home could not be learned')
        await finishJob(job.id, null, 'Learning stopped with an error; it is in the log. Start it again.')
      }
    }
  } finally {
    await model.close()
  }
}
