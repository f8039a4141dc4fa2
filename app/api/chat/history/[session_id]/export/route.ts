import { Readable } from 'node:stream'
import { z } from 'zod'
import { exportSessionOf } from '@/lib/assistant/conversation/export'
import { chatIdSchema, chatSessionSchema } from '@/lib/contracts/chat'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'

export const GET = handle({
  summary: 'A conversation as a file',
  permission: 'chat:use',
  params: z.object({ session_id: chatIdSchema }),
  query: z.object({ format: z.enum(['markdown', 'json']).default('markdown') }),
  answer: z.union([z.string(), chatSessionSchema]),
  answerType: 'text/markdown',
  async run({ user, params, query }) {
    const text = await exportSessionOf(user, params.session_id, query.format)
    if (!text) throw notFound(`conversation ${params.session_id}`)
    const isJson = query.format === 'json'
    return new Response(Readable.toWeb(Readable.from(text, { objectMode: false })) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': isJson ? 'application/json' : 'text/markdown; charset=utf-8',
        'content-disposition': `attachment; filename="${params.session_id}.${isJson ? 'json' : 'md'}"`,
      },
    })
  },
})
