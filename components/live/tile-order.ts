import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { AppliancePrediction } from '@/lib/contracts/prediction'

export interface TileOrder {
  appliances: readonly Appliance[]
  /** Which appliances were on (1), off (0) or unavailable (-) when they were sorted. */
  sortedFor: string
  sortedAtSeconds: number
}

/** An appliance that flickers between on and off must not make the tiles dance. */
const LEAST_SECONDS_BETWEEN_SORTS = 5

function stateKey(predictions: readonly AppliancePrediction[]): string {
  return predictions.map((prediction) => (prediction.available ? (prediction.is_on ? '1' : '0') : '-')).join('')
}

const rank = (prediction: AppliancePrediction) => (prediction.available ? (prediction.is_on ? 0 : 1) : 2)

/**
 * On first, by power; then off, then unavailable, each in contract order. Only a change of state sorts anew, never a change of
 * power.
 */
export function nextTileOrder(
  previous: TileOrder | null,
  predictions: readonly AppliancePrediction[],
  timestampSeconds: number,
): TileOrder {
  const sortedFor = stateKey(predictions)
  if (previous?.sortedFor === sortedFor) return previous
  if (previous && Math.abs(timestampSeconds - previous.sortedAtSeconds) < LEAST_SECONDS_BETWEEN_SORTS) return previous
  const appliances = [...predictions]
    .sort((a, b) => {
      const byRank = rank(a) - rank(b)
      if (byRank !== 0) return byRank
      if (rank(a) === 0) return b.power_watts - a.power_watts
      return APPLIANCES.indexOf(a.appliance) - APPLIANCES.indexOf(b.appliance)
    })
    .map((prediction) => prediction.appliance)
  return { appliances, sortedFor, sortedAtSeconds: timestampSeconds }
}
