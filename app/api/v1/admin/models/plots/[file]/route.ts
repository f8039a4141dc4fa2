import { z } from 'zod'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { readModelPlot } from '@/lib/services/model-registry'

export const dynamic = 'force-dynamic'

export const GET = handle({
  summary: 'A figure of the model’s card',
  permission: 'metrics:read',
  params: z.object({ file: z.string().min(1).max(100) }),
  answer: z.string(),
  answerType: 'image/svg+xml',
  async run({ params }) {
    const svg = await readModelPlot(params.file)
    if (svg === null) throw notFound('figure of this name')
    return new Response(svg, {
      headers: {
        'content-type': 'image/svg+xml; charset=utf-8',
        // Opened by itself it must not be a page of this site that can do anything.
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        'x-content-type-options': 'nosniff',
      },
    })
  },
})
