import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { z } from 'zod'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { rejectedRowsOf } from '@/lib/services/import/site-imports'
import { importParams } from '../import-params'

export const GET = handle({
  summary: 'The rows that were not imported, as CSV',
  description: 'With their lines and reasons.',
  permission: 'data:import',
  params: importParams,
  answer: z.string(),
  answerType: 'text/csv',
  async run({ user, params }) {
    const rejected = await rejectedRowsOf(user, params.id, params.importId)
    if (!rejected) throw notFound(`rejected row of import ${params.importId}`)
    const body = Readable.toWeb(createReadStream(rejected.file)) as ReadableStream<Uint8Array>
    return new Response(body as unknown as BodyInit, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(rejected.name)}`,
        'x-content-type-options': 'nosniff',
      },
    })
  },
})
