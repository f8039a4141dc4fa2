'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FormatProvider, useFormat } from '@/components/format/format-context'
import { PageTitle } from '@/components/shell/page-title'
import { Card } from '@/components/ui/card'
import { ChoiceButtons } from '@/components/ui/choice-buttons'
import { ANOMALY_SEVERITIES, type AnomalyDetail, type AnomalyWatch } from '@/lib/contracts/anomalies'
import type { Site } from '@/lib/contracts/sites'
import { AnomalyCard } from './anomaly-card'

const FILTERS = ['open', 'all'] as const

/** What looks wrong at a site, the most urgent first. */
export function InsightsView({ site, locale, anomalies, watch, nowSeconds, mayDecide }: {
  site: Site
  locale: string
  /** Newest first. */
  anomalies: readonly AnomalyDetail[]
  watch: AnomalyWatch
  nowSeconds: number
  mayDecide: boolean
}) {
  const t = useTranslations('anomalies')
  const [filter, setFilter] = useState<(typeof FILTERS)[number]>('open')
  const shown = anomalies.filter(({ status }) => filter === 'all' || status === 'open')
  const sorted = ANOMALY_SEVERITIES.flatMap((severity) => shown.filter((anomaly) => anomaly.severity === severity))
  return (
    <FormatProvider locale={locale} timeZone={site.timeZone} currency={site.currency}>
      <PageTitle title={t('title')} text={t('text')}>
        <ChoiceButtons
          label={t('show')}
          value={filter}
          choices={FILTERS.map((value) => ({ value, label: t(`filters.${value}`) }))}
          onChange={setFilter}
        />
      </PageTitle>
      {sorted.length === 0 ? (
        <NothingFound watch={watch} nowSeconds={nowSeconds} />
      ) : (
        <div className="grid gap-5 lg:grid-cols-2">
          {sorted.map((anomaly) => <AnomalyCard key={anomaly.id} anomaly={anomaly} mayDecide={mayDecide} />)}
        </div>
      )}
    </FormatProvider>
  )
}

/** That nothing stands out, or that it cannot be known yet, and when it will be. */
function NothingFound({ watch: { judgedFrom }, nowSeconds }: { watch: AnomalyWatch; nowSeconds: number }) {
  const t = useTranslations('anomalies')
  const format = useFormat()
  const state = judgedFrom === null ? 'unmeasured' : judgedFrom > nowSeconds ? 'learning' : 'none'
  return (
    <Card className="max-w-3xl p-5 sm:p-8" data-state={state}>
      <h2 className="text-xl font-semibold tracking-[-0.02em]">{t(`${state}.title`)}</h2>
      <p className="mt-3 max-w-prose text-ink-soft">{t(`${state}.text`, { date: judgedFrom === null ? '' : format.day(judgedFrom) })}</p>
    </Card>
  )
}
