import { z } from 'zod'
import { roomsSchema } from '@/lib/contracts/energy'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { listRoomsOf, setRoomsOf } from '@/lib/services/site-tariffs'

const params = z.object({ id: placeIdSchema })

/** In which rooms the appliances stand; one that nobody gave a room is absent. */
export const GET = handle({
  permission: 'site:read',
  params,
  answer: roomsSchema,
  async run({ user, params }) {
    const rooms = await listRoomsOf(user, params.id)
    if (!rooms) throw notFound(`site ${params.id}`)
    return rooms
  },
})

/** Puts these in place of all that was said before. */
export const PUT = handle({
  permission: 'tariff:write',
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
