import { z } from 'zod'
import { placeIdSchema } from '@/lib/contracts/sites'

export const importParams = z.object({
  id: placeIdSchema,
  importId: z.string().regex(/^job_[\w-]{1,60}$/, 'Must be the id of an import'),
})
