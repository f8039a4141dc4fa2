import { z } from 'zod'
import { equipmentSchema } from '@/lib/contracts/optimisation'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { getEquipmentOf, setEquipmentOf } from '@/lib/services/optimisation/equipment'

const params = z.object({ id: placeIdSchema })

export const GET = handle({
  summary: 'Battery, limit of the connection and charge for the highest demand',
  permission: 'site:read',
  params,
  answer: equipmentSchema,
  async run({ user, params: { id } }) {
    const equipment = await getEquipmentOf(user, id)
    if (!equipment) throw notFound(`site ${id}`)
    return equipment
  },
})

export const PUT = handle({
  summary: 'Say what battery a site has, and what its highest demand may be and costs',
  description: 'In place of all that was said before; what is null is not there.',
  permission: 'tariff:write',
  audit: {
    action: 'equipment.update',
    target: ({ params: { id } }) => id,
    before: ({ user, params: { id } }) => getEquipmentOf(user, id),
  },
  params,
  body: equipmentSchema,
  answer: equipmentSchema,
  async run({ user, params: { id }, body }) {
    const equipment = await setEquipmentOf(user, id, body)
    if (!equipment) throw notFound(`site ${id}`)
    return equipment
  },
})
