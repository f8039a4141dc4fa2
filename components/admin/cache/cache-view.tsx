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

const PROVIDERS = ['embedded', 'openai', 'anthropic', 'flan-t5', 'llama-cpp'] as const

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
  const t = useTranslations('adminCache')
  const tFormat = useTranslations('format')
  const flush = () =>
    void change
      .run(async () => {
        const result = await requestApi('/api/admin/cache/flush', { method: 'POST' })
        const { success, message, entries_flushed: count } = cacheFlushSchema.parse(result)
        if (!success) throw new Error(message)
        setSaid(t('cache.flushed', { count }))
        await refresh()
      })
      .then((worked) => worked && setAsking(false))
  const provider = PROVIDERS.find((known) => known === model.provider)
  const lookups = answer.hits + answer.misses
  return (
    <>
      <PageTitle title={t('title')} text={t('text')} />
      <ProblemNote text={problem && t('stale', { problem })} />
      <Section
        id="cache"
        title={t('cache.title')}
        text={t(`cache.kinds.${answer.kind}`)}
        action={mayFlush && answer.enabled && <Button onClick={() => setAsking(true)}>{t('cache.flush')}</Button>}
      >
        <FactList
          className="mt-4"
          facts={[
            [
              t('cache.entries'),
              t('cache.ofMost', { entries: countText(answer.entries, locale), most: countText(answer.max_entries, locale) }),
            ],
            [t('cache.hitRate'), lookups > 0 ? shareText(answer.hit_rate, locale) : t('cache.noLookups')],
            [t('cache.hits'), countText(answer.hits, locale)],
            [t('cache.misses'), countText(answer.misses, locale)],
            [t('cache.ttl'), durationInWords(answer.ttl_seconds, tFormat)],
          ]}
        />
        <p role="status" className="mt-3 text-sm text-ink-soft empty:hidden">{said}</p>
      </Section>
      <Section
        id="assistant"
        title={t('model.title')}
        action={
          <Badge tone={model.model_loaded ? 'accent' : 'neutral'}>
            {t(model.model_loaded === null ? 'model.elsewhere' : model.model_loaded ? 'model.loaded' : 'model.notLoaded')}
          </Badge>
        }
      >
        <p className="mt-1">{provider ? t(`model.providers.${provider}`) : model.provider}</p>
        <FactList className="mt-4" facts={modelFacts(model, locale, t, tFormat)} />
      </Section>
      {isAsking && (
        <ConfirmDialog
          title={t('cache.flushTitle')}
          action={t('cache.flush')}
          change={change}
          onConfirm={flush}
          onClose={() => {
            change.clear()
            setAsking(false)
          }}
        >
          <p>{t('cache.flushText')}</p>
        </ConfirmDialog>
      )}
    </>
  )
}

/** Only what this provider has. */
function modelFacts(
  model: AssistantModelInfo,
  locale: string,
  t: Translator<'adminCache'>,
  tFormat: Translator<'format'>,
): [string, string][] {
  const facts: [string, string | null][] = [
    [t('model.name'), model.model_name],
    [t('model.path'), model.model_path],
    [t('model.context'), model.n_ctx === null ? null : countText(model.n_ctx, locale)],
    [t('model.threads'), model.n_threads === null ? null : countText(model.n_threads, locale)],
    [t('model.temperature'), model.temperature === null ? null : amountText(model.temperature, locale)],
    [t('model.longestAnswer'), t('model.tokens', { count: countText(model.max_tokens, locale) })],
    [t('model.history'), countText(model.max_conversation_history, locale)],
    [t('model.timeout'), durationInWords(model.timeout_seconds, tFormat)],
    [t('model.fallback'), model.fallback.length > 0 ? model.fallback.join(', ') : t('model.noFallback')],
  ]
  return facts.flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]]))
}
