import type { Appliance } from '@/lib/contracts/appliances'
import type { RunLabelRow } from '@/lib/data/run-labels'
import type { RunLabel } from '@/lib/nilm/learning/labelled-rows'

/** What one label says of each appliance it names. */
export function toFacts(label: RunLabelRow): RunLabel[] {
  const { id, estimatedAppliance, trueAppliance, startedAt: startedAtSeconds, endedAt: endedAtSeconds } = label
  const fact = (appliance: Appliance, isRun: boolean) => ({ id, appliance, isRun, startedAtSeconds, endedAtSeconds })
  const facts: RunLabel[] = []
  if (trueAppliance) facts.push(fact(trueAppliance, true))
  if (estimatedAppliance && estimatedAppliance !== trueAppliance) facts.push(fact(estimatedAppliance, false))
  return facts
}

/** Labels that say it was the appliance, and labels that say it was not. */
export const countFacts = (facts: readonly RunLabel[]) => {
  const runs = facts.filter((fact) => fact.isRun).length
  return { runs, notRuns: facts.length - runs }
}
