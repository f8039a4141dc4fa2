import { z } from 'zod'
import { assetInputSchema, assetSchema, siteAssetsSchema } from '@/lib/contracts/assets'
import { placeIdSchema } from '@/lib/contracts/sites'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { createAssetOf, listAssetsOf } from '@/lib/services/assets'
import { assetProblem } from './asset-problem'

const params = z.object({ id: placeIdSchema })

export const GET = handle({
  summary: 'The equipment of a site',
  description: 'What people wrote down. Appliances that were only found by disaggregation are in the maintenance list.',
  permission: 'site:read',
  params,
  answer: siteAssetsSchema,
  async run({ user, params }) {
    const data = await listAssetsOf(user, params.id)
    if (!data) throw notFound(`site ${params.id}`)
    return { data }
  },
})

export const POST = handle({
  summary: 'Write down a piece of equipment',
  description:
    'Linked to an appliance of a building, it stands for it in the maintenance list. With a vibration sensor, it takes snapshots.',
  permission: 'asset:manage',
  audit: { action: 'asset.create', target: (_, answer) => answer?.id ?? null },
  params,
  body: assetInputSchema,
  answer: assetSchema,
  status: 201,
  async run({ user, params, body }) {
    const asset = await createAssetOf(user, params.id, body)
    if (typeof asset === 'string') throw assetProblem(asset, { siteId: params.id, buildingId: body.buildingId })
    return asset
  },
})
