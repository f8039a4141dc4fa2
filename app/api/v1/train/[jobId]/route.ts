import { z } from 'zod'
import { placeIdSchema } from '@/lib/contracts/sites'
import { trainingJobSchema } from '@/lib/contracts/training'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { getTrainingOf } from '@/lib/services/training'

export const GET = handle({
  summary: 'Progress and result of a training job',
  permission: 'site:read',
  params: z.object({ jobId: placeIdSchema }),
  answer: trainingJobSchema,
  async run({ user, params }) {
    const job = await getTrainingOf(user, params.jobId)
    if (!job) throw notFound(`training job ${params.jobId}`)
    return job
  },
})
