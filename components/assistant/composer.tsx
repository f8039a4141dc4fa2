'use client'

import { ArrowUp, Square, WifiOff } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { useTranslations } from 'use-intl'
import { MAX_QUESTION_CHARACTERS } from '@/lib/contracts/chat'
import { sendsOnEnter } from './send-key'

interface ComposerProps {
  text: string
  onChange: (text: string) => void
  field: RefObject<HTMLTextAreaElement | null>
  isAnswering: boolean
  isOnline: boolean
  onSend: () => void
  onStop: () => void
  /** Beside the button. */
  children: ReactNode
}

const ROUND = 'inline-flex size-10 shrink-0 items-center justify-center rounded-full transition-colors duration-150'

/** Where questions are written: Enter sends, Escape stops an answer. */
export function Composer({ text, onChange, field, isAnswering, isOnline, onSend, onStop, children }: ComposerProps) {
  const t = useTranslations('assistant.composer')
  const tooLong = text.trim().length - MAX_QUESTION_CHARACTERS
  const canSend = text.trim() !== '' && tooLong <= 0 && isOnline && !isAnswering
  return (
    <form
      className="rounded-3xl border border-line-strong/60 bg-surface p-2 shadow-card focus-within:border-accent"
      onSubmit={(event) => {
        event.preventDefault()
        if (canSend) onSend()
      }}
    >
      {!isOnline && (
        <p role="status" className="flex items-start gap-2.5 px-3 pt-1.5 pb-1 text-sm text-warn">
          <WifiOff aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t('offline')}
        </p>
      )}
      <textarea
        ref={field}
        rows={1}
        aria-label={t('label')}
        aria-describedby="composer-keys"
        placeholder={t('placeholder')}
        className={
          'field-sizing-content block max-h-[min(14rem,40dvh)] min-h-11 w-full resize-none bg-transparent px-3 py-2.5 leading-6 ' +
          'placeholder:text-ink-faint focus-visible:outline-none'
        }
        value={text}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && isAnswering) onStop()
          if (!sendsOnEnter(event)) return
          event.preventDefault()
          if (canSend) onSend()
        }}
      />
      <div className="flex items-center gap-2 pl-1">
        {children}
        <p id="composer-keys" className="grow truncate text-right text-[0.8125rem] text-ink-faint max-sm:sr-only">{t('keys')}</p>
        {tooLong > 0 && <p role="status" className="text-sm text-bad">{t('tooLong', { count: tooLong })}</p>}
        <span className="grow sm:hidden" />
        {isAnswering ? (
          <button
            type="button"
            aria-label={t('stop')}
            title={t('stop')}
            onClick={onStop}
            className={`${ROUND} bg-ink text-canvas hover:opacity-85`}
          >
            <Square aria-hidden className="size-3.5 fill-current" />
          </button>
        ) : (
          <button
            type="submit"
            aria-label={t('send')}
            title={t('send')}
            disabled={!canSend}
            className={`${ROUND} bg-accent text-on-accent not-disabled:hover:bg-accent-hover disabled:bg-sunken disabled:text-ink-faint`}
          >
            <ArrowUp aria-hidden className="size-5" />
          </button>
        )}
      </div>
    </form>
  )
}
