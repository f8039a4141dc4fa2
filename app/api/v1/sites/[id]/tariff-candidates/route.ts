import { z } from 'zod'
import { tariffCandidatesSchema } from '@/lib/contracts/optimisation'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { listTariffCandidatesOf, setTariffCandidatesOf } from '@/lib/services/optimisation/equipment'

const params = z.object({ id: placeIdSchema })

export const GET = handle({
  summary: 'Tariffs the site could change to',
  permission: 'site:read',
  params,
  answer: tariffCandidatesSchema,
  async run({ user, params: { id } }) {
    const candidates = await listTariffCandidatesOf(user, id)
    if (!candidates) throw notFound(`site ${id}`)
    return candidates
  },
})

export const PUT = handle({
  summary: 'Say which tariffs the site could change to',
  description: 'In place of all that was said before. They are compared with what the site pays, and change nothing else.',
  permission: 'tariff:write',
  audit: {
    action: 'tariff-candidates.update',
    target: ({ params: { id } }) => id,
    before: ({ user, params: { id } }) => listTariffCandidatesOf(user, id),
  },
  params,
  body: tariffCandidatesSchema,
  answer: tariffCandidatesSchema,
  async run({ user, params: { id }, body }) {
    const candidates = await setTariffCandidatesOf(user, id, body)
    if (!candidates) throw notFound(`site ${id}`)
    return candidates
  },
})
