'use client'

import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useProblemText } from '@/components/api/problem-text'
import { requestApi } from '@/components/api/request-api'
import type { Translator } from '@/components/i18n/messages'
import { buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { classNames } from '@/components/ui/class-names'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { ProblemNote } from '@/components/ui/problem-note'
import { PageTitle } from '@/components/ui/section'
import { WORK_STATES, type Work, type WorkPage, workPageSchema, type WorkState } from '@/lib/contracts/jobs'
import { countText } from '../figures'
import { usePolled } from '../use-polled'
import { JobRow } from './job-row'
import { jobKindWord } from './job-words'

const REFRESH_MILLISECONDS = 2_000

interface JobsViewProps {
  first: WorkPage
  state: WorkState | undefined
  before: string | undefined
  locale: string
}

/** Jobs of the sites the reader may see, watched as they go on. */
export function JobsView({ first, state, before, locale }: JobsViewProps) {
  const query = new URLSearchParams({ ...(state && { state }), ...(before && { before }) }).toString()
  const t = useTranslations('adminJobs')
  const problemText = useProblemText()
  const { answer, problem, refresh } = usePolled(`/api/v1/jobs?${query}`, workPageSchema, first, REFRESH_MILLISECONDS)
  const [busyId, setBusyId] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [cancelled, setCancelled] = useState<Work | null>(null)
  const change = async (work: Work, action: 'cancel' | 'retry') => {
    setBusyId(work.id)
    setRefusal(null)
    try {
      await requestApi(`/api/v1/jobs/${encodeURIComponent(work.id)}/${action}`, { method: 'POST' })
      setCancelled(null)
      await refresh()
    } catch (error) {
      setRefusal(problemText(error))
    } finally {
      setBusyId(null)
    }
  }
  return (
    <>
      <PageTitle title={t('title')} text={t('text')} />
      <StateFilter state={state} counts={answer.counts} locale={locale} />
      <ProblemNote text={cancelled ? null : (refusal ?? (problem && t('stale', { problem })))} />
      <Card aria-label={t('list')} className="p-4 sm:p-6">
        {answer.data.length === 0 && (
          <p className="text-ink-soft">
            {state ? t('noneOfState', { state: t(`states.${state}`).toLocaleLowerCase(locale) }) : t('none')}
          </p>
        )}
        <ul>
          {answer.data.map((work) => (
            <JobRow
              key={work.id}
              work={work}
              locale={locale}
              isBusy={busyId === work.id}
              onCancel={() => {
                setRefusal(null)
                setCancelled(work)
              }}
              onRetry={() => void change(work, 'retry')}
            />
          ))}
        </ul>
      </Card>
      {(before ?? answer.next) && (
        <nav aria-label={t('parts')} className="flex flex-wrap gap-3">
          {before && <Link href={hrefOf(state)} className={buttonClass('secondary')}>{t('newest')}</Link>}
          {answer.next && <Link href={hrefOf(state, answer.next)} className={buttonClass('secondary')}>{t('older')}</Link>}
        </nav>
      )}
      {cancelled && (
        <ConfirmDialog
          title={t('cancelTitle')}
          action={t('cancelJob')}
          change={{ isBusy: busyId !== null, problem: refusal, run: async () => false, clear: () => setRefusal(null) }}
          onConfirm={() => void change(cancelled, 'cancel')}
          onClose={() => setCancelled(null)}
        >
          <p>{t('cancelText', { job: jobWithPlace(cancelled, t) })}</p>
        </ConfirmDialog>
      )}
    </>
  )
}

function jobWithPlace({ kind, building }: Work, t: Translator<'adminJobs'>): string {
  const word = jobKindWord(kind, t)
  return building ? t('kindOfPlace', { kind: word, place: building.name }) : word
}

function hrefOf(state: WorkState | undefined, before?: string): string {
  const query = new URLSearchParams({ ...(state && { state }), ...(before && { before }) }).toString()
  return query ? `/admin/jobs?${query}` : '/admin/jobs'
}

function StateFilter({ state, counts, locale }: Pick<JobsViewProps, 'state' | 'locale'> & { counts: WorkPage['counts'] }) {
  const t = useTranslations('adminJobs')
  const choices = [undefined, ...WORK_STATES]
  const all = WORK_STATES.reduce((sum, one) => sum + counts[one], 0)
  return (
    <nav aria-label={t('filter')} className="-mx-4 [--scroll-ground:var(--canvas)] scroll-shade overflow-x-auto px-4 py-1 sm:-mx-6 sm:px-6">
      <ul className="flex w-max gap-1">
        {choices.map((choice) => (
          <li key={choice ?? 'all'}>
            <Link
              href={hrefOf(choice)}
              aria-current={choice === state ? 'page' : undefined}
              className={classNames(
                'flex min-h-11 items-center gap-2 rounded-lg border px-3 text-sm font-medium whitespace-nowrap',
                choice === state
                  ? 'border-accent bg-accent-wash text-accent'
                  : 'border-line bg-surface text-ink-soft hover:text-ink',
              )}
            >
              {choice ? t(`states.${choice}`) : t('all')}
              <span className="figures">{countText(choice ? counts[choice] : all, locale)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
