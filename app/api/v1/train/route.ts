import { trainRequestSchema, trainStartedSchema } from '@/lib/contracts/training'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { startTrainingOf } from '@/lib/services/training'

export const POST = handle({
  summary: 'Train a site’s model in the background',
  description:
    'Answers at once with the job; `Location` and GET /api/v1/train/{jobId} tell its progress and what came of it. `model` is `appliances` ' +
    '(the home’s own heads, from what people say of past runs), `forecast` (all ways to forecast compared on the site’s own history) or ' +
    '`anomalies` (how strong something must be to be unusual, false alarms that were dismissed included). What was trained takes effect only ' +
    'where it is better on what it had not seen. A job that waits or runs already is answered as it is.',
  permission: 'home:teach',
  audit: { action: 'training.start', target: (_, answer) => answer?.jobId ?? null },
  body: trainRequestSchema,
  answer: trainStartedSchema,
  status: 202,
  async run({ user, body }) {
    const job = await startTrainingOf(user, body)
    if (!job) throw notFound(body.buildingId === undefined ? `site ${body.siteId} with a building` : `building ${body.buildingId}`)
    const started = { success: true as const, jobId: job.jobId, status: job.status }
    return Response.json(started, { status: 202, headers: { location: `/api/v1/train/${job.jobId}` } })
  },
})
