'use client'

import { Check, Copy, RotateCcw, ThumbsDown, ThumbsUp, type LucideIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { FIELD } from '@/components/ui/field'
import { ProblemNote } from '@/components/ui/problem-note'
import type { Answer } from './turns'

const CONFIRM_MILLISECONDS = 2_000

interface AnswerActionsProps {
  answer: Answer
  /** null while another answer is on its way. */
  onRegenerate: (() => void) | null
  onJudge: (feedback: Answer['feedback'], comment: string) => Promise<string | null>
}

/** What can be done with a complete answer. */
export function AnswerActions({ answer, onRegenerate, onJudge }: AnswerActionsProps) {
  const t = useTranslations('assistant.answer')
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null)
  const [isCommenting, setCommenting] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    if (copied !== 'yes') return
    const timer = setTimeout(() => setCopied(null), CONFIRM_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [copied])
  const judge = async (feedback: 'up' | 'down') => {
    const isTakenBack = answer.feedback === feedback
    setCommenting(!isTakenBack)
    setProblem(await onJudge(isTakenBack ? null : feedback, isTakenBack ? '' : answer.comment))
  }
  const copy = () => {
    // Without https a browser has no clipboard at all.
    const writing = navigator.clipboard?.writeText(answer.text) ?? Promise.reject(new Error('no clipboard'))
    writing.then(() => setCopied('yes'), () => setCopied('no'))
  }
  return (
    <>
      <div className="flex items-center gap-1">
        <Action Icon={copied === 'yes' ? Check : Copy} name={t(copied === 'yes' ? 'copied' : 'copy')} onClick={copy} />
        <Action Icon={RotateCcw} name={t('regenerate')} isDisabled={!onRegenerate} onClick={() => onRegenerate?.()} />
        <Action Icon={ThumbsUp} name={t('up')} isPressed={answer.feedback === 'up'} onClick={() => void judge('up')} />
        <Action Icon={ThumbsDown} name={t('down')} isPressed={answer.feedback === 'down'} onClick={() => void judge('down')} />
      </div>
      <span role="status" className="sr-only">{copied === 'yes' ? t('copied') : ''}</span>
      <div className="w-full empty:hidden">
        <ProblemNote text={copied === 'no' ? t('copyFailed') : problem} />
      </div>
      {isCommenting && answer.feedback && (
        <CommentForm
          key={answer.feedback}
          feedback={answer.feedback}
          first={answer.comment}
          onSend={async (comment) => setProblem(await onJudge(answer.feedback, comment))}
        />
      )}
    </>
  )
}

function Action({ Icon, name, isPressed, isDisabled, onClick }: {
  Icon: LucideIcon
  name: string
  isPressed?: boolean
  isDisabled?: boolean
  onClick: () => void
}) {
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      aria-pressed={isPressed}
      disabled={isDisabled}
      onClick={onClick}
      className={classNames(
        'inline-flex size-9 items-center justify-center rounded-lg max-sm:size-10 disabled:opacity-50',
        isPressed ? 'bg-accent-wash text-accent' : 'text-ink-soft not-disabled:hover:bg-sunken not-disabled:hover:text-ink',
      )}
    >
      <Icon aria-hidden className="size-4" />
    </button>
  )
}

interface CommentFormProps {
  feedback: 'up' | 'down'
  first: string
  onSend: (comment: string) => Promise<void>
}

function CommentForm({ feedback, first, onSend }: CommentFormProps) {
  const t = useTranslations('assistant.answer')
  const [comment, setComment] = useState(first)
  const [state, setState] = useState<'open' | 'sending' | 'sent'>('open')
  if (state === 'sent') return <p role="status" className="w-full text-sm text-ink-soft">{t('commentSent')}</p>
  return (
    <form
      className="flex w-full flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        setState('sending')
        void onSend(comment).then(() => setState('sent'))
      }}
    >
      <label className="min-w-0 grow space-y-1 text-sm">
        <span className="text-ink-soft">{t(feedback === 'up' ? 'commentUp' : 'commentDown')}</span>
        <input className={FIELD} value={comment} maxLength={2000} onChange={({ target }) => setComment(target.value)} />
      </label>
      <Button type="submit" disabled={state === 'sending'}>{t('sendComment')}</Button>
    </form>
  )
}
