import { z } from 'zod'
import { placeIdSchema } from '@/lib/contracts/sites'
import { newTariffSchema, tariffSchema } from '@/lib/contracts/tariffs'
import { handle } from '@/lib/http/handler'
import { notFound, Problem } from '@/lib/http/problem'
import { changeTariffOf, removeTariffOf } from '@/lib/services/site-tariffs'

const params = z.object({ id: placeIdSchema, tariffId: placeIdSchema })

/** Corrects a tariff, also for the past. */
export const PUT = handle({
  permission: 'tariff:write',
  params,
  body: newTariffSchema,
  answer: tariffSchema,
  async run({ user, params, body }) {
    const tariff = await changeTariffOf(user, params.id, params.tariffId, body)
    if (tariff === 'day taken')
      throw new Problem(409, `Another tariff begins on ${body.validFrom}. Change that one, or take another day.`)
    if (typeof tariff === 'string') throw notFound(`tariff ${params.tariffId}`)
    return tariff
  },
})

/** Its time then costs what the tariff before says. */
export const DELETE = handle({
  permission: 'tariff:write',
  params,
  answer: z.object({ success: z.literal(true) }),
  async run({ user, params }) {
    if (!(await removeTariffOf(user, params.id, params.tariffId))) throw notFound(`tariff ${params.tariffId}`)
    return { success: true as const }
  },
})
