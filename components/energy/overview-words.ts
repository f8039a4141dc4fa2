import type { Format } from '@/components/format/quantities'
import type { EnergyComparison, EnergyOverview } from '@/lib/contracts/energy-overview'

/** "8 % less than on the same 20 days of October": what a comparison says, and why where it says nothing. */
export function comparisonText(comparison: EnergyComparison | null, comparedDays: number, format: Format): string {
  if (comparedDays === 0) return 'Nothing to compare on the first day of a month.'
  if (!comparison) return 'Nothing was measured then.'
  const month = format.local(comparison.from, { month: 'long', year: 'numeric' })
  const days = comparedDays === 1 ? 'the first day' : `the first ${comparedDays} days`
  if (comparison.change === null) {
    return `Only ${format.percent(comparison.coverage)} of ${days} of ${month} was measured: too little to compare.`
  }
  const partly = comparison.coverage < 0.99 ? `, of which ${format.percent(comparison.coverage)} was measured` : ''
  const amounts = [
    comparison.energyKwh === null ? null : format.energyText(comparison.energyKwh),
    comparison.cost === null ? null : format.money(comparison.cost),
  ].filter((text) => text !== null)
  return `Against ${days} of ${month}: ${amounts.join(', ')}${partly}.`
}

export function changeText(comparison: EnergyComparison | null, format: Format): string {
  if (!comparison || comparison.change === null) return '–'
  return Math.abs(comparison.change) < 0.005 ? 'same' : format.change(comparison.change)
}

/** The answer to "is this month all right?" in a sentence. */
export function overviewHeadline(overview: EnergyOverview, format: Format): string {
  const { month, expected } = overview
  const name = format.local(month.from, { month: 'long' })
  if (month.total.energyKwh === null) return `Nothing measured in ${name} yet`
  const cost = month.total.cost === null ? '' : ` for ${format.money(month.total.cost)}`
  const heading = expected
    ? `, heading for about ${expected.cost === null ? format.energyText(expected.energyKwh) : format.money(expected.cost)}`
    : ''
  return `${format.energyText(month.total.energyKwh)}${cost} so far in ${name}${heading}`
}
