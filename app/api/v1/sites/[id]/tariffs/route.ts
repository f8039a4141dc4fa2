import { z } from 'zod'
import { placeIdSchema } from '@/lib/contracts/sites'
import { newTariffSchema, siteTariffsSchema, tariffSchema } from '@/lib/contracts/tariffs'
import { handle } from '@/lib/http/handler'
import { notFound, Problem } from '@/lib/http/problem'
import { createTariffOf, listTariffsOf } from '@/lib/services/site-tariffs'

const params = z.object({ id: placeIdSchema })

export const GET = handle({
  summary: 'What energy costs at a site, now and in the past',
  permission: 'site:read',
  params,
  answer: siteTariffsSchema,
  async run({ user, params }) {
    const tariffs = await listTariffsOf(user, params.id)
    if (!tariffs) throw notFound(`site ${params.id}`)
    return tariffs
  },
})

export const POST = handle({
  summary: 'A new tariff from some day on',
  description: 'The one before keeps holding until then.',
  permission: 'tariff:write',
  audit: { action: 'tariff.create', target: (_, answer) => answer?.id ?? null },
  params,
  body: newTariffSchema,
  answer: tariffSchema,
  status: 201,
  async run({ user, params, body }) {
    const tariff = await createTariffOf(user, params.id, body)
    if (tariff === 'day taken')
      throw new Problem(409, `Another tariff begins on ${body.validFrom}. Change that one, or take another day.`)
    if (typeof tariff === 'string') throw notFound(`site ${params.id}`)
    return tariff
  },
})
