import { z } from 'zod'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { placeIdSchema } from '@/lib/contracts/sites'
import { newTariffSchema, tariffSchema } from '@/lib/contracts/tariffs'
import { handle } from '@/lib/http/handler'
import { notFound, Problem } from '@/lib/http/problem'
import { changeTariffOf, listTariffsOf, removeTariffOf } from '@/lib/services/site-tariffs'

const params = z.object({ id: placeIdSchema, tariffId: placeIdSchema })

async function tariffBefore({ user, params: { id, tariffId } }: { user: CurrentUser; params: z.infer<typeof params> }) {
  return (await listTariffsOf(user, id))?.data.find((tariff) => tariff.id === tariffId)
}

export const PUT = handle({
  summary: 'Correct a tariff, also for the past',
  permission: 'tariff:write',
  audit: { action: 'tariff.update', target: ({ params }) => params.tariffId, before: tariffBefore },
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

export const DELETE = handle({
  summary: 'Remove a tariff',
  description: 'Its time then costs what the tariff before says.',
  permission: 'tariff:write',
  audit: { action: 'tariff.delete', target: ({ params }) => params.tariffId, before: tariffBefore, after: () => null },
  params,
  answer: z.object({ success: z.literal(true) }),
  async run({ user, params }) {
    if (!(await removeTariffOf(user, params.id, params.tariffId))) throw notFound(`tariff ${params.tariffId}`)
    return { success: true as const }
  },
})
