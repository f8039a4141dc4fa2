import type { LiveStore } from '@/lib/live/live-store'
import { MADE_UP_SECONDS } from '@/workers/producer/schedule'

/** How far back a simulation begins that runs faster than real time. */
const FAST_START_SECONDS = 86_400
const ASK_MILLISECONDS = 3_000

/**
 * Where a simulation begins without --start. Faster than real time: a day ago, so that there is something to run through
 * before it reaches the present and goes on at speed 1. Otherwise now, or right after the building's last simulated reading
 * when that is some minutes old: then a restart leaves no hole.
 */
export async function defaultStartSeconds(
  store: Pick<LiveStore, 'latest' | 'status'>,
  buildingId: string,
  speed: number,
  nowSeconds: number,
): Promise<number> {
  if (speed > 1) return Math.floor(nowSeconds) - FAST_START_SECONDS
  const lastSeconds = await lastSimulatedSeconds(store, buildingId)
  const isRecent = lastSeconds !== null && lastSeconds < nowSeconds && nowSeconds - lastSeconds <= MADE_UP_SECONDS
  return isRecent ? Math.floor(lastSeconds) + 1 : Math.floor(nowSeconds)
}

/** null when the building has none, or the store does not answer in time: then the hole is the lesser evil. */
async function lastSimulatedSeconds(store: Pick<LiveStore, 'latest' | 'status'>, buildingId: string): Promise<number | null> {
  const ask = async () => {
    const [latest, status] = await Promise.all([store.latest(buildingId), store.status(buildingId)])
    if (!latest?.simulated) return null
    return Math.max(latest.timestamp, status?.last_sample_time ?? 0)
  }
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ASK_MILLISECONDS)
  })
  try {
    return await Promise.race([ask().catch(() => null), timeout])
  } finally {
    clearTimeout(timer)
  }
}
