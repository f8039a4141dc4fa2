import type { StreamEntry } from '@/lib/live/live-store'
import type { ActivationEstimate, MinuteEstimate, SessionCheckpoint } from '@/lib/nilm/session-types'
import type { RawRow } from '@/lib/data/series-write'

/** What one building has waiting for the next commit. Later results for the same minute or run replace earlier ones. */
export interface BuildingWrites {
  buildingKey: number
  /** The lease under which this was computed. */
  leaseName: string
  leaseEpoch: bigint
  raw: RawRow[]
  minutes: Map<number, MinuteEstimate>
  activations: Map<string, ActivationEstimate>
  checkpoint: SessionCheckpoint | null
  /** Minutes changed since the hours were last rolled up. */
  changedMinutes: Set<number>
  /** Changes of the home's own heads, oldest first, with the first second each holds for. */
  headChanges: { fromSeconds: number; headIds: string[] }[]
  /** Set when the meter's clock was set back to this time. */
  clockSetBackTo: number | null
  /** Set when a session ended without ending its runs: they ended then at the latest. Unix seconds. */
  runsEndedAt: number | null
  /** Stream entries to acknowledge once all this is stored. */
  entries: Pick<StreamEntry, 'id' | 'shard'>[]
}

export function emptyWrites(buildingKey: number, leaseName: string, leaseEpoch: bigint): BuildingWrites {
  return {
    buildingKey,
    leaseName,
    leaseEpoch,
    raw: [],
    minutes: new Map(),
    activations: new Map(),
    checkpoint: null,
    changedMinutes: new Set(),
    headChanges: [],
    clockSetBackTo: null,
    runsEndedAt: null,
    entries: [],
  }
}

/** Puts the writes of a failed commit in front of what has come since. */
export function mergeFailed(failed: BuildingWrites, since: BuildingWrites): BuildingWrites {
  return {
    ...since,
    raw: [...failed.raw, ...since.raw],
    minutes: new Map([...failed.minutes, ...since.minutes]),
    activations: new Map([...failed.activations, ...since.activations]),
    checkpoint: since.checkpoint ?? failed.checkpoint,
    changedMinutes: new Set([...failed.changedMinutes, ...since.changedMinutes]),
    headChanges: [...failed.headChanges, ...since.headChanges],
    clockSetBackTo: since.clockSetBackTo ?? failed.clockSetBackTo,
    runsEndedAt: since.runsEndedAt ?? failed.runsEndedAt,
    entries: [...failed.entries, ...since.entries],
  }
}

export function isEmpty(writes: BuildingWrites): boolean {
  const { raw, entries, minutes, checkpoint, headChanges, clockSetBackTo, runsEndedAt } = writes
  const nothingNew = raw.length === 0 && entries.length === 0 && minutes.size === 0 && headChanges.length === 0
  return nothingNew && checkpoint === null && clockSetBackTo === null && runsEndedAt === null
}
