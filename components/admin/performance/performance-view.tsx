'use client'

import { useTranslations } from 'use-intl'
import { durationInWords } from '@/components/format/quantities'
import { ProblemNote } from '@/components/ui/problem-note'
import { PageTitle, Section } from '@/components/ui/section'
import { type Performance, performanceSchema } from '@/lib/contracts/performance'
import { DataCell, DataRow, DataTable } from '../fact-list'
import { amountText, bytesText, countText, tookText } from '../figures'
import { usePolled } from '../use-polled'
import { type Trend, TrendCard } from './trend-card'

const REFRESH_MILLISECONDS = 5_000

type Unit = 'rate' | 'seconds' | 'cores' | 'bytes'

const TRENDS: readonly (Trend & { unit: Unit })[] = [
  { main: 'requestsPerSecond', beside: 'failuresPerSecond', unit: 'rate' },
  { main: 'requestP95Seconds', unit: 'seconds' },
  { main: 'databaseSeconds', unit: 'seconds' },
  { main: 'liveStoreSeconds', unit: 'seconds' },
  { main: 'inferencesPerSecond', unit: 'rate' },
  { main: 'inferenceP95Seconds', unit: 'seconds' },
  { main: 'commitP95Seconds', unit: 'seconds' },
  { main: 'cpuCores', unit: 'cores' },
  { main: 'memoryBytes', unit: 'bytes' },
]

/** How fast the application is, by time and by route. */
export function PerformanceView({ first, locale }: { first: Performance; locale: string }) {
  const { answer, problem } = usePolled('/api/v1/admin/performance', performanceSchema, first, REFRESH_MILLISECONDS)
  const t = useTranslations('adminPerformance')
  const tFormat = useTranslations('format')
  return (
    <>
      <PageTitle title={t('title')} text={t('text')} />
      <ProblemNote text={problem && t('stale', { problem })} />
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {TRENDS.map(({ unit, ...trend }) => (
          <TrendCard
            key={trend.main}
            trend={trend}
            points={answer.points}
            binSeconds={answer.binSeconds}
            valueText={(value) => valueText(unit, value, locale)}
            locale={locale}
          />
        ))}
      </div>
      <Section
        id="routes"
        title={t('routes.title')}
        text={t('routes.text', {
          duration: durationInWords(answer.routesSeconds, tFormat),
          processes: answer.webProcesses,
        })}
      >
        {answer.routes.length === 0 && <p className="mt-3 text-ink-soft">{t('routes.none')}</p>}
        {answer.routes.length > 0 && (
          <DataTable
            label={t('routes.title')}
            columns={[
              { name: t('routes.table.route') },
              { name: t('routes.table.requests'), isNumber: true },
              { name: t('routes.table.errors'), isNumber: true },
              { name: t('routes.table.median'), isNumber: true },
              { name: t('routes.table.p95'), isNumber: true },
            ]}
          >
            {answer.routes.map(({ method, route, requests, failures, p50Seconds, p95Seconds }) => (
              <DataRow key={`${method} ${route}`}>
                <DataCell isHead><code className="text-[0.8125rem] whitespace-nowrap">{method} {route}</code></DataCell>
                <DataCell isNumber>{countText(requests, locale)}</DataCell>
                <DataCell isNumber className={failures > 0 ? 'font-medium text-bad' : undefined}>
                  {countText(failures, locale)}
                </DataCell>
                <DataCell isNumber>{p50Seconds === null ? '–' : tookText(p50Seconds, locale)}</DataCell>
                <DataCell isNumber>{p95Seconds === null ? '–' : tookText(p95Seconds, locale)}</DataCell>
              </DataRow>
            ))}
          </DataTable>
        )}
      </Section>
    </>
  )
}

function valueText(unit: Unit, value: number, locale: string): string {
  switch (unit) {
    case 'rate':
      return `${amountText(value, locale)}/s`
    case 'seconds':
      return tookText(value, locale)
    case 'cores':
      return amountText(value, locale)
    case 'bytes':
      return bytesText(value, locale)
  }
}
