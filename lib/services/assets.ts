import { randomUUID } from 'node:crypto'
import type { Asset, AssetInput } from '@/lib/contracts/assets'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { deleteAsset, findAssets, insertAsset, updateAsset } from '@/lib/data/assets'
import { findSiteOf } from '@/lib/data/sites'

export type AssetRefusal = 'no such site' | 'no such asset' | 'no such building' | 'appliance taken'

/** The equipment of one of the user's sites, by name; null = no such site. */
export async function listAssetsOf(user: CurrentUser, siteId: string): Promise<Asset[] | null> {
  return (await findSiteOf(user, siteId)) && findAssets(siteId)
}

/** null = no such site or asset. */
export async function getAssetOf(user: CurrentUser, siteId: string, assetId: string): Promise<Asset | null> {
  return (await listAssetsOf(user, siteId))?.find(({ id }) => id === assetId) ?? null
}

export async function createAssetOf(user: CurrentUser, siteId: string, asset: AssetInput): Promise<Asset | AssetRefusal> {
  const refusal = await refusalOf(user, siteId, asset)
  return refusal ?? (await insertAsset(siteId, `asset_${randomUUID()}`, asset)) ?? 'appliance taken'
}

export async function changeAssetOf(
  user: CurrentUser,
  siteId: string,
  assetId: string,
  asset: AssetInput,
): Promise<Asset | AssetRefusal> {
  const refusal = await refusalOf(user, siteId, asset)
  if (refusal) return refusal
  const changed = await updateAsset(siteId, assetId, asset)
  return changed === 'none' ? 'no such asset' : (changed ?? 'appliance taken')
}

/** Removes an asset with what its sensor sent. @returns whether there was one */
export async function removeAssetOf(user: CurrentUser, siteId: string, assetId: string): Promise<boolean> {
  return (await findSiteOf(user, siteId)) !== null && deleteAsset(siteId, assetId)
}

async function refusalOf(user: CurrentUser, siteId: string, { buildingId }: AssetInput): Promise<AssetRefusal | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return 'no such site'
  return buildingId === null || site.buildings.some(({ id }) => id === buildingId) ? null : 'no such building'
}
