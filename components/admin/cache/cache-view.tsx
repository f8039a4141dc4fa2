'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { durationInWords } from '@/components/format/quantities'
import type { Translator } from '@/components/i18n/messages'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { ProblemNote } from '@/components/ui/problem-note'
import { PageTitle, Section } from '@/components/ui/section'
import { type AssistantModelInfo, cacheFlushSchema, type CacheStats, cacheStatsSchema } from '@/lib/contracts/administration'
import { FactList } from '../fact-list'
import { amountText, countText, shareText } from '../figures'
import { usePolled } from '../use-polled'

const REFRESH_MILLISECONDS = 5_000

const TEXT = {
  title: 'Assistant and cache',
  intro: 'Who answers in the chat, and which of its answers are kept for when the same is asked again.',
  cache: 'Cache of answers',
  kinds: {
    redis: 'In Redis, one for all web processes.',
    memory: 'In the memory of each web process, since there is no Redis; these figures are of one.',
    off: 'Off: every question is answered anew. ENABLE_CACHE is false, or Redis does not answer.',
  },
  stale: 'These figures are older:',
  entries: 'Answers kept',
  ofMost: (entries: string, most: string) => `${entries} of at most ${most}`,
  hitRate: 'Found again',
  noLookups: 'nothing asked yet',
  hits: 'Found',
  misses: 'Not found',
  ttl: 'Kept at most',
  flush: 'Empty the cache',
  flushTitle: 'Empty the cache of answers?',
  flushText: 'Questions that were asked before are answered anew, which takes as long as the first time. Conversations stay.',
  model: 'Who answers',
  providers: {
    embedded: 'Built in',
    openai: 'OpenAI, or a server that speaks its protocol',
    anthropic: 'Anthropic',
    'flan-t5': 'FLAN-T5, on this machine',
    'llama-cpp': 'llama.cpp, on this machine',
  } as Record<string, string>,
  loaded: 'In memory',
  notLoaded: 'Not in memory',
  elsewhere: 'On another machine',
  name: 'Model',
  path: 'File or folder',
  context: 'Tokens in view',
  threads: 'Threads',
  temperature: 'Temperature',
  mostTokens: 'Longest answer',
  tokens: (count: string) => `${count} tokens`,
  history: 'Earlier questions it is shown',
  timeout: 'May take',
  fallback: 'Answers instead',
  none: 'none',
} as const

interface CacheViewProps {
  first: CacheStats
  model: AssistantModelInfo
  mayFlush: boolean
  locale: string
}

/** The cache of the assistant's answers with a way to empty it, and the model behind them. */
export function CacheView({ first, model, mayFlush, locale }: CacheViewProps) {
  const { answer, problem, refresh } = usePolled('/api/admin/cache/stats', cacheStatsSchema, first, REFRESH_MILLISECONDS)
  const [isAsking, setAsking] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  const change = useChange()
  const tFormat = useTranslations('format')
  const flush = () =>
    void change
      .run(async () => {
        const { success, message } = cacheFlushSchema.parse(await requestApi('/api/admin/cache/flush', { method: 'POST' }))
        if (!success) throw new Error(message)
        setSaid(message)
        await refresh()
      })
      .then((worked) => worked && setAsking(false))
  const lookups = answer.hits + answer.misses
  return (
    <>
      <PageTitle title={TEXT.title} text={TEXT.intro} />
      <ProblemNote text={problem && `${TEXT.stale} ${problem}`} />
      <Section
        id="cache"
        title={TEXT.cache}
        text={TEXT.kinds[answer.kind]}
        action={mayFlush && answer.enabled && <Button onClick={() => setAsking(true)}>{TEXT.flush}</Button>}
      >
        <FactList
          className="mt-4"
          facts={[
            [TEXT.entries, TEXT.ofMost(countText(answer.entries, locale), countText(answer.max_entries, locale))],
            [TEXT.hitRate, lookups > 0 ? shareText(answer.hit_rate, locale) : TEXT.noLookups],
            [TEXT.hits, countText(answer.hits, locale)],
            [TEXT.misses, countText(answer.misses, locale)],
            [TEXT.ttl, durationInWords(answer.ttl_seconds, tFormat)],
          ]}
        />
        <p role="status" className="mt-3 text-sm text-ink-soft empty:hidden">{said}</p>
      </Section>
      <Section
        id="assistant"
        title={TEXT.model}
        action={
          <Badge tone={model.model_loaded ? 'accent' : 'neutral'}>
            {model.model_loaded === null ? TEXT.elsewhere : model.model_loaded ? TEXT.loaded : TEXT.notLoaded}
          </Badge>
        }
      >
        <p className="mt-1">{TEXT.providers[model.provider] ?? model.provider}</p>
        <FactList className="mt-4" facts={modelFacts(model, locale, tFormat)} />
      </Section>
      {isAsking && (
        <ConfirmDialog
          title={TEXT.flushTitle}
          action={TEXT.flush}
          change={change}
          onConfirm={flush}
          onClose={() => {
            change.clear()
            setAsking(false)
          }}
        >
          <p>{TEXT.flushText}</p>
        </ConfirmDialog>
      )}
    </>
  )
}

/** Only what this provider has. */
function modelFacts(model: AssistantModelInfo, locale: string, tFormat: Translator<'format'>): [string, string][] {
  const facts: [string, string | null][] = [
    [TEXT.name, model.model_name],
    [TEXT.path, model.model_path],
    [TEXT.context, model.n_ctx === null ? null : countText(model.n_ctx, locale)],
    [TEXT.threads, model.n_threads === null ? null : countText(model.n_threads, locale)],
    [TEXT.temperature, model.temperature === null ? null : amountText(model.temperature, locale)],
    [TEXT.mostTokens, TEXT.tokens(countText(model.max_tokens, locale))],
    [TEXT.history, countText(model.max_conversation_history, locale)],
    [TEXT.timeout, durationInWords(model.timeout_seconds, tFormat)],
    [TEXT.fallback, model.fallback.length > 0 ? model.fallback.join(', ') : TEXT.none],
  ]
  return facts.flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]]))
}
