import { z } from 'zod'
import { assetInputSchema, assetSchema } from '@/lib/contracts/assets'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { changeAssetOf, getAssetOf, removeAssetOf } from '@/lib/services/assets'
import { assetProblem } from '../asset-problem'

const params = z.object({ id: placeIdSchema, assetId: placeIdSchema })

const assetBefore = ({ user, params: { id, assetId } }: { user: CurrentUser; params: z.infer<typeof params> }) =>
  getAssetOf(user, id, assetId)

export const GET = handle({
  summary: 'A piece of equipment',
  permission: 'site:read',
  params,
  answer: assetSchema,
  async run({ user, params }) {
    const asset = await getAssetOf(user, params.id, params.assetId)
    if (!asset) throw notFound(`asset ${params.assetId}`)
    return asset
  },
})

export const PUT = handle({
  summary: 'Change a piece of equipment',
  description: 'What is left out is emptied.',
  permission: 'asset:manage',
  audit: { action: 'asset.update', target: ({ params }) => params.assetId, before: assetBefore },
  params,
  body: assetInputSchema,
  answer: assetSchema,
  async run({ user, params, body }) {
    const asset = await changeAssetOf(user, params.id, params.assetId, body)
    if (typeof asset === 'string')
      throw assetProblem(asset, { siteId: params.id, assetId: params.assetId, buildingId: body.buildingId })
    return asset
  },
})

export const DELETE = handle({
  summary: 'Remove a piece of equipment',
  description: 'With what its vibration sensor sent. An appliance that it stood for stays.',
  permission: 'asset:manage',
  audit: { action: 'asset.delete', target: ({ params }) => params.assetId, before: assetBefore, after: () => null },
  params,
  answer: z.object({ success: z.literal(true) }),
  async run({ user, params }) {
    if (!(await removeAssetOf(user, params.id, params.assetId))) throw notFound(`asset ${params.assetId}`)
    return { success: true as const }
  },
})
