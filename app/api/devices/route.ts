import { z } from 'zod'
import { deviceSchema } from '@/lib/contracts/devices'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { listDevicesOf } from '@/lib/services/devices'

export const GET = handle({
  summary: "The caller's devices",
  description: 'Main meters, measured devices, and appliances estimated from the main meter.',
  permission: 'site:read',
  query: z.object({
    /** One site; all of the caller's by default. */
    siteId: placeIdSchema.optional(),
    /** 24h: those seen in the last 24 hours; all: whenever they were seen last. */
    seen: z.enum(['24h', 'all']).default('24h'),
  }),
  answer: z.array(deviceSchema),
  async run({ user, query }) {
    const devices = await listDevicesOf(user, query)
    if (!devices) throw notFound(`site ${query.siteId}`)
    return devices
  },
})
