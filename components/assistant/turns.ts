import type { ToolName, ToolResult } from '@/lib/contracts/assistant'
import type { ChatAnswer, ChatEvent, ChatSession, Grounding } from '@/lib/contracts/chat'

/** Something that was asked of the measurements while an answer was made. */
export interface ToolStep {
  id: string
  tool: ToolName
  arguments: Record<string, unknown>
  /** null: not yet, or there is none and `problem` says why. */
  result: ToolResult | null
  problem: string | null
}

export interface Answer {
  /** null until the server has named it. */
  id: string | null
  text: string
  steps: ToolStep[]
  notices: string[]
  /** asked: nothing of it is there yet; failed: there is none, and `problem` says why. */
  status: 'asked' | 'writing' | 'reconnecting' | 'complete' | 'stopped' | 'failed'
  problem: string | null
  grounding: Grounding | null
  feedback: 'up' | 'down' | null
  comment: string
}

/** A question with its answer. */
export interface Turn {
  key: string
  /** As the server knows what stands in this place; null where it has taken nothing yet. */
  questionId: string | null
  question: string
  answer: Answer
}

export const EMPTY_ANSWER: Answer = {
  id: null,
  text: '',
  steps: [],
  notices: [],
  status: 'asked',
  problem: null,
  grounding: null,
  feedback: null,
  comment: '',
}

export const isRunning = ({ status }: Answer) => status === 'asked' || status === 'writing' || status === 'reconnecting'

/** A stored conversation as turns. A question without an answer is a turn that failed, for a reason nobody kept. */
export function turnsOf({ messages }: Pick<ChatSession, 'messages'>): Turn[] {
  return messages.flatMap((message, index): Turn[] => {
    if (message.role !== 'user') return []
    const next = messages[index + 1]
    const turn = { key: message.id, questionId: message.id, question: message.content }
    if (next?.role !== 'assistant') return [{ ...turn, answer: { ...EMPTY_ANSWER, status: 'failed' } }]
    const { id, content, grounding, feedback, feedback_comment: comment } = next
    return [{ ...turn, answer: { ...storedAnswer(id, content, grounding), feedback, comment } }]
  })
}

/** The turn after an event of its answer. */
export function afterEvent(turn: Turn, event: ChatEvent): Turn {
  const { answer } = turn
  const changed = (change: Partial<Answer>): Turn => ({ ...turn, answer: { ...answer, ...change } })
  switch (event.type) {
    case 'start':
      return { ...changed({ id: event.message_id }), questionId: event.question_id }
    case 'tool_call':
      return changed({
        steps: [...answer.steps, { id: event.id, tool: event.tool, arguments: event.arguments, result: null, problem: null }],
      })
    case 'tool_result': {
      const { id, result, problem } = event
      return changed({ steps: answer.steps.map((step) => (step.id === id ? { ...step, result, problem } : step)) })
    }
    case 'delta':
      return changed({ status: 'writing', text: answer.text + event.text })
    case 'replace':
      return changed({ status: event.text === '' ? 'asked' : 'writing', text: event.text })
    case 'notice':
      // What the one before it had asked says nothing about this answer.
      return changed({ notices: [...answer.notices, event.text], steps: [] })
    case 'done':
      return { ...turn, questionId: event.answer.question_id || turn.questionId, answer: answerOf(event.answer) }
    case 'error':
      return changed({ status: 'failed', problem: event.detail })
  }
}

const answerOf = ({ message_id: id, response, grounding }: ChatAnswer): Answer => storedAnswer(id, response, grounding)

function storedAnswer(id: string, text: string, grounding: Grounding | null): Answer {
  return {
    ...EMPTY_ANSWER,
    id,
    text,
    grounding,
    status: grounding?.status ?? 'complete',
    notices: grounding?.notes ?? [],
    steps: (grounding?.results ?? []).map((result, index) => {
      return { id: `${result.tool}-${index}`, tool: result.tool, arguments: result.arguments, result, problem: null }
    }),
  }
}
