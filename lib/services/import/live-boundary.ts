import { deleteCheckpoint, readLivePosition } from '@/lib/data/history-write'
import { endOpenRuns } from '@/lib/data/series-write'
import { pool, withTransaction } from '@/lib/infra/db'

/** More than any model looks back: readings this close before a live session's position are part of how it is restored. */
const REPLAYED_SECONDS = 8 * 3600
/** A worker closes a building after half an hour of silence, and writes its checkpoint then. */
const ACTIVE_SECONDS = 35 * 60
/** What a live session may still settle. */
const UNSETTLED_SECONDS = 600

/**
 * From which time on readings brought in from elsewhere count as late, so that no restore of the live session gets to see what
 * the
 * session itself has not. A session that has been silent, and ends before what is brought in, is closed instead.
 * @param newestSeconds of what is brought in, Unix seconds
 */
export async function lateAfter(buildingKey: number, newestSeconds: number): Promise<number> {
  const live = await readLivePosition(pool(), buildingKey)
  if (!live) return Number.POSITIVE_INFINITY
  const isSilent = live.ageSeconds > ACTIVE_SECONDS
  if (!isSilent || newestSeconds <= live.positionSeconds) return live.positionSeconds - REPLAYED_SECONDS
  await withTransaction(async (client) => {
    await endOpenRuns(client, buildingKey, live.positionSeconds)
    await deleteCheckpoint(client, buildingKey, live.positionSeconds)
  })
  return Number.POSITIVE_INFINITY
}

/** Up to which time estimates of the past may be written without meeting a live session's own. */
export async function estimateUntil(buildingKey: number): Promise<number> {
  const live = await readLivePosition(pool(), buildingKey)
  return live ? live.positionSeconds - UNSETTLED_SECONDS : Number.POSITIVE_INFINITY
}
