'use client'

import { useTranslations } from 'use-intl'
import { isRunning, type Turn } from './turns'

/** What a screen reader hears of the answer in the making: that it is made, and the whole of it once it is there. */
export function SpokenAnswer({ turns }: { turns: readonly Turn[] }) {
  const t = useTranslations('assistant.answer')
  const last = turns.at(-1)
  // Only what was asked here and now is news.
  const isNews = last?.key.startsWith('asked-') === true
  const answer = isNews ? last.answer : null
  return (
    <div aria-live="polite" role="status" className="sr-only">
      {answer && isRunning(answer) && t(answer.status === 'reconnecting' ? 'reconnecting' : 'waiting')}
      {answer && !isRunning(answer) && answer.status !== 'failed' && <span lang="en">{answer.text}</span>}
    </div>
  )
}
