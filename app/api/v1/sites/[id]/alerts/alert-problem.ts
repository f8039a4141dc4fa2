import { z } from 'zod'
import { placeIdSchema } from '@/lib/contracts/sites'
import { notFound, Problem } from '@/lib/http/problem'
import { AlertRefusedError } from '@/lib/services/alerts/site-alerts'

export const siteParams = z.object({ id: placeIdSchema })
export const ruleParams = z.object({ id: placeIdSchema, ruleId: placeIdSchema })
export const channelParams = z.object({ id: placeIdSchema, channelId: placeIdSchema })
export const doneSchema = z.object({ success: z.literal(true) })

/** What was found or stored. @throws Problem where there is none (`what` names it), or it was refused */
export async function found<Value>(what: string, work: Promise<Value | null>): Promise<Value> {
  const value = await work.catch((error: unknown) => {
    if (error instanceof AlertRefusedError) throw new Problem(409, error.message)
    throw error
  })
  if (value === null) throw notFound(what)
  return value
}
