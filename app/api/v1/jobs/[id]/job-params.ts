import { z } from 'zod'
import type { Work } from '@/lib/contracts/jobs'
import { conflict, notFound } from '@/lib/http/problem'
import { JobRefusedError } from '@/lib/services/jobs'

export const jobParamsSchema = z.object({ id: z.string().min(1).max(100) })

/** What came of a change, as the API answers it. */
export async function answerChange(change: Promise<Work | null>): Promise<Work> {
  const work = await change.catch((error: unknown) => {
    throw error instanceof JobRefusedError ? conflict(error.message) : error
  })
  if (!work) throw notFound('job')
  return work
}
