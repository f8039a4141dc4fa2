'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import { useProblemText } from '@/components/api/problem-text'
import { requestApi } from '@/components/api/request-api'
import { type ChatSession, chatSessionSchema } from '@/lib/contracts/chat'
import { SESSIONS_PER_PAGE } from './sessions-per-page'

const SEARCH_PAUSE_MILLISECONDS = 250
const HISTORY = '/api/chat/history'

/** What the list shows of a conversation. */
export type SessionEntry = Pick<ChatSession, 'session_id' | 'title' | 'site_id' | 'updated_at'>

export interface Sessions {
  sessions: readonly SessionEntry[]
  hasMore: boolean
  search: string
  isSearching: boolean
  /** What went wrong last; null when all is well. */
  problem: string | null
  searchFor(text: string): void
  refresh(): void
  loadMore(): Promise<void>
  /** @returns what went wrong; null when nothing did */
  rename(sessionId: string, title: string): Promise<string | null>
  remove(sessionId: string): Promise<string | null>
  removeAll(): Promise<string | null>
}

/** The caller's conversations, the last active first. */
export function useSessions(first: readonly SessionEntry[]): Sessions {
  const problemText = useProblemText()
  const [sessions, setSessions] = useState(first)
  const [hasMore, setHasMore] = useState(first.length === SESSIONS_PER_PAGE)
  const [search, setSearch] = useState('')
  const [isSearching, setSearching] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const asked = useRef(0)

  const load = useCallback(
    async (text: string) => {
      const turn = ++asked.current
      try {
        const found = await fetchSessions(text)
        if (turn !== asked.current) return
        setSessions(found)
        setHasMore(found.length === SESSIONS_PER_PAGE)
        setProblem(null)
      } catch (error) {
        if (turn === asked.current) setProblem(problemText(error))
      } finally {
        if (turn === asked.current) setSearching(false)
      }
    },
    [problemText],
  )
  const isFirst = useRef(true)
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    const timer = setTimeout(() => void load(search), SEARCH_PAUSE_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [search, load])

  const refresh = useCallback(() => void load(search), [load, search])
  const done = async (work: () => Promise<unknown>): Promise<string | null> => {
    try {
      await work()
      await load(search)
      return null
    } catch (error) {
      return problemText(error)
    }
  }
  return {
    sessions,
    hasMore,
    search,
    isSearching,
    problem,
    searchFor(text) {
      setSearch(text)
      setSearching(true)
    },
    refresh,
    async loadMore() {
      try {
        const older = await fetchSessions(search, sessions.at(-1))
        setSessions([...sessions, ...older])
        setHasMore(older.length === SESSIONS_PER_PAGE)
      } catch (error) {
        setProblem(problemText(error))
      }
    },
    rename: (sessionId, title) => done(() => requestApi(pathOf(sessionId), { method: 'PATCH', body: { title } })),
    remove: (sessionId) => done(() => requestApi(pathOf(sessionId), { method: 'DELETE' })),
    removeAll: () => done(() => requestApi(HISTORY, { method: 'DELETE' })),
  }
}

export const pathOf = (sessionId: string) => `${HISTORY}/${encodeURIComponent(sessionId)}`

async function fetchSessions(search: string, after?: SessionEntry): Promise<SessionEntry[]> {
  const query = new URLSearchParams({
    limit: String(SESSIONS_PER_PAGE),
    // Their names are all that is shown.
    messages: '0',
    ...(search.trim() && { search: search.trim() }),
    ...(after && { before: after.updated_at, before_id: after.session_id }),
  })
  return z.array(chatSessionSchema).parse(await requestApi(`${HISTORY}?${query}`))
}
