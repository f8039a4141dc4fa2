'use client'

import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { NothingHere } from '@/components/live/first-reading'
import { Button } from '@/components/ui/button'
import { ProblemNote } from '@/components/ui/problem-note'
import { Skeleton } from '@/components/ui/skeleton'
import type { ModelDescription } from '@/lib/contracts/chat'
import type { Site } from '@/lib/contracts/sites'
import { Composer } from './composer'
import { modelName } from './model-name'
import { ModelPicker } from './model-picker'
import { SpokenAnswer } from './spoken-answer'
import { TurnView } from './turn-view'
import type { Conversation } from './use-conversation'
import { useOnline } from './use-online'

interface ChatPaneProps {
  site: Site
  conversation: Conversation
  models: readonly ModelDescription[]
  suggestions: readonly string[]
  field: RefObject<HTMLTextAreaElement | null>
  /** Above the conversation, where the list of conversations has no room. */
  bar: ReactNode
}

/** The conversation in view, and where one writes. */
export function ChatPane({ site, conversation, models, suggestions, field, bar }: ChatPaneProps) {
  const t = useTranslations('assistant')
  const locale = useLocale()
  const isOnline = useOnline()
  const [text, setText] = useState('')
  // The usual one comes first.
  const [model, setModel] = useState(() => models.find(({ available }) => available)?.id ?? '')
  const chosen = models.find(({ id }) => id === model)
  const { turns, isAnswering, isLoading, problem, latestKey } = conversation
  const canAsk = !isAnswering && isOnline && !isLoading
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // What was just asked comes to the top, with room for its answer below; nothing moves while that is written.
    if (latestKey) document.querySelector(`[data-turn="${latestKey}"]`)?.scrollIntoView({ block: 'start', behavior: 'instant' })
  }, [latestKey])
  const shownId = conversation.sessionId
  const isShown = !isLoading && turns.length > 0 && latestKey === null
  useEffect(() => {
    if (isShown) end.current?.scrollIntoView({ block: 'end', behavior: 'instant' })
  }, [isShown, shownId])

  const ask = (question: string) => {
    if (!canAsk) return
    conversation.ask(question.trim(), model || null)
    setText('')
    field.current?.focus()
  }
  const slowNotice = chosen?.slow ? t('model.slowNotice', { name: modelName(chosen, t('model.builtIn')) }) : null
  return (
    <div className="mx-auto flex w-full max-w-[50rem] min-w-0 flex-col">
      {bar}
      <h1 className="sr-only">{t('title')}</h1>
      <div className="grow pt-4 pb-6 lg:pt-0" ref={end}>
        {isLoading && <Loading />}
        {problem !== null && <NothingHere title={t('conversations.notFound')} text={problem} />}
        {!isLoading && problem === null && turns.length === 0 && (
          <Beginning site={site} suggestions={suggestions} canAsk={canAsk} onAsk={ask} />
        )}
        {conversation.hasEarlier && <Earlier key={shownId} firstKey={turns[0]?.key ?? ''} load={conversation.loadEarlier} />}
        {turns.map((turn) => (
          <TurnView
            key={turn.key}
            turn={turn}
            isLatest={turn.key === latestKey}
            slowNotice={slowNotice}
            onAskInstead={canAsk ? (question) => conversation.askInstead(turn, question, model || null) : null}
            onJudge={(feedback, comment) => conversation.judge(turn, feedback, comment)}
          />
        ))}
      </div>
      <SpokenAnswer turns={turns} />
      <div
        className={
          'sticky bottom-0 z-30 -mx-1 bg-linear-to-t from-canvas from-85% px-1 pt-4 pb-4 ' +
          'max-sm:bottom-[calc(3.5rem+1px+env(safe-area-inset-bottom))] max-sm:pb-2.5'
        }
      >
        <Composer
          text={text}
          onChange={setText}
          field={field}
          isAnswering={isAnswering}
          isOnline={isOnline}
          onSend={() => ask(text)}
          onStop={conversation.stop}
        >
          <ModelPicker models={models} value={model} onChange={setModel} />
        </Composer>
        {!locale.startsWith('en') && <p className="px-3 pt-1.5 text-[0.8125rem] text-ink-soft">{t('language')}</p>}
      </div>
    </div>
  )
}

function Beginning({ site, suggestions, canAsk, onAsk }: {
  site: Site
  suggestions: readonly string[]
  canAsk: boolean
  onAsk: (question: string) => void
}) {
  const t = useTranslations('assistant.empty')
  return (
    <section aria-labelledby="beginning-heading" className="pt-4 sm:pt-[8dvh]">
      <h2 id="beginning-heading" className="text-2xl font-semibold tracking-[-0.02em] sm:text-3xl">{t('title')}</h2>
      <p className="mt-2 max-w-prose text-ink-soft">{t('text', { site: site.name })}</p>
      <h3 className="sr-only">{t('suggestions')}</h3>
      <ul className="mt-6 grid gap-2.5 sm:grid-cols-2">
        {suggestions.map((question) => (
          <li key={question} className="flex">
            <button
              type="button"
              lang="en"
              disabled={!canAsk}
              onClick={() => onAsk(question)}
              className={
                'min-h-12 w-full rounded-xl border border-line bg-surface px-4 py-3 text-left text-[0.9375rem] shadow-card ' +
                'not-disabled:hover:border-accent not-disabled:hover:text-accent disabled:opacity-60'
              }
            >
              {question}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What was said before comes above; what one reads stays where it is. */
function Earlier({ firstKey, load }: { firstKey: string; load: () => Promise<string | null> }) {
  const t = useTranslations('assistant.conversations')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const show = async () => {
    setBusy(true)
    const failed = await load()
    setProblem(failed)
    setBusy(false)
    if (failed !== null) return
    const before = `[data-turn="${firstKey}"]`
    requestAnimationFrame(() => document.querySelector(before)?.scrollIntoView({ block: 'start', behavior: 'instant' }))
  }
  return (
    <div className="mb-6 space-y-2 text-center">
      <Button look="quiet" className="text-sm" disabled={isBusy} onClick={() => void show()}>{t('earlier')}</Button>
      <ProblemNote text={problem} />
    </div>
  )
}

function Loading() {
  const t = useTranslations('assistant.conversations')
  return (
    <div role="status" className="space-y-6">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="ml-auto h-12 w-64 rounded-2xl" />
      <Skeleton className="h-24" />
      <Skeleton className="h-64 rounded-2xl" />
    </div>
  )
}
