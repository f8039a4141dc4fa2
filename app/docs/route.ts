import { z } from 'zod'
import { handleOpen } from '@/lib/http/handler'

export const dynamic = 'force-dynamic'

const START = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  persistAuthorization: true,
  tryItOutEnabled: true,
})`

export const GET = handleOpen({
  summary: 'This reference, to read and to try',
  answer: z.string(),
  answerType: 'text/html',
  async run({ request }) {
    // proxy.ts puts it there, and into the policy of this answer.
    const nonce = request.headers.get('x-nonce')?.replace(/[^\w+/=-]/g, '') ?? ''
    const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Undercurrent API</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<div id="reference"></div>
<noscript><a href="/redoc">The reference without scripts</a></noscript>
<script nonce="${nonce}" src="/docs/assets/swagger-ui-bundle.js"></script>
<script nonce="${nonce}">${START}</script>
</body>
</html>
`
    return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } })
  },
})
