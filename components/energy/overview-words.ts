import type { Format } from '@/components/format/quantities'
import type { Translator } from '@/components/i18n/messages'
import type { EnergyComparison, EnergyOverview } from '@/lib/contracts/energy-overview'

const COVERAGE_WORTH_SAYING = 0.99

/** "Against the first 20 days of October: 212 kWh, €61": what a comparison rests on, and why where it says nothing. */
export function comparisonText(
  comparison: EnergyComparison | null,
  comparedDays: number,
  format: Format,
  t: Translator<'energy.comparison'>,
): string {
  if (comparedDays === 0) return t('firstDay')
  if (!comparison) return t('nothing')
  const month = format.local(comparison.from, { month: 'long', year: 'numeric' })
  const share = format.percent(comparison.coverage)
  if (comparison.change === null) return t('tooLittle', { share, days: comparedDays, month })
  const amounts = [
    comparison.energyKwh === null ? null : format.energyText(comparison.energyKwh),
    comparison.cost === null ? null : format.money(comparison.cost),
  ].filter((text) => text !== null).join(', ')
  return comparison.coverage < COVERAGE_WORTH_SAYING
    ? t('againstPartly', { days: comparedDays, month, amounts, share })
    : t('against', { days: comparedDays, month, amounts })
}

export function changeText(comparison: EnergyComparison | null, format: Format, t: Translator<'energy.comparison'>): string {
  if (!comparison || comparison.change === null) return '–'
  return Math.abs(comparison.change) < 0.005 ? t('same') : format.change(comparison.change)
}

/** The answer to "is this month all right?" in a sentence. */
export function overviewHeadline(overview: EnergyOverview, format: Format, t: Translator<'energy.overview'>): string {
  const { expected } = overview
  const { energyKwh, cost } = overview.month.total
  const month = format.local(overview.month.from, { month: 'long' })
  if (energyKwh === null) return t('headlineNothing', { month })
  const energy = format.energyText(energyKwh)
  const headline = cost === null
    ? t('headline', { energy, month })
    : t('headlineCost', { energy, cost: format.money(cost), month })
  if (!expected) return headline
  const expectedText = expected.cost === null ? format.energyText(expected.energyKwh) : format.money(expected.cost)
  return t('headlineExpected', { headline, expected: expectedText })
}
