import { setTimeout as sleep } from 'node:timers/promises'
import {
  anyJobWaiting,
  endCancelledJob,
  finishJob,
  isCancelRequested,
  type LearningJobRow,
  releaseJob,
  requestDueJobs,
  stopJob,
  takeJob,
} from '@/lib/data/learning-jobs'
import type { Logger } from '@/lib/infra/logger'
import type { SessionModel } from '@/lib/nilm/session-model'
import { learnHome } from '@/lib/services/learn-home'
import { sentenceOf } from './sentence-of'

const POLL_MILLISECONDS = 2_000
const LOOK_FOR_CANCEL_EVERY_MILLISECONDS = 1_000
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
  const isOurs = () => options.isHolder() && !stopped.aborted
  let model: SessionModel | undefined
  try {
    while (isOurs()) {
      const job = await takeJob(options.modelVersionId)
      if (!job) return
      try {
        model ??= await options.loadModel()
        await learnOne(job, model, options, isOurs)
      } catch (err) {
        options.log.error({ err, job: job.id }, 'a home could not be learned')
        await stopJob(job, sentenceOf(err))
      }
    }
  } finally {
    await model?.close()
  }
}

async function learnOne(
  job: LearningJobRow,
  model: SessionModel,
  { modelVersionId, log }: LearningLoopOptions,
  isOurs: () => boolean,
): Promise<void> {
  let isCancelled = false
  const look = () => void isCancelRequested(job.id).then((is) => (isCancelled = is), () => {})
  const timer = setInterval(look, LOOK_FOR_CANCEL_EVERY_MILLISECONDS)
  try {
    const learned = await learnHome(job, model, modelVersionId, () => isOurs() && !isCancelled)
    const of = { job: job.id, buildingKey: job.buildingKey }
    if (learned !== null) {
      const isDone = await finishJob(job, learned.labelsReadAt, learned.outcomes)
      if (isDone) log.info({ ...of, outcome: learned.outcomes }, 'learned a home')
      else log.warn(of, 'another process learns this home')
    } else if (isCancelled) {
      await endCancelledJob(job)
      log.info(of, 'learning a home was cancelled')
    } else await releaseJob(job)
  } finally {
    clearInterval(timer)
  }
}
