import { workSchema } from '@/lib/contracts/jobs'
import { handle } from '@/lib/http/handler'
import { retryWorkOf, getWorkOf } from '@/lib/services/jobs'
import { answerChange, jobParamsSchema } from '../job-params'

export const dynamic = 'force-dynamic'

export const POST = handle({
  summary: 'Let a job that failed or was cancelled go on',
  description: 'An import goes on where it stopped.',
  permission: 'job:manage',
  params: jobParamsSchema,
  answer: workSchema,
  audit: {
    action: 'job.retry',
    target: ({ params }) => params.id,
    before: ({ user, params }) => getWorkOf(user, params.id),
  },
  run: ({ user, params }) => answerChange(retryWorkOf(user, params.id)),
})
