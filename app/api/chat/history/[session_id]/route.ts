import { z } from 'zod'
import { deleteSessionOf, getSessionOf, renameSessionOf } from '@/lib/assistant/conversation/sessions'
import { chatIdSchema, chatSessionSchema, conversationQuerySchema, renameSchema } from '@/lib/contracts/chat'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'

const params = z.object({ session_id: chatIdSchema })

export const GET = handle({
  summary: 'One conversation, with what each answer rests on',
  description: 'The newest messages, oldest first; where `has_earlier` says that there are more, `before` brings the page before.',
  permission: 'chat:use',
  params,
  query: conversationQuerySchema,
  answer: chatSessionSchema,
  async run({ user, params, query }) {
    const session = await getSessionOf(user, params.session_id, query)
    if (!session) throw notFound(`conversation ${params.session_id}`)
    return session
  },
})

export const PATCH = handle({
  summary: 'Give a conversation another title',
  permission: 'chat:use',
  audit: 'no-change',
  params,
  body: renameSchema,
  answer: chatSessionSchema,
  async run({ user, params, body }) {
    const session = await renameSessionOf(user, params.session_id, body.title)
    if (!session) throw notFound(`conversation ${params.session_id}`)
    return session
  },
})

export const DELETE = handle({
  summary: 'Delete a conversation',
  permission: 'chat:use',
  // What was said is the person's own: it is not kept here either.
  audit: { action: 'chat.delete', target: ({ params }) => params.session_id },
  params,
  answer: z.object({ success: z.boolean(), session_id: z.string() }),
  async run({ user, params }) {
    if (!(await deleteSessionOf(user, params.session_id))) throw notFound(`conversation ${params.session_id}`)
    return { success: true, session_id: params.session_id }
  },
})
