import { workSchema } from '@/lib/contracts/jobs'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { getWorkOf } from '@/lib/services/jobs'
import { jobParamsSchema } from './job-params'

export const dynamic = 'force-dynamic'

export const GET = handle({
  summary: 'One job with its progress',
  permission: 'job:manage',
  params: jobParamsSchema,
  answer: workSchema,
  async run({ user, params }) {
    const work = await getWorkOf(user, params.id)
    if (!work) throw notFound('job')
    return work
  },
})
