'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { usePolled } from '@/components/admin/use-polled'
import { Badge } from '@/components/ui/badge'
import { ProblemNote } from '@/components/ui/problem-note'
import { PageTitle, Section } from '@/components/ui/section'
import type { LogLevelView } from '@/lib/contracts/log-level'
import { systemHealthSchema, type SystemHealth } from '@/lib/contracts/system-health'
import { jobKindWord } from '../jobs/job-words'
import { DataCell, DataRow, DataTable } from '../fact-list'
import { countText } from '../figures'
import { LogLevelForm } from './log-level-form'
import { PartCards } from './part-cards'
import { ProcessList } from './process-list'
import { StorageSection } from './storage-section'
import { StreamSection } from './stream-section'

const REFRESH_MILLISECONDS = 5_000

const TONES = { ok: 'accent', degraded: 'warn', down: 'bad' } as const

interface HealthViewProps {
  first: SystemHealth
  logLevel: LogLevelView
  maySetLevel: boolean
  locale: string
}

/** The state of all parts of the application. */
export function HealthView({ first, logLevel, maySetLevel, locale }: HealthViewProps) {
  const { answer, problem } = usePolled('/api/v1/admin/health', systemHealthSchema, first, REFRESH_MILLISECONDS)
  const t = useTranslations('adminHealth')
  const tJobs = useTranslations('adminJobs')
  const { health, processes, missingKinds, queues } = answer
  return (
    <>
      <PageTitle
        title={t('title')}
        text={t('text')}
        action={<div role="status"><Badge tone={TONES[health.status]}>{t(`overall.${health.status}`)}</Badge></div>}
      />
      <ProblemNote text={problem && t('stale', { problem })} />
      <PartCards health={health} locale={locale} />
      <Section id="processes" title={t('processes.title')} text={t('processes.text')}>
        {processes ? (
          <ProcessList processes={processes} missingKinds={missingKinds} now={health.timestamp} locale={locale} />
        ) : (
          <p className="mt-3 text-bad">{t('unknown')}</p>
        )}
      </Section>
      <LogLevelForm first={logLevel} maySet={maySetLevel} locale={locale} />
      <StreamSection shards={answer.shards} buildings={answer.buildings} locale={locale} />
      <Section
        id="queues"
        title={t('queues.title')}
        text={t('queues.text')}
        action={
          <Link href="/admin/jobs" className="flex min-h-11 items-center text-accent underline underline-offset-3">
            {t('queues.allJobs')}
          </Link>
        }
      >
        {queues?.length === 0 && <p className="mt-3 text-ink-soft">{t('queues.none')}</p>}
        {!queues && <p className="mt-3 text-bad">{t('unknown')}</p>}
        {queues && queues.length > 0 && (
          <DataTable
            label={t('queues.title')}
            columns={[
              { name: t('queues.table.kind') },
              { name: t('queues.table.waiting'), isNumber: true },
              { name: t('queues.table.running'), isNumber: true },
              { name: t('queues.table.failed'), isNumber: true },
            ]}
          >
            {queues.map(({ kind, queued, running, failed }) => (
              <DataRow key={kind}>
                <DataCell isHead>{jobKindWord(kind, tJobs)}</DataCell>
                <DataCell isNumber>{countText(queued, locale)}</DataCell>
                <DataCell isNumber>{countText(running, locale)}</DataCell>
                <DataCell isNumber className={failed > 0 ? 'font-medium text-bad' : undefined}>
                  {countText(failed, locale)}
                </DataCell>
              </DataRow>
            ))}
          </DataTable>
        )}
      </Section>
      <StorageSection database={answer.database} disk={answer.disk} locale={locale} />
    </>
  )
}
