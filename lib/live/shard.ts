const FNV_OFFSET_BASIS = 0x811c9dc5
const FNV_PRIME = 0x01000193

/**
 * The stream shard of a building: 32-bit FNV-1a over the UTF-8 bytes of the id, modulo `shardCount`. Every process must
 * get the same answer, so neither the hash nor `shardCount` may change while a stream holds entries: entries in a shard
 * beyond a lowered count would have no reader.
 * @returns 0 to shardCount - 1
 */
export function shardOf(buildingId: string, shardCount: number): number {
  return fnv1a32(buildingId) % shardCount
}

/** http://www.isthe.com/chongo/tech/comp/fnv/ */
export function fnv1a32(text: string): number {
  let hash = FNV_OFFSET_BASIS
  for (const byte of Buffer.from(text, 'utf8')) hash = Math.imul(hash ^ byte, FNV_PRIME)
  return hash >>> 0
}
