'use client'

import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useProblemText } from '@/components/api/problem-text'
import { requestApi } from '@/components/api/request-api'
import { type ChatSession, chatMessageSchema, chatSessionSchema } from '@/lib/contracts/chat'
import { followAnswer, type Asked } from './follow-answer'
import { forgetRunning, rememberRunning, runningAnswerOf } from './running-answers'
import { pathOf } from './use-sessions'
import { afterEvent, EMPTY_ANSWER, isRunning, turnsOf, type Answer, type Turn } from './turns'

export interface Conversation {
  /** null: a new one, which the server does not know yet. */
  sessionId: string | null
  turns: readonly Turn[]
  /** Key of the turn that was asked or changed last on this page. */
  latestKey: string | null
  isLoading: boolean
  /** Whether more was said before what is shown. */
  hasEarlier: boolean
  /** Why the conversation cannot be shown; null when all is well. */
  problem: string | null
  isAnswering: boolean
  ask(question: string, model: string | null): void
  /** Asks in the place of a turn; it and all after it are taken back. */
  askInstead(turn: Turn, question: string, model: string | null): void
  stop(): void
  open(sessionId: string | null): void
  /** Shows more of what was said before. @returns what went wrong; null when nothing did */
  loadEarlier(): Promise<string | null>
  judge(turn: Turn, feedback: Answer['feedback'], comment: string): Promise<string | null>
}

interface ConversationOptions {
  siteId: string
  first: ChatSession | null
  /** A question began a conversation, or one was answered. */
  onStart: (sessionId: string) => void
  onSettled: () => void
}

