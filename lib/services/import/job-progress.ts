import { JobLostError, reportJob } from '@/lib/data/background-jobs'

const REPORT_EVERY_MILLISECONDS = 1_000

/** Somebody cancelled the job; what it stored stays. */
export class JobCancelledError extends Error {
  override name = 'JobCancelledError'
}

/** This process is about to end; another one goes on with the job. */
export class JobHandedOverError extends Error {
  override name = 'JobHandedOverError'
}

export type Progress = (share: number, message: string) => Promise<void>

/**
 * Reports a job's progress about once a second, which also keeps it ours.
 * @param watch hears each report
 * @returns what to call often; it throws JobCancelledError, JobHandedOverError or JobLostError where the work must stop
 */
export function progressOf(
  id: string,
  owner: string,
  stopped: AbortSignal,
  watch: (share: number, message: string) => void = () => {},
): Progress {
  let reportedAt = Number.NEGATIVE_INFINITY
  return async (share, message) => {
    if (stopped.aborted) throw new JobHandedOverError('This process ends.')
    if (Date.now() - reportedAt < REPORT_EVERY_MILLISECONDS) return
    reportedAt = Date.now()
    watch(share, message)
    const isCancelled = await reportJob(id, owner, share, message).catch((error: unknown) => {
      // A database that is away for a moment is noticed where something is stored.
      if (error instanceof JobLostError) throw error
      return false
    })
    if (isCancelled) throw new JobCancelledError('Cancelled.')
  }
}
