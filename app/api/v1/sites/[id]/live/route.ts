import { z } from 'zod'
import { liveSnapshotSchema } from '@/lib/contracts/live-events'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { getLiveSnapshotOf } from '@/lib/services/live-snapshot'

/** What the live page starts from: the same snapshot that opens `WS /ws/site/{id}`. */
export const GET = handle({
  summary: 'What is drawn now, with the last minutes',
  permission: 'site:read',
  params: z.object({ id: placeIdSchema }),
  answer: liveSnapshotSchema,
  async run({ user, params }) {
    const snapshot = await getLiveSnapshotOf(user, params.id)
    if (!snapshot) throw notFound(`site ${params.id}`)
    return snapshot
  },
})
