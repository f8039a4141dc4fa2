import type { LiveBuilding } from '@/lib/contracts/live-events'
import { durationInWords } from '@/components/format/quantities'
import type { Translator } from '@/components/i18n/messages'

export type Connection = 'connecting' | 'live' | 'offline' | 'expired'

export type Freshness =
  | { kind: 'live' }
  /** The connection stands, the readings stopped. */
  | { kind: 'stale'; ageSeconds: number }
  /** No connection to the server; the readings shown are this old. */
  | { kind: 'offline'; ageSeconds: number }
  | { kind: 'expired' }
  /** Nothing was ever measured. */
  | { kind: 'waiting' }

const LEAST_STALE_SECONDS = 10
const STALE_INTERVALS = 3

/** Unix seconds of the newest reading known, which may be newer than the newest estimate; null before the first. */
export function newestReadingSeconds(building: Pick<LiveBuilding, 'latest' | 'status'>): number | null {
  const times = [building.latest?.timestamp, building.status?.last_sample_time].filter((time) => time !== undefined && time > 0)
  return times.length === 0 ? null : Math.max(...(times as number[]))
}

/** How old readings may become before they no longer count as live. */
export function staleAfterSeconds(meterIntervalSeconds: number | undefined): number {
  return Math.max(LEAST_STALE_SECONDS, STALE_INTERVALS * (meterIntervalSeconds ?? 1))
}

/**
 * `nowSeconds` is on the server's clock. A meter whose clock runs ahead counts as fresh as long as new readings come: what it
 * says of its own time cannot make an old reading young.
 */
export function judgeFreshness(
  building: Pick<LiveBuilding, 'latest' | 'status'> & { heardAtSeconds: number },
  connection: Connection,
  nowSeconds: number,
): Freshness {
  if (connection === 'expired') return { kind: 'expired' }
  const newest = newestReadingSeconds(building)
  const ageSeconds = newest === null ? 0 : Math.max(0, nowSeconds - Math.min(newest, building.heardAtSeconds))
  if (connection === 'offline') return { kind: 'offline', ageSeconds }
  if (newest === null) return { kind: 'waiting' }
  const isStale = ageSeconds > staleAfterSeconds(building.status?.meter_interval_seconds)
  return isStale ? { kind: 'stale', ageSeconds } : { kind: 'live' }
}

interface FreshnessWords {
  live: Translator<'live'>
  format: Translator<'format'>
}

/** What is wrong, to stand after its one word (stale, offline), or null while all is well. */
export function freshnessText(freshness: Freshness, words: FreshnessWords): string | null {
  switch (freshness.kind) {
    case 'live':
    case 'waiting':
      return null
    case 'stale':
      return words.live('freshness.staleFor', { duration: durationInWords(freshness.ageSeconds, words.format) })
    case 'offline':
      return words.live('freshness.offlineFor', { duration: durationInWords(freshness.ageSeconds, words.format) })
    case 'expired':
      return words.live('freshness.expired')
  }
}
