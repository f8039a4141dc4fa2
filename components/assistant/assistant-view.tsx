'use client'

import { PanelLeft, Plus } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FormatProvider } from '@/components/format/format-context'
import { buttonClass } from '@/components/ui/button'
import { Drawer } from '@/components/ui/drawer'
import type { ChatSession, ModelDescription } from '@/lib/contracts/chat'
import type { Site } from '@/lib/contracts/sites'
import { ChatPane } from './chat-pane'
import { SessionList } from './session-list'
import { useConversation } from './use-conversation'
import { useSessions, type SessionEntry } from './use-sessions'

interface AssistantViewProps {
  site: Site
  /** All the person can see, to name those that conversations are about. */
  sites: readonly Pick<Site, 'id' | 'name'>[]
  locale: string
  nowSeconds: number
  sessions: readonly SessionEntry[]
  /** The conversation that the address names; null: a new one. */
  session: ChatSession | null
  models: readonly ModelDescription[]
  suggestions: readonly string[]
}

/** Conversations with the assistant: the list of them, and the one in view, which the address names. */
export function AssistantView({ site, sites, locale, nowSeconds, sessions, session, models, suggestions }: AssistantViewProps) {
  const t = useTranslations('assistant.conversations')
  const list = useSessions(sessions)
  const [isDrawerOpen, setDrawerOpen] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const addressOf = useCallback(
    (sessionId: string | null, siteId = site.id) => {
      return `/assistant?${new URLSearchParams({ site: siteId, ...(sessionId && { chat: sessionId }) })}`
    },
    [site.id],
  )
  const onStart = useCallback(
    // The conversation is on the page already: only its address is new.
    (sessionId: string) => window.history.replaceState(null, '', addressOf(sessionId)),
    [addressOf],
  )
  const { refresh } = list
  const conversation = useConversation({ siteId: site.id, first: session, onStart, onSettled: refresh })

  const addressed = useSearchParams().get('chat')
  const onAddress = useEffectEvent((sessionId: string | null) => {
    if (sessionId !== conversation.sessionId) conversation.open(sessionId)
  })
  useEffect(() => onAddress(addressed), [addressed])

  const goTo = (sessionId: string | null, siteId?: string | null) => {
    setDrawerOpen(false)
    // Another site's figures need another page.
    const isElsewhere = siteId && siteId !== site.id && sites.some(({ id }) => id === siteId)
    if (isElsewhere) return location.assign(addressOf(sessionId, siteId))
    window.history.pushState(null, '', addressOf(sessionId))
    if (sessionId === null) {
      conversation.open(null)
      field.current?.focus()
    }
  }
  const sessionList = (
    <SessionList
      list={list}
      currentId={conversation.sessionId}
      siteNameOf={(siteId) => (sites.length > 1 ? (sites.find(({ id }) => id === siteId)?.name ?? null) : null)}
      nowSeconds={nowSeconds}
      onNew={() => goTo(null)}
      onOpen={(entry) => goTo(entry.session_id, entry.site_id)}
      onDeleted={(sessionId) => {
        if (sessionId === null || sessionId === conversation.sessionId) goTo(null)
      }}
    />
  )
  return (
    <FormatProvider locale={locale} timeZone={site.timeZone} currency={site.currency}>
      <div
        className={
          'grid min-h-[calc(100dvh-6.5rem)] grid-cols-[minmax(0,1fr)] gap-x-8 max-sm:-mb-6 max-sm:min-h-[calc(100dvh-9.5rem)] ' +
          'sm:-mb-8 lg:grid-cols-[17rem_minmax(0,1fr)]'
        }
      >
        <aside aria-label={t('title')} className="sticky top-4 flex h-[calc(100dvh-7.5rem)] flex-col max-lg:hidden">
          {sessionList}
        </aside>
        <ChatPane
          site={site}
          conversation={conversation}
          models={models}
          suggestions={suggestions}
          field={field}
          bar={
            <div className="flex items-center gap-2 lg:hidden">
              <button type="button" className={buttonClass('secondary', 'px-3 text-sm')} onClick={() => setDrawerOpen(true)}>
                <PanelLeft aria-hidden className="size-4" />
                {t('open')}
              </button>
              <button type="button" className={buttonClass('quiet')} aria-label={t('new')} title={t('new')} onClick={() => goTo(null)}>
                <Plus aria-hidden className="size-5" />
              </button>
            </div>
          }
        />
      </div>
      {isDrawerOpen && <Drawer title={t('title')} onClose={() => setDrawerOpen(false)}>{sessionList}</Drawer>}
    </FormatProvider>
  )
}
