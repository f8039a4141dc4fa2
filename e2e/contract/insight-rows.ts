import { z } from 'zod'
import { decimal, expect, expectProblem, expectStatus, moment, parseJson, readAnswer, share, text } from './expectations'
import { endpoint, type Row } from './row'

const HOUR_MILLISECONDS = 3_600_000

const anomalySchema = z.object({
  id: text,
  type: text,
  severity: text,
  timestamp: moment,
  value: z.number(),
  expectedValue: z.number(),
  /** %, signed. */
  deviation: z.number(),
  confidence: share,
})

const maintenanceSchema = z.object({
  assetId: text,
  assetName: text,
  type: text,
  priority: text,
  predictedFailureDate: moment.nullable(),
  daysUntilMaintenance: z.number().nullable(),
  confidence: share,
  recommendation: text,
})

const forecastSchema = z.object({
  success: z.literal(true),
  siteId: text,
  horizon: text,
  data: z.array(
    z.object({ timestamp: moment, predictedPower: decimal, confidence: decimal, lower95: decimal, upper95: decimal }),
  ),
})

const recommendationSchema = z.object({
  type: text,
  title: text,
  potentialSavings: z.number(),
  savingsPercentage: z.number(),
  priority: text,
  confidence: share,
})

const milliseconds = (given: string | number) => (typeof given === 'number' ? given * 1000 : Date.parse(given))

function insight<Output>(path: string, query: string, answer: z.ZodType<Output>, holds?: (output: Output) => void): Row {
  const row = endpoint({ method: 'GET', path, query, answer, ...(holds && { holds }) })
  return {
    ...row,
    async check(world) {
      await row.check(world)
      expectProblem(await world.ask('user', 'GET', path), [400, 422], 'siteId')
    },
  }
}

export const insightRows: readonly Row[] = [
  insight(
    '/api/v1/anomalies',
    '?siteId={site}',
    z.object({ success: z.literal(true), siteId: text, timestamp: moment, data: z.array(anomalySchema) }),
    ({ data }) => {
      for (const { id, value, expectedValue, deviation } of data) {
        expect(deviation === 0 || Math.sign(deviation) === Math.sign(value - expectedValue), `The deviation of ${id} has the wrong sign`)
      }
    },
  ),
  insight('/api/v1/maintenance', '?siteId={site}', z.object({ success: z.literal(true), data: z.array(maintenanceSchema) })),
  insight('/api/v1/forecast', '?siteId={site}&horizon=24h', forecastSchema, ({ horizon, data }) => {
    expect(horizon === '24h', `The horizon is ${horizon}`)
    expect(data.length > 0, 'Nothing is forecast')
    const times = data.map(({ timestamp }) => milliseconds(timestamp))
    expect(times.every((time, at) => at === 0 || time > (times[at - 1] ?? time)), 'The times do not grow')
    const reach = ((times.at(-1) ?? 0) - Date.now()) / HOUR_MILLISECONDS
    expect(reach > 20 && reach < 26, `A forecast of 24 h reaches ${reach.toFixed(1)} h ahead`)
    for (const { predictedPower, lower95, upper95, confidence } of data) {
      expect(Number(lower95) <= Number(predictedPower), `lower95 ${lower95} is above ${predictedPower}`)
      expect(Number(predictedPower) <= Number(upper95), `upper95 ${upper95} is below ${predictedPower}`)
      expect(Number(confidence) >= 0 && Number(confidence) <= 1, `The confidence is ${confidence}`)
    }
  }),
  insight(
    '/api/v1/optimization',
    '?siteId={site}',
    z.object({ success: z.literal(true), recommendations: z.array(recommendationSchema) }),
  ),
  {
    name: 'POST /api/v1/train',
    async check(world) {
      const body = { siteId: await world.foreignSite() }
      expectProblem(await world.ask('nobody', 'POST', '/api/v1/train', { body }), 401)
      expectProblem(await world.ask('user', 'POST', '/api/v1/train', { body }), [403, 404])
      const started = await world.ask('admin', 'POST', '/api/v1/train/', { body })
      expectStatus(started, [200, 201, 202])
      const { id, jobId, job_id } = readAnswer(started, z.looseObject({ id: text.optional(), jobId: text.optional(), job_id: text.optional() }))
      const job = jobId ?? job_id ?? id
      const where = started.headers.get('location') ?? (job && `/api/v1/train/${job}`)
      expect(Boolean(where), 'The answer names no job whose progress could be read')
      const progress = await world.ask('admin', 'GET', new URL(where ?? '', world.settings.baseUrl).pathname)
      expectStatus(progress, 200)
      expect(/status|state/i.test(JSON.stringify(parseJson(progress))), `The job says nothing of its state: ${progress.text}`)
    },
    async answers(world) {
      const answer = await world.ask('admin', 'POST', '/api/v1/train', { body: { siteId: await world.foreignSite() } })
      return answer.status < 300 ? answer.what : null
    },
  },
]
