import { z } from 'zod'
import { expect, expectProblem, expectStatus, moment, readAnswer, share, text } from './expectations'
import { endpoint, type Row } from './row'
import type { World } from './world'

/** A model on a busy processor. */
const ANSWER_MILLISECONDS = 180_000
const QUESTION = 'How much does the refrigerator use now?'

const replySchema = z
  .object({
    response: text,
    message: text,
    session_id: text,
    message_id: z.union([text, z.number()]),
    devices: z.array(z.unknown()),
    confidence: share,
    tokens_used: z.number().int().min(0),
    cached: z.boolean(),
    timestamp: moment,
  })
  .refine(({ response, message }) => response === message, 'message differs from response')

const sessionSchema = z.object({
  session_id: text,
  user_id: z.union([text, z.number()]),
  title: z.string().nullable(),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant']), content: text })),
  created_at: moment,
  updated_at: moment,
})

async function say(world: World, caller: 'user' | 'admin', body: object) {
  const answer = await world.ask(caller, 'POST', '/api/chat', { body, timeoutMilliseconds: ANSWER_MILLISECONDS })
  expectStatus(answer, 200)
  return readAnswer(answer, replySchema)
}

/** A session of the caller's own, removed at the end. */
function sessionOf(world: World, caller: 'user' | 'admin'): Promise<string> {
  return world.once(`chat session of ${caller}`, async () => {
    const { session_id } = await say(world, caller, { message: QUESTION })
    world.removeAtEnd(() => world.ask(caller, 'DELETE', `/api/chat/history/${session_id}`))
    return session_id
  })
}

/** A listed row must not answer, whatever session it is asked for. */
const answersTo = (method: string, path: string, body?: object) => async (world: World) => {
  const answer = await world.ask('user', method, path, { body, timeoutMilliseconds: ANSWER_MILLISECONDS })
  return answer.status < 300 ? answer.what : null
}

/** There is no session to ask for before there is a list of them. */
const answersList = answersTo('GET', '/api/chat/history')

const chat = endpoint({
  method: 'POST',
  path: '/api/chat',
  alsoAt: '/chat',
  body: async () => ({ message: QUESTION }),
  answer: replySchema,
  timeoutMilliseconds: ANSWER_MILLISECONDS,
})

export const chatRows: readonly Row[] = [
  {
    ...chat,
    async check(world) {
      await chat.check(world)
      const { session_id } = await say(world, 'user', {
        user_message: QUESTION,
        conversation_history: [{ role: 'user', content: 'Hello' }, { role: 'assistant', content: 'Hello.' }],
      })
      const next = await say(world, 'user', { message: 'And the freezer?', session_id })
      expect(next.session_id === session_id, 'A message with a session_id goes into another session')
      await say(world, 'user', { prompt: QUESTION, session_id, max_tokens: 64, temperature: 0.2 })
      expectProblem(await world.ask('user', 'POST', '/api/chat', { body: {} }), [400, 422], 'message')
      const foreign = { message: QUESTION, session_id: await sessionOf(world, 'admin') }
      expectProblem(await world.ask('user', 'POST', '/api/chat', { body: foreign }), 404)
    },
  },
  {
    name: 'POST /api/chat/stream',
    async check(world) {
      const options = { body: { message: QUESTION }, headers: { accept: 'text/event-stream' }, timeoutMilliseconds: ANSWER_MILLISECONDS }
      expectProblem(await world.ask('nobody', 'POST', '/api/chat/stream', options), 401)
      for (const path of ['/api/chat/stream', '/api/chat/stream/']) {
        const answer = await world.ask('user', 'POST', path, options)
        expectStatus(answer, 200)
        const type = answer.headers.get('content-type') ?? ''
        expect(type.startsWith('text/event-stream'), `It answers ${type} instead of an event stream`)
        const events = answer.text.split(/\r?\n\r?\n/).filter((event) => /^data:/m.test(event))
        expect(events.length > 1, `It is no stream of events: ${answer.text.slice(0, 200)}`)
      }
    },
    answers: answersTo('POST', '/api/chat/stream', { message: QUESTION }),
  },
  endpoint({
    method: 'GET',
    path: '/api/chat/history',
    alsoAt: '/chat/history',
    answer: z.array(sessionSchema),
    async holds(_, world) {
      const [own, foreign] = [await sessionOf(world, 'user'), await sessionOf(world, 'admin')]
      const now = readAnswer(await world.ask('user', 'GET', '/api/chat/history'), z.array(sessionSchema))
      const session = now.find(({ session_id }) => session_id === own)
      expect(session !== undefined, "The caller's session is not in the list")
      expect(session.messages.length >= 2, 'The session has not both messages')
      expect(!now.some(({ session_id }) => session_id === foreign), "Another account's session is in the list")
    },
  }),
  {
    name: 'GET /api/chat/history/{session_id}',
    async check(world) {
      const [own, foreign] = [await sessionOf(world, 'user'), await sessionOf(world, 'admin')]
      for (const prefix of ['/api/chat/history', '/chat/history']) {
        for (const path of [`${prefix}/${own}`, `${prefix}/${own}/`]) {
          const answer = await world.ask('user', 'GET', path, { headers: { accept: 'text/html,*/*' } })
          expectStatus(answer, 200)
          expect(readAnswer(answer, sessionSchema).session_id === own, 'Another session comes back')
        }
        expectProblem(await world.ask('nobody', 'GET', `${prefix}/${own}`), 401)
        expectProblem(await world.ask('user', 'GET', `${prefix}/${foreign}`), 404)
        expectProblem(await world.ask('user', 'GET', `${prefix}/no-such-session`), 404)
      }
    },
    answers: answersList,
  },
  {
    name: 'DELETE /api/chat/history/{session_id}',
    async check(world) {
      const foreign = await sessionOf(world, 'admin')
      for (const path of ['/api/chat/history/', '/chat/history/']) {
        for (const end of ['', '/']) {
          const { session_id } = await say(world, 'user', { message: QUESTION })
          expectProblem(await world.ask('nobody', 'DELETE', `${path}${session_id}${end}`), 401)
          expectStatus(await world.ask('user', 'DELETE', `${path}${session_id}${end}`), [200, 204])
          expectProblem(await world.ask('user', 'GET', `${path}${session_id}`), 404)
        }
        expectProblem(await world.ask('user', 'DELETE', `${path}${foreign}`), 404)
      }
      expectStatus(await world.ask('admin', 'GET', `/api/chat/history/${foreign}`), 200)
    },
    answers: answersList,
  },
]
