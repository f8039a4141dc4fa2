import { existsSync } from 'node:fs'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { importRequestSchema } from '@/lib/contracts/import-jobs'
import { WORK_STATES, type Work, type WorkPage, type WorkQuery } from '@/lib/contracts/jobs'
import { cancelJob, findJob, retryJob } from '@/lib/data/background-jobs'
import { cancelLearningJob, retryLearningJob } from '@/lib/data/learning-jobs'
import { countWork, findWork, LEARNING, listWork } from '@/lib/data/work'

/** Why a job cannot be changed as asked, for the person who asked. */
export class JobRefusedError extends Error {
  override name = 'JobRefusedError'
}

/** Jobs of the sites a user may see, newest first. */
export async function listWorkOf(user: CurrentUser, { before, limit, ...filter }: WorkQuery): Promise<WorkPage> {
  // One more than is shown tells whether there are older ones.
  const [found, counts] = await Promise.all([listWork(user, { ...filter, beforeId: before, limit: limit + 1 }), countWork(user)])
  const data = found.slice(0, limit)
  return {
    data,
    counts: Object.fromEntries(WORK_STATES.map((state) => [state, counts.get(state) ?? 0])) as WorkPage['counts'],
    next: found.length > limit ? (data.at(-1)?.id ?? null) : null,
  }
}

/** One of them; null where there is none that the user may see. */
export const getWorkOf = (user: CurrentUser, id: string): Promise<Work | null> => findWork(user, id)

/** Stops a job that waits or runs; one that runs stops by itself soon. @throws JobRefusedError */
export async function cancelWorkOf(user: CurrentUser, id: string): Promise<Work | null> {
  const work = await findWork(user, id)
  if (!work) return null
  if (!(await (work.kind === LEARNING ? cancelLearningJob(id) : cancelJob(id)))) {
    throw new JobRefusedError('It is over already. Only a job that waits or runs can be cancelled.')
  }
  return findWork(user, id)
}

/** Lets a job that failed or was cancelled go on where it stopped. @throws JobRefusedError */
export async function retryWorkOf(user: CurrentUser, id: string): Promise<Work | null> {
  const work = await findWork(user, id)
  if (!work) return null
  if (work.state !== 'failed' && work.state !== 'cancelled') {
    throw new JobRefusedError('Only a job that failed or was cancelled can be tried again.')
  }
  if (work.kind === 'import' && !(await hasFile(id))) {
    throw new JobRefusedError('The file of this import is no longer on the server. Upload it again.')
  }
  if (!(await unlessAnotherWaits(work.kind === LEARNING ? retryLearningJob(id) : retryJob(id)))) {
    throw new JobRefusedError('Another job for the same building waits already and does the same.')
  }
  return findWork(user, id)
}

async function hasFile(id: string): Promise<boolean> {
  const request = importRequestSchema.safeParse((await findJob(id))?.request)
  return request.success && existsSync(request.data.file)
}

const UNIQUE_VIOLATION = '23505'

/** For each building at most one waits, of learning and of estimates. Another may have been asked for at the same moment. */
async function unlessAnotherWaits(retried: Promise<boolean>): Promise<boolean> {
  try {
    return await retried
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) return false
    throw error
  }
}
