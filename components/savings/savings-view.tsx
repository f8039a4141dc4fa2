'use client'

import { useTranslations } from 'use-intl'
import { FormatProvider } from '@/components/format/format-context'
import { PageTitle } from '@/components/shell/page-title'
import { SimulatedBadge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import type { Equipment, Optimization, PlannerDay, TariffCandidates } from '@/lib/contracts/optimisation'
import type { Site } from '@/lib/contracts/sites'
import { AheadCard } from './ahead-card'
import { CandidateList } from './candidate-list'
import { DayPlanner, type PlannerDates } from './day-planner'
import { EquipmentForm } from './equipment-form'
import { RecommendationCard } from './recommendation-card'
import { Statements } from './statements'

interface SavingsViewProps {
  site: Site
  locale: string
  optimization: Optimization
  dates: PlannerDates
  /** null: the day cannot be planned. */
  day: PlannerDay | null
  equipment: Equipment
  candidates: TariffCandidates
  mayWrite: boolean
}

/** What could be saved, and a day to try it out on. */
export function SavingsView({ site, locale, optimization, dates, day, equipment, candidates, mayWrite }: SavingsViewProps) {
  const t = useTranslations('savings')
  const { recommendations, notes } = optimization
  return (
    <FormatProvider locale={locale} timeZone={site.timeZone} currency={site.currency}>
      <PageTitle title={t('title')} text={t('text')}>
        {site.buildings.some(({ simulated }) => simulated) && <SimulatedBadge />}
      </PageTitle>
      {optimization.ahead && <AheadCard plan={optimization.ahead} />}
      <section aria-labelledby="recommendations-heading" className="space-y-3">
        <h2 id="recommendations-heading" className="text-lg font-semibold tracking-[-0.01em]">
          {recommendations.length > 0 ? t('recommendations') : t('none')}
        </h2>
        {recommendations.map((recommendation) => (
          <RecommendationCard
            key={`${recommendation.type} ${recommendation.appliance} ${recommendation.subject}`}
            recommendation={recommendation}
          />
        ))}
        {notes.length > 0 && (
          <Card as="div" className="space-y-2 p-4 sm:p-5">
            <h3 className="text-sm font-medium">{t('notes')}</h3>
            <Statements statements={notes} />
          </Card>
        )}
      </section>
      <DayPlanner key={dates.date} siteId={site.id} dates={dates} day={day} />
      <CandidateList siteId={site.id} currency={site.currency} candidates={candidates} today={dates.today} mayWrite={mayWrite} />
      <EquipmentForm siteId={site.id} currency={site.currency} equipment={equipment} mayWrite={mayWrite} />
    </FormatProvider>
  )
}
