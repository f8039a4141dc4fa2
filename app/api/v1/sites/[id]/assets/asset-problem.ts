import { notFound, Problem } from '@/lib/http/problem'
import type { AssetRefusal } from '@/lib/services/assets'

/** Why an asset could not be stored, as the caller reads it. */
export function assetProblem(
  refusal: AssetRefusal,
  { siteId, assetId, buildingId }: { siteId: string; assetId?: string; buildingId: string | null },
): Problem {
  switch (refusal) {
    case 'appliance taken':
      return new Problem(409, 'Another asset stands for this appliance of the building. Change that one, or link this one otherwise.')
    case 'no such building':
      return notFound(`building ${buildingId}`)
    case 'no such asset':
      return notFound(`asset ${assetId}`)
    case 'no such site':
      return notFound(`site ${siteId}`)
  }
}
