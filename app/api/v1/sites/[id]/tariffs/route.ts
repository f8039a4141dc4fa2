import { z } from 'zod'
import { placeIdSchema } from '@/lib/contracts/sites'
import { newTariffSchema, siteTariffsSchema, tariffSchema } from '@/lib/contracts/tariffs'
import { handle } from '@/lib/http/handler'
import { notFound, Problem } from '@/lib/http/problem'
import { createTariffOf, listTariffsOf } from '@/lib/services/site-tariffs'

const params = z.object({ id: placeIdSchema })

/** What energy costs at a site, now and in the past. */
export const GET = handle({
  permission: 'site:read',
  params,
  answer: siteTariffsSchema,
  async run({ user, params }) {
    const tariffs = await listTariffsOf(user, params.id)
    if (!tariffs) throw notFound(`site ${params.id}`)
    return tariffs
  },
})

/** A new tariff from some day on; the one before keeps holding until then. */
export const POST = handle({
  permission: 'tariff:write',
  params,
  body: newTariffSchema,
  answer: tariffSchema,
  async run({ user, params, body }) {
    const tariff = await createTariffOf(user, params.id, body)
    if (tariff === 'day taken')
      throw new Problem(409, `Another tariff begins on ${body.validFrom}. Change that one, or take another day.`)
    if (typeof tariff === 'string') throw notFound(`site ${params.id}`)
    return Response.json(tariff, { status: 201 })
  },
})
