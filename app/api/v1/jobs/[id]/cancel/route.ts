import { workSchema } from '@/lib/contracts/jobs'
import { handle } from '@/lib/http/handler'
import { cancelWorkOf, getWorkOf } from '@/lib/services/jobs'
import { answerChange, jobParamsSchema } from '../job-params'

export const dynamic = 'force-dynamic'

export const POST = handle({
  summary: 'Stop a job that waits or runs',
  description: 'One that runs stops by itself soon; what it stored so far stays.',
  permission: 'job:manage',
  params: jobParamsSchema,
  answer: workSchema,
  audit: {
    action: 'job.cancel',
    target: ({ params }) => params.id,
    before: ({ user, params }) => getWorkOf(user, params.id),
  },
  run: ({ user, params }) => answerChange(cancelWorkOf(user, params.id)),
})
