import { z } from 'zod'
import { powerQualitySchema, QUALITY_RANGES } from '@/lib/contracts/power-quality'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { getPowerQualityOf } from '@/lib/services/power-quality'

export const GET = handle({
  summary: 'Voltage, frequency, power factor and distortion over time',
  description: 'With the limits of EN 50160.',
  permission: 'site:read',
  params: z.object({ id: placeIdSchema }),
  query: z.object({
    range: z.enum(QUALITY_RANGES).default('24h'),
    /** The site's first building by default. */
    buildingId: placeIdSchema.optional(),
  }),
  answer: powerQualitySchema,
  async run({ user, params, query }) {
    const quality = await getPowerQualityOf(user, params.id, query)
    if (!quality) throw notFound(`site ${params.id} or building ${query.buildingId ?? ''}`)
    return quality
  },
})
