'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import type { Format } from '@/components/format/quantities'
import type { Translator } from '@/components/i18n/messages'
import type { EnergyReport } from '@/lib/contracts/energy'
import type { Comparison } from '@/lib/domain/history-view'

const COVERAGE_WORTH_SAYING = 0.99

/** What the sum holds and what it leaves out. */
export function HistoryFacts({
  report,
  compared,
  comparison,
}: {
  report: EnergyReport
  compared: EnergyReport | null
  comparison: Comparison
}) {
  const t = useTranslations('energy.history')
  const format = useFormat()
  const { total, peak } = report
  const facts = [
    total.coverage < COVERAGE_WORTH_SAYING && t('fact.coverage', { share: format.percent(total.coverage) }),
    total.exportedKwh
      ? t('fact.fedIn', { drawn: format.energyText(total.importedKwh ?? 0), fedIn: format.energyText(total.exportedKwh) })
      : null,
    total.standingCharge > 0 && total.cost !== null && t('fact.standing', { cost: format.money(total.standingCharge) }),
    total.pricedShare < COVERAGE_WORTH_SAYING && t('fact.noPrice', { share: format.percent(1 - total.pricedShare) }),
    total.co2Kg !== null && t('fact.co2', { mass: format.mass(total.co2Kg) }),
    peak && t('fact.peak', { power: format.powerText(peak.powerWatts) }),
    comparison !== 'none' && comparedFact(compared, format, t),
  ].filter((fact) => typeof fact === 'string')
  return <p className="figures text-sm text-ink-soft first-letter:uppercase">{facts.join(' · ')}</p>
}

function comparedFact(compared: EnergyReport | null, format: Format, t: Translator<'energy.history'>): string {
  if (!compared || compared.total.energyKwh === null) return t('fact.nothingToCompare')
  const { coverage } = compared.total
  const energy = format.energyText(compared.total.energyKwh)
  if (coverage >= COVERAGE_WORTH_SAYING) return t('fact.compared', { energy })
  return t('fact.comparedPartly', { energy, share: format.percent(coverage) })
}
