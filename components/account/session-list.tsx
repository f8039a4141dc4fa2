'use client'

import { Laptop, Terminal } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { Moment } from '@/components/format/moment'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ProblemNote } from '@/components/ui/problem-note'
import { Section } from '@/components/ui/section'
import type { UserSession } from '@/lib/contracts/accounts'
import { describeAgent } from './describe-agent'

/** Where somebody is logged in, each with a way to end it. */
export function SessionList({ sessions, locale }: { sessions: readonly UserSession[]; locale: string }) {
  const t = useTranslations('account')
  const change = useChange()
  const end = (path: string) => void change.run(() => requestApi(path, { method: 'DELETE' }))
  return (
    <Section
      id="sessions"
      title={t('sessions.title')}
      text={t('sessions.text')}
      action={
        sessions.length > 1 && (
          <Button disabled={change.isBusy} className="whitespace-nowrap" onClick={() => end('/api/v1/sessions')}>
            {t('sessions.endOthers')}
          </Button>
        )
      }
    >
      <div className="mt-3"><ProblemNote text={change.problem} /></div>
      <ul>
        {sessions.map((session) => {
          const Icon = session.kind === 'browser' ? Laptop : Terminal
          const name = describeAgent(session.userAgent, t)
          return (
            <li key={session.id} className="flex items-center gap-3 border-b border-line/60 py-3 last:border-0 last:pb-0">
              <Icon aria-hidden className="size-5 shrink-0 text-ink-faint" />
              <div className="min-w-0 grow">
                <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[0.9375rem] font-medium">
                  <span className="wrap-anywhere">{name}</span>
                  {session.isCurrent && <Badge tone="accent">{t('sessions.thisOne')}</Badge>}
                </p>
                <p className="figures text-[0.8125rem] text-ink-soft">
                  {t.rich('sessions.lastSeen', { moment: () => <Moment at={session.lastSeenAt} locale={locale} /> })}
                  {session.address && session.address !== 'unknown' && <> · {t('sessions.from', { address: session.address })}</>}
                </p>
              </div>
              {!session.isCurrent && (
                <Button
                  disabled={change.isBusy}
                  className="shrink-0 whitespace-nowrap"
                  aria-label={t('sessions.endNamed', { name })}
                  onClick={() => end(`/api/v1/sessions/${encodeURIComponent(session.id)}`)}
                >
                  {t('sessions.end')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
