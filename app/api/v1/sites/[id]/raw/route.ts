import { z } from 'zod'
import { EXPORT_FORMATS, rawDaySchema } from '@/lib/contracts/energy-export'
import { placeIdSchema } from '@/lib/contracts/sites'
import { fileResponse } from '@/lib/http/file-response'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { refused } from '@/lib/http/refusal'
import { exportName, rawTable } from '@/lib/services/energy-export'
import { getRawDayOf } from '@/lib/services/raw-day'
import { TABLE_MEDIA_TYPES } from '@/lib/services/table-file'

export const GET = handle({
  summary: 'A local day as the meter sent it',
  description: 'In columns, or as a file.',
  permission: 'site:read',
  params: z.object({ id: placeIdSchema }),
  query: z.object({
    /** Any moment of it: a date, ISO 8601, or Unix seconds. */
    day: z.string().max(40),
    /** The site's first by default. */
    buildingId: placeIdSchema.optional(),
    format: z.enum(['json', ...EXPORT_FORMATS]).default('json'),
  }),
  answer: rawDaySchema,
  async run({ user, params, query }) {
    const found = await getRawDayOf(user, params.id, query.buildingId, query.day)
    if (!found) throw notFound(query.buildingId ? `building ${query.buildingId} of site ${params.id}` : `site ${params.id}`)
    if ('field' in found) throw refused(found)
    const { rawDay, timeZone } = found
    if (query.format === 'json') return rawDay
    const name = exportName(rawDay.buildingId, rawDay.from, timeZone, 'readings')
    return fileResponse(rawTable(rawDay, timeZone, query.format), `${name}.${query.format}`, TABLE_MEDIA_TYPES[query.format])
  },
})
