import { useTranslations } from 'use-intl'
import { Moment } from '@/components/format/moment'
import { durationInWords } from '@/components/format/quantities'
import { ProgressBar } from '@/components/import/progress-bar'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import type { Work, WorkState } from '@/lib/contracts/jobs'
import { isUnderWay, jobKindWord, jobStateText, mayCancel, mayRetry } from './job-words'

const TEXT = {
  cancel: 'Cancel',
  retry: 'Try again',
  nameOf: (action: string, kind: string, name: string) => `${action}: ${kind}${name && `, ${name}`}`,
  started: 'asked for',
  by: (who: string) => ` by ${who}`,
  itself: 'by the application itself',
  took: (words: string) => `took ${words}`,
  waiting: 'In the queue',
  attempt: 'The last attempt stopped:',
} as const

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
  const tFormat = useTranslations('format')
  const { kind, name, site, building, requestedBy, createdAt, startedAt, finishedAt, error, state } = work
  const kindWord = jobKindWord(kind)
  const title = [kindWord, name].filter(Boolean).join(': ')
  const place = [site?.name, building?.name].filter(Boolean).join(', ')
  return (
    <li className="space-y-2 border-b border-line/60 py-4 first:pt-0 last:border-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
            <span className="wrap-anywhere">{title}</span>
            <Badge tone={TONES[state]}>{jobStateText(work)}</Badge>
          </p>
          <p className="text-[0.8125rem] wrap-anywhere text-ink-soft">
            {place && <>{place} · </>}
            {TEXT.started} <span className="figures"><Moment at={createdAt} locale={locale} /></span>
            {requestedBy ? TEXT.by(requestedBy.username) : ` ${TEXT.itself}`}
            {startedAt !== null && finishedAt !== null && <> · {TEXT.took(durationInWords(finishedAt - startedAt, tFormat))}</>}
          </p>
        </div>
        {mayCancel(work) && (
          <Button disabled={isBusy} aria-label={TEXT.nameOf(TEXT.cancel, kindWord, name ?? place)} onClick={onCancel}>{TEXT.cancel}</Button>
        )}
        {mayRetry(work) && (
          <Button disabled={isBusy} aria-label={TEXT.nameOf(TEXT.retry, kindWord, name ?? place)} onClick={onRetry}>{TEXT.retry}</Button>
        )}
      </div>
      {isUnderWay(work) && <ProgressBar share={work.progress} label={work.message ?? (state === 'queued' ? TEXT.waiting : kindWord)} />}
      {error && (
        <p className={`text-sm wrap-anywhere ${state === 'failed' ? 'text-bad' : 'text-warn'}`}>
          {state === 'failed' ? error : `${TEXT.attempt} ${error}`}
        </p>
      )}
    </li>
  )
}
