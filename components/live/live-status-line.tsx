'use client'

import { CloudOff, LogIn, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Badge, SimulatedBadge } from '@/components/ui/badge'
import { buttonClass } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { useFormat } from '@/components/format/format-context'
import { newestReadingSeconds, type Freshness } from './freshness'
import type { BuildingState } from './live-state'
import { useFreshnessText } from './use-freshness-text'

const DEFAULT_WINDOW_SECONDS = 1536

function windowFill({ status, window }: BuildingState): { seconds: number; ofSeconds: number; isFull: boolean } {
  const ofSeconds = status?.window_size ?? DEFAULT_WINDOW_SECONDS
  const seconds = Math.min(ofSeconds, status?.buffer_size ?? window.length)
  return { seconds, ofSeconds, isFull: status?.ready ?? seconds >= ofSeconds }
}

/** Whether what is shown is current, of when it is, and how much of the window it rests on. */
export function LiveStatusLine({ building, freshness, onRetry }: {
  building: BuildingState
  freshness: Freshness
  onRetry: () => void
}) {
  const t = useTranslations('live')
  const format = useFormat()
  const newest = newestReadingSeconds(building)
  const fill = windowFill(building)
  const ofMinutes = Math.floor(fill.ofSeconds / 60)
  // The line stays one line on a phone: what is wrong takes the place of the rest.
  const unlessWrong = useFreshnessText(freshness) === null ? '' : 'max-sm:hidden'
  // A full window may miss a second here and there; it is full all the same.
  const minutes = fill.isFull ? ofMinutes : Math.floor(fill.seconds / 60)
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-2 text-[0.8125rem] text-ink-soft sm:gap-x-4 sm:text-sm">
      <FreshnessBadge freshness={freshness} onRetry={onRetry} />
      {newest !== null && (
        <span className={classNames('figures', unlessWrong)}>
          <span className="max-sm:sr-only">{t('readingOf')} </span>
          <time data-testid="reading-time" dateTime={new Date(newest * 1000).toISOString()}>
            {format.clockWithSeconds(newest)}
          </time>
        </span>
      )}
      <span className={classNames('figures', unlessWrong)}>{t('window', { minutes, ofMinutes })}</span>
      {building.simulated && <span className={unlessWrong}><SimulatedBadge /></span>}
    </div>
  )
}

function FreshnessBadge({ freshness, onRetry }: { freshness: Freshness; onRetry: () => void }) {
  const t = useTranslations('live')
  const problem = useFreshnessText(freshness)
  if (freshness.kind === 'live' || freshness.kind === 'waiting') {
    return (
      <span className="inline-flex items-center gap-2 font-medium text-good" data-testid="freshness">
        <span aria-hidden className="live-dot size-2.5 rounded-full bg-good" />
        {t(`freshness.${freshness.kind}`)}
      </span>
    )
  }
  const isStale = freshness.kind === 'stale'
  const Icon = isStale ? TriangleAlert : CloudOff
  return (
    <>
      <span data-testid="freshness">
        <Badge tone={isStale ? 'warn' : 'bad'} className="figures">
          <Icon aria-hidden className="size-3.5 shrink-0" />
          {t(isStale ? 'freshness.stale' : 'freshness.offline')} · {problem}
        </Badge>
      </span>
      {freshness.kind === 'offline' && (
        <button
          type="button"
          onClick={onRetry}
          className="relative rounded-sm font-medium text-accent underline-offset-4 after:absolute after:-inset-3 hover:underline"
        >
          {t('freshness.retry')}
        </button>
      )}
    </>
  )
}

/** While the window fills: how far it is, and what that means for the estimates. */
export function WindowProgress({ building }: { building: BuildingState }) {
  const t = useTranslations('live')
  const fill = windowFill(building)
  if (fill.isFull) return null
  const share = fill.seconds / fill.ofSeconds
  const minutesLeft = Math.max(1, Math.ceil((fill.ofSeconds - fill.seconds) / 60))
  return (
    <div className="max-w-xl">
      <p className="text-sm text-ink-soft">{t('windowFills', { minutes: minutesLeft })}</p>
      <div
        role="progressbar"
        aria-label={t('windowProgress')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        className="mt-2 h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div className="h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  )
}

/** The one thing to do once the session is over. */
export function SessionExpired({ returnTo }: { returnTo: string }) {
  const t = useTranslations('live')
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-2xl bg-bad-wash px-4 py-3 text-bad">
      <span className="grow">{t('sessionEnded')}</span>
      <a href={`/login?next=${encodeURIComponent(returnTo)}`} className={buttonClass('primary')}>
        <LogIn aria-hidden className="size-4" />
        {t('logInAgain')}
      </a>
    </div>
  )
}
