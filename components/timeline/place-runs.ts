import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { SiteRun } from '@/lib/contracts/home-learning'

export interface PlacedRun {
  run: SiteRun
  /** Shares of the day, 0..1. */
  start: number
  length: number
}

export interface TimelineRow {
  appliance: Appliance
  runs: PlacedRun[]
  /** Of the runs, as far as it is known; whole runs, also those that reach into another day. */
  energyKwh: number
  cost: number
}

/** Rows of a day, in contract order, of the appliances that ran; a run that goes on ends now. Unix seconds. */
export function placeRuns(
  runs: readonly SiteRun[],
  { startSeconds, endSeconds, nowSeconds }: { startSeconds: number; endSeconds: number; nowSeconds: number },
): TimelineRow[] {
  const daySeconds = endSeconds - startSeconds
  return APPLIANCES.flatMap((appliance) => {
    const placed = runs.flatMap((run): PlacedRun[] => {
      const from = Math.max(run.startedAt, startSeconds)
      const to = Math.min(run.endedAt ?? run.pausedAt ?? nowSeconds, endSeconds)
      if (run.appliance !== appliance || to <= from) return []
      return [{ run, start: (from - startSeconds) / daySeconds, length: (to - from) / daySeconds }]
    })
    if (placed.length === 0) return []
    placed.sort((a, b) => a.start - b.start)
    return [{
      appliance,
      runs: placed,
      energyKwh: placed.reduce((sum, { run }) => sum + (run.energyKwh ?? 0), 0),
      cost: placed.reduce((sum, { run }) => sum + (run.cost ?? 0), 0),
    }]
  })
}
