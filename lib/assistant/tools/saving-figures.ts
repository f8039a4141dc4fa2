import { APPLIANCE_LABELS } from '@/lib/contracts/appliances'
import type { Recommendation } from '@/lib/contracts/optimisation'
import { applianceWord, plainName } from '../names'
import type { ResultBuilder } from './result-builder'
import { originOf, type ToolContext } from './tool-context'

const DAY_SECONDS = 86_400

/** What one does to save, as a sentence begins with it. */
export function savingName({ type, appliance, subject }: Recommendation): string {
  const of = appliance ? `the ${applianceWord(appliance)}` : 'what can be moved'
  return {
    load_shifting: `running ${of} when energy costs less`,
    tariff_choice: `changing to the tariff ${plainName(subject ?? '')}`,
    battery_schedule: 'charging the battery when energy costs least',
    standby_cut: 'bringing what is always on back to its best weeks',
    peak_shaving: 'keeping apart the runs that made the top demand',
  }[type]
}

/** A saving is a negative difference in cost. */
export function addSaving(result: ResultBuilder, recommendation: Recommendation, { site, links }: ToolContext): void {
  const { potentialSavings, savingsPercentage, appliance, subject, period, power, runs, consideredRuns } = recommendation
  const name = savingName(recommendation)
  const { from, to } = period
  const span = { from, to, label: `the last ${Math.round((to - from) / DAY_SECONDS)} days` }
  const common = { origin: originOf(site, 'calculated'), href: links.savings(), period: span } as const
  const of = appliance ? { subject: appliance } : {}
  if (appliance) result.about(APPLIANCE_LABELS[appliance])
  else if (subject) result.about(plainName(subject))
  result.figure({ ...common, ...of, label: `difference in cost by ${name}`, value: -potentialSavings, unit: 'currency' })
  result.figure({ ...common, ...of, label: `difference as a share of all cost by ${name}`, value: -savingsPercentage, unit: 'percent' })
  if (power) {
    result.figure({ ...common, label: `power now: ${name}`, value: power.currentWatts, unit: 'W' })
    result.figure({ ...common, label: `power then: ${name}`, value: power.plannedWatts, unit: 'W' })
  }
  if (appliance && consideredRuns > 0) {
    result.figure({ ...common, ...of, label: `runs of the ${applianceWord(appliance)} that would move`, value: runs.length, unit: 'count' })
  }
}
