'use client'

import { CircleAlert, Info, Sparkles, WifiOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { AnswerActions } from './answer-actions'
import { AnswerText } from './answer-text'
import { ConfidenceNote } from './confidence-note'
import { modelName } from './model-name'
import { ResultPanel } from './result-panel'
import { ToolSteps } from './tool-steps'
import { useToolWords } from './tool-words'
import { isRunning, type Answer } from './turns'

interface AnswerViewProps {
  answer: Answer
  /** What to say of the model while nothing of its answer is there yet; null for one that is quick. */
  slowNotice: string | null
  /** Asks the question again; null while another answer is on its way. */
  onRegenerate: (() => void) | null
  onJudge: (feedback: Answer['feedback'], comment: string) => Promise<string | null>
}

/** An answer with what it rests on, in each of its states. */
export function AnswerView({ answer, slowNotice, onRegenerate, onJudge }: AnswerViewProps) {
  const t = useTranslations('assistant.answer')
  const { status, grounding, steps, text } = answer
  const removed = grounding?.ungrounded.filter(({ action }) => action === 'removed').length ?? 0
  const isEnded = !isRunning(answer) && status !== 'failed'
  const panels = isEnded ? steps.flatMap(({ id, result }) => (result?.table ? [{ id, result }] : [])) : []
  return (
    <div className="flex gap-3 sm:gap-4">
      <span
        aria-hidden
        className="mt-0.5 flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-wash text-accent max-sm:hidden"
      >
        <Sparkles className="size-4" />
      </span>
      <div className="min-w-0 grow space-y-4">
        <h3 className="sr-only">{t('heading')}</h3>
        {answer.notices.map((notice) => <Note key={notice} Icon={Info}><span lang="en">{notice}</span></Note>)}
        {text !== '' && <AnswerText text={text} grounding={grounding} />}
        {isRunning(answer) && <Progress answer={answer} slowNotice={slowNotice} />}
        {status === 'stopped' && <Note Icon={Info}>{t(text === '' ? 'stoppedEarly' : 'stopped')}</Note>}
        {status === 'failed' && <Failure problem={answer.problem} onRetry={onRegenerate} />}
        {removed > 0 && <Note Icon={CircleAlert}>{t('removed', { count: removed })}</Note>}
        {panels.map(({ id, result }) => <ResultPanel key={id} result={result} />)}
        <ToolSteps steps={steps} />
        {isEnded && (
          <div className="-ml-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            {grounding && (
              <p className="flex flex-wrap items-center gap-x-1 text-sm text-ink-soft">
                <ConfidenceNote grounding={grounding} />
                <span className="px-2">
                  {t('by', { name: modelName(grounding, t('builtIn')) })}
                  {grounding.cached && `, ${t('cached')}`}
                </span>
              </p>
            )}
            <AnswerActions answer={answer} onRegenerate={onRegenerate} onJudge={onJudge} />
          </div>
        )}
      </div>
    </div>
  )
}

function Progress({ answer, slowNotice }: { answer: Answer; slowNotice: string | null }) {
  const t = useTranslations('assistant.answer')
  const words = useToolWords()
  if (answer.status === 'reconnecting') return <Note Icon={WifiOff}>{t('reconnecting')}</Note>
  const open = answer.steps.find(({ result, problem }) => !result && !problem)
  return (
    <div className="space-y-2 text-ink-soft" data-progress>
      <p className="flex items-center gap-2.5">
        <span aria-hidden className="flex gap-1">
          {[0, 1, 2].map((dot) => (
            <span key={dot} className="live-dot size-1.5 rounded-full bg-accent" style={{ animationDelay: `${dot * 250}ms` }} />
          ))}
        </span>
        {answer.text !== '' ? t('writing') : open ? t('lookingUp', { what: words.tool(open) }) : t('waiting')}
      </p>
      {slowNotice && answer.text === '' && <p className="text-sm">{slowNotice}</p>}
    </div>
  )
}

function Failure({ problem, onRetry }: { problem: string | null; onRetry: (() => void) | null }) {
  const t = useTranslations('assistant.answer')
  return (
    <div role="alert" className="space-y-3 rounded-xl bg-bad-wash px-4 py-3.5">
      <p className="flex items-start gap-2.5 text-bad">
        <CircleAlert aria-hidden className="mt-1 size-4 shrink-0" />
        {problem ?? t('lost')}
      </p>
      <Button disabled={!onRetry} onClick={() => onRetry?.()}>{t('retry')}</Button>
    </div>
  )
}

function Note({ Icon, children }: { Icon: typeof Info; children: ReactNode }) {
  return (
    <p className="flex items-start gap-2.5 rounded-lg bg-warn-wash px-3.5 py-2.5 text-sm text-warn">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{children}</span>
    </p>
  )
}
