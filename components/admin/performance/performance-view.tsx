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

const TEXT = {
  title: 'Performance',
  intro: 'The last half hour, of all processes together.',
  stale: 'These figures are older:',
  routes: 'Requests by route',
  routesText: (words: string, processes: string) =>
    `Of the last ${words}, answered by ${processes}. Half of the requests were faster than the median, 95 of 100 faster than the p95.`,
  processes: (count: number) => (count === 1 ? 'one web process' : `${count} web processes`),
  noRoutes: 'No request came.',
  columns: [
    { name: 'Route' },
    { name: 'Requests', isNumber: true },
    { name: 'Errors', isNumber: true },
    { name: 'Median', isNumber: true },
    { name: 'p95', isNumber: true },
  ],
  perSecond: '/s',
} as const

type Unit = 'rate' | 'seconds' | 'cores' | 'bytes'

const TRENDS: readonly (Trend & { unit: Unit })[] = [
  {
    title: 'Requests',
    main: 'requestsPerSecond',
    mainName: 'answered',
    beside: 'failuresPerSecond',
    besideName: 'with an error of ours',
    unit: 'rate',
  },
  { title: 'Answer time of the API', main: 'requestP95Seconds', mainName: '95 of 100 are faster', unit: 'seconds' },
  { title: 'Database', main: 'databaseSeconds', mainName: 'for an answer without work', unit: 'seconds' },
  { title: 'Live store', main: 'liveStoreSeconds', mainName: 'for an answer without work', unit: 'seconds' },
  { title: 'Runs of the models', main: 'inferencesPerSecond', mainName: 'of one building each', unit: 'rate' },
  { title: 'Inference', main: 'inferenceP95Seconds', mainName: '95 of 100 runs are faster', unit: 'seconds' },
  { title: 'Storing readings', main: 'commitP95Seconds', mainName: '95 of 100 are faster', unit: 'seconds' },
  { title: 'Processor', main: 'cpuCores', mainName: 'cores in use by all processes', unit: 'cores' },
  { title: 'Memory', main: 'memoryBytes', mainName: 'in use by all processes', unit: 'bytes' },
]

/** How fast the application is, by time and by route. */
export function PerformanceView({ first, locale }: { first: Performance; locale: string }) {
  const { answer, problem } = usePolled('/api/v1/admin/performance', performanceSchema, first, REFRESH_MILLISECONDS)
  const tFormat = useTranslations('format')
  return (
    <>
      <PageTitle title={TEXT.title} text={TEXT.intro} />
      <ProblemNote text={problem && `${TEXT.stale} ${problem}`} />
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {TRENDS.map(({ unit, ...trend }) => (
          <TrendCard
            key={trend.title}
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
        title={TEXT.routes}
        text={TEXT.routesText(durationInWords(answer.routesSeconds, tFormat), TEXT.processes(answer.webProcesses))}
      >
        {answer.routes.length === 0 && <p className="mt-3 text-ink-soft">{TEXT.noRoutes}</p>}
        {answer.routes.length > 0 && (
          <DataTable label={TEXT.routes} columns={TEXT.columns}>
            {answer.routes.map(({ method, route, requests, failures, p50Seconds, p95Seconds }) => (
              <DataRow key={`${method} ${route}`}>
                <DataCell isHead><code className="text-[0.8125rem] whitespace-nowrap">{method} {route}</code></DataCell>
                <DataCell isNumber>{countText(requests, locale)}</DataCell>
                <DataCell isNumber className={failures > 0 ? 'font-medium text-bad' : undefined}>{countText(failures, locale)}</DataCell>
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
      return `${amountText(value, locale)}${TEXT.perSecond}`
    case 'seconds':
      return tookText(value, locale)
    case 'cores':
      return amountText(value, locale)
    case 'bytes':
      return bytesText(value, locale)
  }
}
