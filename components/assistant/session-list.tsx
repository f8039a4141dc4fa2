'use client'

import { Plus, Search, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { Button } from '@/components/ui/button'
import { FIELD } from '@/components/ui/field'
import { ProblemNote } from '@/components/ui/problem-note'
import { ConfirmDelete } from './confirm-delete'
import { SessionRow } from './session-row'
import type { SessionEntry, Sessions } from './use-sessions'

const DAY_SECONDS = 86_400
const PERIODS = ['today', 'week', 'older'] as const

interface SessionListProps {
  list: Sessions
  currentId: string | null
  /** Of sites other than the one in view. */
  siteNameOf: (siteId: string | null) => string | null
  nowSeconds: number
  onNew: () => void
  onOpen: (entry: SessionEntry) => void
  onDeleted: (sessionId: string | null) => void
}

/** The person's conversations: find, open, rename, take along, delete. */
export function SessionList({ list, currentId, siteNameOf, nowSeconds, onNew, onOpen, onDeleted }: SessionListProps) {
  const t = useTranslations('assistant.conversations')
  const format = useFormat()
  const [isDeletingAll, setDeletingAll] = useState(false)
  const day = (seconds: number) => format.local(seconds, { dateStyle: 'short' })
  const periodOf = ({ updated_at: updatedAt }: SessionEntry): (typeof PERIODS)[number] => {
    const seconds = Date.parse(updatedAt) / 1000
    return day(seconds) === day(nowSeconds) ? 'today' : nowSeconds - seconds < 7 * DAY_SECONDS ? 'week' : 'older'
  }
  const removeAll = async () => {
    const problem = await list.removeAll()
    if (problem === null) onDeleted(null)
    return problem
  }
  return (
    <div className="flex min-h-0 grow flex-col gap-3">
      <Button className="w-full" onClick={onNew}><Plus aria-hidden className="size-4" />{t('new')}</Button>
      <label className="relative block">
        <span className="sr-only">{t('search')}</span>
        <Search aria-hidden className="pointer-events-none absolute top-3.5 left-3 size-4 text-ink-faint" />
        <input
          type="search"
          className={`${FIELD} pl-9`}
          placeholder={t('search')}
          maxLength={200}
          value={list.search}
          onChange={({ target }) => list.searchFor(target.value)}
        />
      </label>
      <ProblemNote text={list.problem} />
      <span role="status" className="sr-only">{list.isSearching ? t('searching') : ''}</span>
      <div className="-mx-1 min-h-0 grow space-y-4 overflow-y-auto px-1 pb-1" aria-busy={list.isSearching}>
        {list.sessions.length === 0 && !list.isSearching && (
          <p className="px-2 text-sm text-ink-soft">{t(list.search.trim() === '' ? 'none' : 'noneFound')}</p>
        )}
        {PERIODS.map((period) => {
          const own = list.sessions.filter((entry) => periodOf(entry) === period)
          return own.length === 0 ? null : (
            <section key={period} aria-label={t(period)}>
              <h3 className="px-2 pb-1 text-[0.8125rem] font-medium text-ink-soft">{t(period)}</h3>
              <ul className="space-y-0.5">
                {own.map((entry) => (
                  <SessionRow
                    key={entry.session_id}
                    entry={entry}
                    siteName={siteNameOf(entry.site_id)}
                    isCurrent={entry.session_id === currentId}
                    list={list}
                    onOpen={() => onOpen(entry)}
                    onDeleted={() => onDeleted(entry.session_id)}
                  />
                ))}
              </ul>
            </section>
          )
        })}
        {list.hasMore && <Button look="quiet" className="w-full text-sm" onClick={() => void list.loadMore()}>{t('more')}</Button>}
      </div>
      {list.sessions.length > 0 && (
        <Button look="quiet" className="justify-start text-sm" onClick={() => setDeletingAll(true)}>
          <Trash2 aria-hidden className="size-4" />
          {t('deleteAll')}
        </Button>
      )}
      {isDeletingAll && (
        <ConfirmDelete
          title={t('deleteAllTitle')}
          action={t('deleteAll')}
          text={t('deleteAllText')}
          work={removeAll}
          onClose={() => setDeletingAll(false)}
        />
      )}
    </div>
  )
}
