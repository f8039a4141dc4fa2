import { z } from 'zod'
import { handleOpen } from '@/lib/http/handler'
import { openApiDocument } from '@/lib/http/openapi'
import { declaredRoutes } from './declared-routes'

export const dynamic = 'force-dynamic'

let document: Promise<Record<string, unknown>> | undefined

/** Made from the schemas the handlers themselves use; the same for everyone, so it is made once. */
export const GET = handleOpen({
  summary: 'This description, as OpenAPI 3.1',
  answer: z.record(z.string(), z.unknown()),
  run: () => (document ??= declaredRoutes().then(openApiDocument)),
})
