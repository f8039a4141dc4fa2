import {
  claimJob,
  finishJob,
  JobLostError,
  MOST_ATTEMPTS,
  releaseJob,
  type BackgroundJob,
  type JobKind,
} from '@/lib/data/background-jobs'
import type { Logger } from '@/lib/infra/logger'
import { UsageError } from '@/lib/infra/usage-error'
import { JobCancelledError, JobHandedOverError, progressOf, type Progress } from './job-progress'

/** Processes that work off jobs announce themselves by a lease of this prefix. */
export const JOBS_LEASE_PREFIX = 'jobs:'

export interface JobContext {
  owner: string
  stopped: AbortSignal
  log: Logger
}

/**
 * Takes jobs of a kind one after the other until none waits.
 * @param work does one job; its result is kept with the job
 * @param over hears of each one that is over for good, however it ended
 */
export async function workOffJobs(
  kind: JobKind,
  { owner, stopped, log }: JobContext,
  work: (job: BackgroundJob, progress: Progress) => Promise<unknown>,
  over: (job: BackgroundJob) => void = () => {},
): Promise<void> {
  while (!stopped.aborted) {
    const job = await claimJob(kind, owner)
    if (!job) return
    log.info({ job: job.id, kind, buildingKey: job.buildingKey, attempt: job.attempts }, 'a job begins')
    try {
      const result = await work(job, progressOf(job.id, owner, stopped))
      await finishJob(job.id, owner, 'done', result, null)
      log.info({ job: job.id }, 'a job is done')
      over(job)
    } catch (err) {
      if (err instanceof JobHandedOverError) await releaseJob(job.id, owner)
      else if (err instanceof JobLostError) log.warn({ job: job.id }, 'another process goes on with a job')
      else if (err instanceof JobCancelledError) {
        await finishJob(job.id, owner, 'cancelled', null, null)
        log.info({ job: job.id }, 'a job was cancelled')
      } else if (err instanceof UsageError) {
        await finishJob(job.id, owner, 'failed', null, err.message)
        log.warn({ job: job.id, reason: err.message }, 'a job cannot be done')
      } else if (job.attempts < MOST_ATTEMPTS) {
        // Whoever comes next after the lease goes on where it stopped: a database may have been away.
        log.error({ err, job: job.id, attempt: job.attempts }, 'a job stopped with an error and is tried again')
      } else {
        log.error({ err, job: job.id }, 'a job failed')
        await finishJob(job.id, owner, 'failed', null, 'It stopped with an error, which is in the log. Try it again.')
      }
    }
  }
}
