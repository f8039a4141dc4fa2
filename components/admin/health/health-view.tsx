'use client'

import Link from 'next/link'
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

const TEXT = {
  title: 'Health',
  intro: 'What the application needs and is made of, looked at every few seconds.',
  overall: { ok: 'All is well', degraded: 'Works, but not as it should', down: 'Does not work' },
  stale: 'These figures are older:',
  processes: 'Processes',
  processesText: 'Each says every five seconds how it is.',
  queues: 'Queues',
  queuesText: 'Work in the background that waits, runs, or failed in the last seven days.',
  noQueues: 'No job was ever started.',
  unknown: 'Could not be found out: the database does not answer.',
  columns: [{ name: 'Kind' }, { name: 'Waiting', isNumber: true }, { name: 'Running', isNumber: true }, { name: 'Failed', isNumber: true }],
  allJobs: 'All jobs',
} as const

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
  const { health, processes, missingKinds, queues } = answer
  return (
    <>
      <PageTitle
        title={TEXT.title}
        text={TEXT.intro}
        action={<div role="status"><Badge tone={TONES[health.status]}>{TEXT.overall[health.status]}</Badge></div>}
      />
      <ProblemNote text={problem && `${TEXT.stale} ${problem}`} />
      <PartCards health={health} locale={locale} />
      <Section id="processes" title={TEXT.processes} text={TEXT.processesText}>
        {processes ? (
          <ProcessList processes={processes} missingKinds={missingKinds} now={health.timestamp} locale={locale} />
        ) : (
          <p className="mt-3 text-bad">{TEXT.unknown}</p>
        )}
      </Section>
      <LogLevelForm first={logLevel} maySet={maySetLevel} locale={locale} />
      <StreamSection shards={answer.shards} buildings={answer.buildings} locale={locale} />
      <Section
        id="queues"
        title={TEXT.queues}
        text={TEXT.queuesText}
        action={<Link href="/admin/jobs" className="flex min-h-11 items-center text-accent underline underline-offset-3">{TEXT.allJobs}</Link>}
      >
        {queues?.length === 0 && <p className="mt-3 text-ink-soft">{TEXT.noQueues}</p>}
        {!queues && <p className="mt-3 text-bad">{TEXT.unknown}</p>}
        {queues && queues.length > 0 && (
          <DataTable label={TEXT.queues} columns={TEXT.columns}>
            {queues.map(({ kind, queued, running, failed }) => (
              <DataRow key={kind}>
                <DataCell isHead>{jobKindWord(kind)}</DataCell>
                <DataCell isNumber>{countText(queued, locale)}</DataCell>
                <DataCell isNumber>{countText(running, locale)}</DataCell>
                <DataCell isNumber className={failed > 0 ? 'font-medium text-bad' : undefined}>{countText(failed, locale)}</DataCell>
              </DataRow>
            ))}
          </DataTable>
        )}
      </Section>
      <StorageSection database={answer.database} disk={answer.disk} locale={locale} />
    </>
  )
}