/** One conversation: what was said, and the answer on its way. */
export function useConversation({ siteId, first, onStart, onSettled }: ConversationOptions): Conversation {
  const problemText = useProblemText()
  const [sessionId, setSessionId] = useState<string | null>(first?.session_id ?? null)
  const [turns, setTurns] = useState<readonly Turn[]>(() => (first ? turnsOf(first) : []))
  const [latestKey, setLatestKey] = useState<string | null>(null)
  const [isLoading, setLoading] = useState(false)
  const [hasEarlier, setHasEarlier] = useState(first?.has_earlier ?? false)
  const [problem, setProblem] = useState<string | null>(null)
  const listening = useRef<AbortController | null>(null)
  const wantsStop = useRef(false)
  const keys = useRef(0)

  const change = useCallback((key: string, update: (turn: Turn) => Turn) => {
    setTurns((before) => before.map((turn) => (turn.key === key ? update(turn) : turn)))
  }, [])
  const changeAnswer = useCallback(
    (key: string, answer: Partial<Answer>) => change(key, (turn) => ({ ...turn, answer: { ...turn.answer, ...answer } })),
    [change],
  )

  const follow = useCallback(
    async (key: string, asked: Asked, from: string | null) => {
      listening.current?.abort()
      const controller = new AbortController()
      listening.current = controller
      let inSession = from
      let isLost = false
      try {
        await followAnswer(asked, {
          signal: controller.signal,
          onEvent(event) {
            if (event.type === 'start') {
              inSession = event.session_id
              rememberRunning(event.session_id, event.message_id)
              setSessionId(event.session_id)
              onStart(event.session_id)
              if (wantsStop.current) sendStop(event.message_id)
            }
            change(key, (turn) => afterEvent(turn, event))
          },
          onReconnecting(isReconnecting) {
            if (isReconnecting === isLost) return
            isLost = isReconnecting
            change(key, ({ answer, ...turn }) => {
              const status = isReconnecting ? 'reconnecting' : answer.text === '' ? 'asked' : 'writing'
              return { ...turn, answer: { ...answer, status: isRunning(answer) ? status : answer.status } }
            })
          },
        })
      } catch (error) {
        changeAnswer(key, { status: 'failed', problem: problemText(error) })
      }
      if (controller.signal.aborted) return
      if (inSession) forgetRunning(inSession)
      onSettled()
    },
    [change, changeAnswer, onSettled, onStart, problemText],
  )

  const begin = (kept: readonly Turn[], question: string, model: string | null, replaced: string | null) => {
    const key = `asked-${++keys.current}`
    wantsStop.current = false
    setTurns([...kept, { key, questionId: replaced, question, answer: EMPTY_ANSWER }])
    setLatestKey(key)
    setProblem(null)
    const body = {
      message: question,
      site_id: siteId,
      ...(sessionId && { session_id: sessionId }),
      ...(model && { model }),
      ...(sessionId && replaced && { replace_from: replaced }),
    }
    void follow(key, { question: body }, sessionId)
  }

  const show = useCallback(
    (session: ChatSession) => {
      const stored = turnsOf(session)
      setHasEarlier(session.has_earlier)
      const last = stored.at(-1)
      const running = last?.answer.status === 'failed' ? (session.answering ?? runningAnswerOf(session.session_id)) : null
      if (!last || !running) return setTurns(stored)
      // It was being answered when the page went away, or was asked elsewhere.
      setTurns([...stored.slice(0, -1), { ...last, answer: { ...EMPTY_ANSWER, id: running } }])
      void follow(last.key, { lastEventId: running }, session.session_id)
    },
    [follow],
  )

  const open = useCallback(
    (wanted: string | null) => {
      listening.current?.abort()
      setSessionId(wanted)
      setTurns([])
      setHasEarlier(false)
      setLatestKey(null)
      setProblem(null)
      setLoading(wanted !== null)
      if (wanted === null) return
      const controller = new AbortController()
      listening.current = controller
      requestApi(pathOf(wanted))
        .then((answer) => {
          if (controller.signal.aborted) return
          setLoading(false)
          show(chatSessionSchema.parse(answer))
        })
        .catch((error: unknown) => {
          if (controller.signal.aborted) return
          setLoading(false)
          setProblem(problemText(error))
        })
    },
    [problemText, show],
  )

  const showFirst = useEffectEvent(() => {
    if (first) show(first)
  })
  useEffect(() => {
    const timer = setTimeout(showFirst)
    return () => {
      clearTimeout(timer)
      listening.current?.abort()
    }
  }, [])

  const running = turns.find(({ answer }) => isRunning(answer))
  return {
    sessionId,
    turns,
    latestKey,
    isLoading,
    problem,
    isAnswering: running !== undefined,
    ask: (question, model) => begin(turns, question, model, null),
    askInstead(turn, question, model) {
      const index = turns.indexOf(turn)
      begin(turns.slice(0, index), question, model, turns.slice(index).find(({ questionId }) => questionId)?.questionId ?? null)
    },
    stop() {
      wantsStop.current = true
      if (running?.answer.id) sendStop(running.answer.id)
    },
    hasEarlier,
    open,
    async loadEarlier() {
      const firstId = turns[0]?.questionId
      if (!sessionId || !firstId) return null
      try {
        const earlier = chatSessionSchema.parse(await requestApi(`${pathOf(sessionId)}?before=${encodeURIComponent(firstId)}`))
        setTurns((shown) => (shown[0]?.questionId === firstId ? [...turnsOf(earlier), ...shown] : shown))
        setHasEarlier(earlier.has_earlier)
        return null
      } catch (error) {
        return problemText(error)
      }
    },
    async judge({ key, answer: { id } }, feedback, comment) {
      if (id === null) return null
      try {
        const path = `/api/chat/messages/${encodeURIComponent(id)}/feedback`
        const kept = chatMessageSchema.parse(await requestApi(path, { method: 'PUT', body: { feedback, comment } }))
        changeAnswer(key, { feedback: kept.feedback, comment: kept.feedback_comment })
        return null
      } catch (error) {
        return problemText(error)
      }
    },
  }
}

/** What comes of it comes with the answer's own events; one that ended meanwhile needs no stopping. */
function sendStop(messageId: string): void {
  requestApi(`/api/chat/messages/${encodeURIComponent(messageId)}/stop`, { method: 'POST' }).catch(() => {})
}
