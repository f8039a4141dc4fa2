'use client'

import { classNames } from '@/components/ui/class-names'
import { AnswerView } from './answer-view'
import { QuestionView } from './question-view'
import type { Answer, Turn } from './turns'

interface TurnViewProps {
  turn: Turn
  /** Asked last: gets the room that its answer will fill. */
  isLatest: boolean
  slowNotice: string | null
  /** null while an answer is on its way. */
  onAskInstead: ((question: string) => void) | null
  onJudge: (feedback: Answer['feedback'], comment: string) => Promise<string | null>
}

/** A question with its answer. */
export function TurnView({ turn, isLatest, slowNotice, onAskInstead, onJudge }: TurnViewProps) {
  const { question, answer } = turn
  return (
    <section
      data-turn={turn.key}
      data-status={answer.status}
      className={classNames(
        'scroll-mt-4 space-y-5 pb-10',
        isLatest && 'min-h-[calc(100dvh-13rem)] max-sm:min-h-[calc(100dvh-16rem)]',
      )}
    >
      <QuestionView question={question} onResend={onAskInstead} />
      <AnswerView
        answer={answer}
        slowNotice={slowNotice}
        onRegenerate={onAskInstead && (() => onAskInstead(question))}
        onJudge={onJudge}
      />
    </section>
  )
}
