import { setImmediate } from 'node:timers/promises'
import { detectIncidents, isSameIncident } from './detect-incidents'
import { HOUR_SECONDS, REFERENCE_SECONDS, RECENT_SECONDS, type BuildingHistory, type Incident } from './incident'
import type { AnomalyLimits } from './limits'

/** What began since the last two days is looked for: whoever looks as often as this misses nothing, at a twelfth of the work. */
const LOOK_EVERY_SECONDS = 12 * HOUR_SECONDS

export interface Replay {
  /** Unix seconds: looks are made in (fromSeconds, toSeconds]. */
  fromSeconds: number
  toSeconds: number
  limits: AnomalyLimits
  /** As `detectIncidents` takes them. */
  dismissals?: ReadonlyMap<string, number>
  /** Hears how much is done, 0..1; what it throws ends it. */
  progress?: (share: number) => Promise<void>
}

/**
 * What looks of the past would have found, each incident once, with the greatest strength it was seen with.
 * @param history reaches back from `fromSeconds` as far as a look does
 */
export async function replayLooks(history: BuildingHistory, { fromSeconds, toSeconds, limits, dismissals, progress }: Replay): Promise<Incident[]> {
  const found: Incident[] = []
  for (let now = fromSeconds + LOOK_EVERY_SECONDS; now <= toSeconds; now += LOOK_EVERY_SECONDS) {
    for (const incident of detectIncidents(historyAt(history, now), dismissals, limits)) {
      const index = found.findLastIndex((each) => isSameIncident(each, incident))
      const known = found[index]
      if (!known) found.push(incident)
      else found[index] = { ...(incident.strength > known.strength ? incident : known), startSeconds: known.startSeconds, endSeconds: incident.endSeconds }
    }
    // Whoever else this process serves must not wait for all of it.
    await setImmediate()
    await progress?.((now - fromSeconds) / (toSeconds - fromSeconds))
  }
  return found
}

/** What was known at a time of the past. */
function historyAt(history: BuildingHistory, nowSeconds: number): BuildingHistory {
  const from = nowSeconds - REFERENCE_SECONDS - RECENT_SECONDS
  return {
    ...history,
    nowSeconds,
    hours: history.hours.filter(({ startSeconds }) => startSeconds >= from && startSeconds + HOUR_SECONDS <= nowSeconds),
    runs: history.runs.flatMap((run) => {
      if (run.startedAt < from || run.startedAt >= nowSeconds) return []
      return [run.endedAt !== null && run.endedAt > nowSeconds ? { ...run, endedAt: null } : run]
    }),
    quality: history.quality.filter(({ startSeconds }) => startSeconds >= from && startSeconds < nowSeconds),
  }
}
