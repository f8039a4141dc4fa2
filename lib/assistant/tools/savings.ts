import type { ToolArguments } from '@/lib/contracts/assistant'
import type { Optimization, StatementKey } from '@/lib/contracts/optimisation'
import { state } from '@/lib/insights/optimise/wording'
import { getOptimizationOf } from '@/lib/services/optimisation/optimise-site'
import { plainName } from '../names'
import { bounded, STILL_CALCULATING } from './bounded'
import { whenToRun } from './run-timing'
import { addSaving, savingName } from './saving-figures'
import { newResult, type AssistantTool, type ToolContext } from './tool-context'

/** What nobody entered is no news to who asks what could be saved. */
const NOT_ENTERED: readonly StatementKey[] = ['noOtherTariff', 'noBattery', 'noDemandCharge']

/** What could be saved; of an appliance, when to run it. */
export const savings: AssistantTool<'savings'> = (given, context) =>
  given.appliance ? whenToRun({ appliance: given.appliance }, context) : allSavings(given, context)

async function allSavings(given: ToolArguments<'savings'>, context: ToolContext) {
  const { user, site, nowSeconds } = context
  const found = await bounded(getOptimizationOf(user, site.id, nowSeconds))
  if (!found) return STILL_CALCULATING
  const result = newResult('savings', given, null, context)
  const { recommendations } = found
  for (const recommendation of recommendations) addSaving(result, recommendation, context)
  if (recommendations.length === 0) result.note('Nothing was found that would save anything.', ...reasonsOf(found))
  result.note(recommendations.length > 1 && 'Each is counted as if nothing else changed, so they do not simply add up.')
  return result
    .rows(
      [
        { name: 'What', unit: null },
        { name: 'Saving', unit: 'currency' },
        { name: 'Of the cost', unit: 'percent' },
        { name: 'Days', unit: 'count' },
        { name: 'Certainty', unit: 'percent' },
      ],
      recommendations.map((one) => [
        savingName(one), one.potentialSavings, one.savingsPercentage, one.period.days, one.confidence * 100,
      ]),
      recommendations.length > 1 ? 'bars' : null,
    )
    .build()
}

function reasonsOf({ notes }: Optimization): string[] {
  const told = notes.filter(({ key }) => !NOT_ENTERED.includes(key))
  const plain = (value: string | number) => (typeof value === 'string' ? plainName(value) : value)
  // In them are names that somebody typed.
  return (told.length > 0 ? told : notes).map(({ key, values }) => {
    return state(key, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)]))).text
  })
}
