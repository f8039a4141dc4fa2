import { isBuildingId } from '@/lib/contracts/building-id'

/** Names of the Redis contract. Clients outside depend on them: they may be added to, never renamed. */

export const ALL_BUILDINGS = '*'

/** The one consumer group of every stream. */
export const CONSUMER_GROUP = 'inference'

export const streamKey = (shard: number) => `nilm:stream:${shard}`

export const inputChannel = (buildingId: string) => `nilm:${buildingId}:input`
export const predictionsChannel = (buildingId: string) => `nilm:${buildingId}:predictions`
export const latestKey = (buildingId: string) => `nilm:${buildingId}:latest`
export const statusKey = (buildingId: string) => `nilm:${buildingId}:status`
export const windowKey = (buildingId: string) => `nilm:${buildingId}:window`

/** The id in a channel `nilm:{id}:input`. An id may hold colons itself, so only the two ends are cut off. */
export const buildingOfInputChannel = (channel: string) => channel.slice('nilm:'.length, -':input'.length)

/**
 * What may be subscribed to: one id, or '*' for all.
 * @throws Error for anything else, which a server could take for a pattern that matches other people's buildings
 */
export function requireTopic(buildingId: string): string {
  if (buildingId === ALL_BUILDINGS || isBuildingId(buildingId)) return buildingId
  throw new Error(`${JSON.stringify(buildingId)} is not a building id: 1 to 64 letters, digits and _ . : - are allowed.`)
}
