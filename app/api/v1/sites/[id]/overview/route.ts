import { z } from 'zod'
import { energyOverviewSchema } from '@/lib/contracts/energy-overview'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { roundAnswer } from '@/lib/http/round-answer'
import { getEnergyOverviewOf } from '@/lib/services/energy-overview'

export const GET = handle({
  summary: 'Now, today, this month against the last and a year ago',
  description: 'Also what the month is heading for, and what is always on.',
  permission: 'site:read',
  params: z.object({ id: placeIdSchema }),
  answer: energyOverviewSchema,
  async run({ user, params }) {
    const answer = await getEnergyOverviewOf(user, params.id)
    if (!answer) throw notFound(`site ${params.id}`)
    return roundAnswer(answer)
  },
})
