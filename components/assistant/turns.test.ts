import { describe, expect, it } from 'vitest'
import type { ChatAnswer, ChatEvent, Grounding } from '@/lib/contracts/chat'
import { afterEvent, EMPTY_ANSWER, isRunning, turnsOf, type Turn } from './turns'

const grounding: Grounding = {
  provider: 'embedded', model: 'embedded', plan: null, citations: [], ungrounded: [], confidence: 1, devices: [], tokensUsed: 1,
  cached: false, status: 'complete', notes: [],
  results: [{
    tool: 'always_on', arguments: { period: 'last 7 days' }, period: null, figures: [], moments: [], devices: [], table: null,
    chart: null, coverage: 1, notes: [],
  }],
}
const answer: ChatAnswer = {
  response: 'About 84 W.', message: 'About 84 W.', session_id: 'chat_1', message_id: 'message_2', question_id: 'message_1', site_id: 's',
  devices: [], confidence: 1, tokens_used: 1, cached: false, timestamp: '2026-03-01T12:00:00.000Z', grounding,
}
const asked: Turn = { key: 'k', questionId: null, question: 'What is always on?', answer: EMPTY_ANSWER }
const start: ChatEvent = {
  type: 'start', session_id: 'chat_1', message_id: 'message_2', question_id: 'message_1', provider: 'embedded', model: 'embedded',
}
const call: ChatEvent = { type: 'tool_call', id: 'c1', tool: 'always_on', arguments: {} }
const played = (...events: ChatEvent[]) => events.reduce(afterEvent, asked)

describe('a turn', () => {
  it('grows by what its answer sends, and ends as what is stored', () => {
    const writing = played(start, call, { type: 'delta', text: 'About ' }, { type: 'delta', text: '84 W.' })
    expect(writing).toMatchObject({ questionId: 'message_1', answer: { id: 'message_2', status: 'writing', text: 'About 84 W.' } })
    expect(writing.answer.steps).toMatchObject([{ tool: 'always_on', result: null }])
    const ended = afterEvent(writing, { type: 'done', answer })
    expect(ended.answer).toMatchObject({ status: 'complete', text: 'About 84 W.', steps: [{ result: { coverage: 1 } }] })
    expect(isRunning(ended.answer)).toBe(false)
  })

  it('takes back what an answer replaces', () => {
    expect(played(start, { type: 'delta', text: 'Wrong' }, { type: 'replace', text: 'Right' }).answer.text).toBe('Right')
  })

  it('forgets the steps of a model that another one stood in for, and says so', () => {
    const { answer: now } = played(start, call, { type: 'replace', text: '' }, { type: 'notice', text: 'The other one answered.' })
    expect(now).toMatchObject({ status: 'asked', steps: [], notices: ['The other one answered.'] })
  })

  it('says why there is no answer', () => {
    expect(played(start, { type: 'error', status: 503, detail: 'No key.' }).answer).toMatchObject({ status: 'failed', problem: 'No key.' })
  })

  it('is read from a stored conversation, also where an answer is missing', () => {
    const message = { timestamp: answer.timestamp, grounding: null, feedback: null, feedback_comment: '' }
    const turns = turnsOf({
      messages: [
        { ...message, id: 'q1', role: 'user', content: 'lost' },
        { ...message, id: 'q2', role: 'user', content: 'kept' },
        { ...message, id: 'a2', role: 'assistant', content: 'Yes.', grounding, feedback: 'down', feedback_comment: 'no' },
      ],
    })
    expect(turns.map(({ question, answer: { status } }) => [question, status])).toEqual([['lost', 'failed'], ['kept', 'complete']])
    expect(turns[1]?.answer).toMatchObject({ id: 'a2', feedback: 'down', comment: 'no' })
  })
})
