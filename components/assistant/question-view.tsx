'use client'

import { Pencil } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { FIELD } from '@/components/ui/field'
import { MAX_QUESTION_CHARACTERS } from '@/lib/contracts/chat'
import { sendsOnEnter } from './send-key'

/** A question as it was asked; it can be asked differently. @param onResend null while an answer is on its way */
export function QuestionView({ question, onResend }: { question: string; onResend: ((question: string) => void) | null }) {
  const t = useTranslations('assistant.question')
  const [isEditing, setEditing] = useState(false)
  const editButton = useRef<HTMLButtonElement>(null)
  const close = () => {
    setEditing(false)
    setTimeout(() => editButton.current?.focus())
  }
  if (isEditing) return <EditForm question={question} onResend={onResend} onClose={close} />
  return (
    <div className="group flex items-start justify-end gap-1">
      <button
        ref={editButton}
        type="button"
        aria-label={t('edit')}
        title={t('edit')}
        disabled={!onResend}
        onClick={() => setEditing(true)}
        className={
          'mt-1 inline-flex size-9 shrink-0 items-center justify-center rounded-lg text-ink-faint not-disabled:hover:bg-sunken ' +
          'not-disabled:hover:text-ink disabled:opacity-50 max-sm:size-10'
        }
      >
        <Pencil aria-hidden className="size-4" />
      </button>
      <div className="max-w-[min(36rem,85%)] rounded-2xl rounded-tr-md bg-accent-wash px-4 py-2.5">
        <h3 className="sr-only">{t('you')}</h3>
        <p className="text-[1.0625rem] leading-7 whitespace-pre-wrap wrap-anywhere">{question}</p>
      </div>
    </div>
  )
}

interface EditFormProps {
  question: string
  onResend: ((question: string) => void) | null
  onClose: () => void
}

function EditForm({ question, onResend, onClose }: EditFormProps) {
  const t = useTranslations('assistant.question')
  const [text, setText] = useState(question)
  const isReady = text.trim() !== '' && onResend !== null
  const send = () => {
    if (isReady) onResend(text.trim())
  }
  return (
    <form
      className="ml-auto max-w-[40rem] space-y-2.5 rounded-2xl border border-line bg-surface p-3"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        aria-label={t('editLabel')}
        // The person has just asked to write here.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        rows={2}
        maxLength={MAX_QUESTION_CHARACTERS}
        className={`${FIELD} field-sizing-content max-h-60 resize-none py-2.5 leading-6`}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose()
          else if (sendsOnEnter(event)) {
            event.preventDefault()
            send()
          }
        }}
      />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p className="grow text-[0.8125rem] text-ink-soft">{t('editNote')}</p>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="submit" look="primary" disabled={!isReady}>{t('resend')}</Button>
      </div>
    </form>
  )
}
