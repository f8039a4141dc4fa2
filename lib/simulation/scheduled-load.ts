import type { HouseholdDay } from '@/lib/simulation/household'
import type { ApplianceModel, ElectricalCharacter, HomeContext, Run } from '@/lib/simulation/load'
import { paintRun } from '@/lib/simulation/painting'

export interface ScheduledLoad {
  electrical: ElectricalCharacter
  /** Drawn all the time, runs or not. */
  standbyWatts?: number
  /** The runs that start on a day, in any order; a function of the seed and the day alone. */
  plan(day: HouseholdDay): Run[]
}

export interface ScheduledAppliance extends ApplianceModel {
  /** The runs that start on a local day, in order and not overlapping. */
  runsOfDay(dayNumber: number): readonly Run[]
}

/** A load whose use is planned day by day. A run may last into the next day, not longer. */
export function scheduledLoad(home: HomeContext, load: ScheduledLoad): ScheduledAppliance {
  const plans = new Map<number, readonly Run[]>()
  const standbyWatts = load.standbyWatts ?? 0

  const runsOfDay = (dayNumber: number): readonly Run[] => {
    const known = plans.get(dayNumber)
    if (known) return known
    const made = withoutOverlaps(load.plan(home.household.day(dayNumber)))
    if (plans.size > 16) plans.clear()
    plans.set(dayNumber, made)
    return made
  }

  const runs = (fromSeconds: number, toSeconds: number) => {
    const overlapping: Run[] = []
    for (const { day } of home.household.daysAround(fromSeconds, toSeconds)) {
      for (const run of runsOfDay(day.dayNumber)) {
        if (run.startSeconds < toSeconds && run.endSeconds > fromSeconds) overlapping.push(run)
      }
    }
    return overlapping
  }

  return {
    electrical: load.electrical,
    runsOfDay,
    runs,
    render(fromSeconds, watts) {
      let touched = standbyWatts > 0
      if (touched) for (let i = 0; i < watts.length; i += 1) watts[i] = watts[i]! + standbyWatts
      // The inrush of a run's last phase may spill a second past its end.
      for (const run of runs(fromSeconds - 1, fromSeconds + watts.length)) touched = paintRun(run, fromSeconds, watts) || touched
      return touched
    },
  }
}

/** One device does one thing at a time: of two runs that collide the earlier stays. */
function withoutOverlaps(runs: Run[]): Run[] {
  const ordered = [...runs].sort((a, b) => a.startSeconds - b.startSeconds)
  const kept: Run[] = []
  for (const run of ordered) {
    const previous = kept.at(-1)
    if (!previous || run.startSeconds >= previous.endSeconds + 1) kept.push(run)
  }
  return kept
}
