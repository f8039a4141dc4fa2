import { createReadStream } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { handleOpen } from '@/lib/http/handler'

export const dynamic = 'force-dynamic'

const MEDIA_TYPES = { 'swagger-ui.css': 'text/css; charset=utf-8', 'swagger-ui-bundle.js': 'text/javascript; charset=utf-8' } as const

export const GET = handleOpen({
  summary: 'Script and style of /docs',
  params: z.object({ file: z.enum(['swagger-ui.css', 'swagger-ui-bundle.js']) }),
  answer: z.string(),
  answerType: 'text/javascript',
  async run({ params: { file } }) {
    const stream = createReadStream(path.join(/* turbopackIgnore: true */ process.cwd(), 'node_modules/swagger-ui-dist', file))
    return new Response(Readable.toWeb(stream) as ReadableStream, {
      headers: { 'content-type': MEDIA_TYPES[file], 'cache-control': 'public, max-age=86400' },
    })
  },
})
