'use client'

import { useTranslations } from 'use-intl'
import { Moment } from '@/components/format/moment'
import { durationInWords } from '@/components/format/quantities'
import { progressText } from '@/components/import/import-words'
import { ProgressBar } from '@/components/import/progress-bar'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import type { Work, WorkState } from '@/lib/contracts/jobs'
import { isUnderWay, jobKindWord, jobStateText, mayCancel, mayRetry } from './job-words'

const TONES: Record<WorkState, 'neutral' | 'accent' | 'warn' | 'bad'> = {
  uploaded: 'neutral',
  queued: 'neutral',
  running: 'accent',
  done: 'neutral',
  failed: 'bad',
  cancelled: 'warn',
}

interface JobRowProps {
  work: Work
  locale: string
  isBusy: boolean
  onCancel: () => void
  onRetry: () => void
}

/** One job: what, whose, how far, and what went wrong. */
export function JobRow({ work, locale, isBusy, onCancel, onRetry }: JobRowProps) {
  const t = useTranslations('adminJobs')
  const tFormat = useTranslations('format')
  const tImport = useTranslations('import')
  const { kind, name, site, building, requestedBy, createdAt, startedAt, finishedAt, error, state } = work
  const kindWord = jobKindWord(kind, t)
  const title = [kindWord, name].filter(Boolean).join(': ')
  const place = [site?.name, building?.name].filter(Boolean).join(', ')
  // For those who hear the button alone.
  const job = [kindWord, name ?? place].filter(Boolean).join(', ')
  const moment = () => <span className="figures"><Moment at={createdAt} locale={locale} /></span>
  return (
    <li className="space-y-2 border-b border-line/60 py-4 first:pt-0 last:border-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
            <span className="wrap-anywhere">{title}</span>
            <Badge tone={TONES[state]}>{jobStateText(work, t)}</Badge>
          </p>
          <p className="text-[0.8125rem] wrap-anywhere text-ink-soft">
            {place && <>{place} · </>}
            {requestedBy
              ? t.rich('askedForBy', { moment, name: requestedBy.username })
              : t.rich('askedForByItself', { moment })}
            {startedAt !== null && finishedAt !== null && (
              <> · {t('took', { duration: durationInWords(finishedAt - startedAt, tFormat) })}</>
            )}
          </p>
        </div>
        {mayCancel(work) && (
          <Button disabled={isBusy} aria-label={t('actionOn', { action: t('cancel'), job })} onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
        {mayRetry(work) && (
          <Button disabled={isBusy} aria-label={t('actionOn', { action: t('retry'), job })} onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
      </div>
      {isUnderWay(work) && (
        <ProgressBar
          share={work.progress}
          label={work.message === null ? (state === 'queued' ? t('waiting') : kindWord) : progressText(work.message, tImport)}
        />
      )}
      {error && (
        <p className={`text-sm wrap-anywhere ${state === 'failed' ? 'text-bad' : 'text-warn'}`}>
          {state === 'failed' ? error : t('lastAttempt', { error })}
        </p>
      )}
    </li>
  )
}
