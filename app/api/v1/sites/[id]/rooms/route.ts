import { z } from 'zod'
import { roomsSchema } from '@/lib/contracts/energy'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { listRoomsOf, setRoomsOf } from '@/lib/services/site-tariffs'

const params = z.object({ id: placeIdSchema })

export const GET = handle({
  summary: 'In which rooms the appliances stand',
  description: 'One that nobody gave a room is absent.',
  permission: 'site:read',
  params,
  answer: roomsSchema,
  async run({ user, params }) {
    const rooms = await listRoomsOf(user, params.id)
    if (!rooms) throw notFound(`site ${params.id}`)
    return rooms
  },
})

export const PUT = handle({
  summary: 'Say in which rooms the appliances stand',
  description: 'In place of all that was said before.',
  permission: 'tariff:write',
  audit: {
    action: 'rooms.update',
    target: ({ params }) => params.id,
    before: ({ user, params }) => listRoomsOf(user, params.id),
  },
  params,
  body: roomsSchema,
  answer: roomsSchema,
  async run({ user, params, body }) {
    const rooms = await setRoomsOf(user, params.id, body)
    if (!rooms) throw notFound(`site ${params.id}`)
    if ('missing' in rooms) throw notFound(`building ${rooms.missing}`)
    return rooms
  },
})
