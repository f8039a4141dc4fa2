import type { PredictionMessage } from '@/lib/contracts/prediction'
import { readLastOn, type RunStretch } from '@/lib/data/run-minutes'
import { isCurrent } from './price-now'

/**
 * Since when the appliance of each run has been off though the run is open, Unix seconds to within a minute: a pause that may go on
 * belongs to the run until it has lasted too long. null for a run that is over and for an appliance that is on.
 * @param latestOf the newest prediction of a building
 */
export async function pausesOfRuns(
  runs: readonly RunStretch[],
  latestOf: (buildingKey: number) => PredictionMessage | null,
  nowSeconds: number,
): Promise<(number | null)[]> {
  const open = runs.filter(({ endedAt }) => endedAt === null)
  const lastOn = await readLastOn(open, nowSeconds)
  const pausedAt = new Map(
    open.map((run, index) => {
      const latest = latestOf(run.buildingKey)
      const state = latest && isCurrent(latest, nowSeconds) ? latest.predictions.find(({ appliance }) => appliance === run.appliance) : null
      const { lastOnSeconds = null, isOffSince = false } = lastOn[index] ?? {}
      // The newest minutes are not settled yet: what is live says more of now.
      const isOff = state?.available ? !state.is_on : isOffSince
      return [run, isOff && lastOnSeconds !== null ? Math.round(lastOnSeconds) : null] as const
    }),
  )
  return runs.map((run) => pausedAt.get(run) ?? null)
}
