import type { ReadableStream } from 'node:stream/web'
import { z } from 'zod'
import { importPreviewSchema } from '@/lib/contracts/import'
import { importJobSchema } from '@/lib/contracts/import-jobs'
import { placeIdSchema } from '@/lib/contracts/sites'
import { env } from '@/lib/env'
import { handle } from '@/lib/http/handler'
import { notFound, Problem } from '@/lib/http/problem'
import { UsageError } from '@/lib/infra/usage-error'
import { listImportsOf, uploadImportOf } from '@/lib/services/import/site-imports'
import { UploadTooLargeError } from '@/lib/services/import/upload-files'
import { DiskFullError, UploadQuotaError } from '@/lib/services/import/upload-quota'

const params = z.object({ id: placeIdSchema })

export const GET = handle({
  summary: "The site's imports, newest first",
  permission: 'data:import',
  params,
  answer: z.object({ data: z.array(importJobSchema) }),
  async run({ user, params }) {
    const data = await listImportsOf(user, params.id)
    if (!data) throw notFound(`site ${params.id}`)
    return { data }
  },
})

export const POST = handle({
  summary: 'Upload a file to import',
  description: 'The body is the file itself. Answers how it would be read; `POST .../imports/{importId}/start` imports it.',
  permission: 'data:import',
  audit: {
    action: 'import.upload',
    target: (_, answer) => answer?.import.id ?? null,
    after: (_, answer) => answer?.import,
  },
  params,
  bodyTypes: ['application/octet-stream'],
  query: z.object({ building: placeIdSchema, name: z.string().min(1).max(255) }),
  answer: z.object({ import: importJobSchema, preview: importPreviewSchema }),
  async run({ user, params, query, request }) {
    const megabytes = env().IMPORT_MAX_MEGABYTES
    const tooLarge = () => new Problem(413, `The file is larger than ${megabytes} MB. Send it in parts, or pack it with gzip.`)
    const mostBytes = megabytes * 1024 * 1024
    const knownBytes = Number(request.headers.get('content-length') ?? Number.NaN)
    if (knownBytes > mostBytes) throw tooLarge()
    if (!request.body) throw new Problem(400, 'The body is empty; send the file as the body.')
    try {
      const body = request.body as ReadableStream<Uint8Array>
      const { building: buildingId, name } = query
      const taken = await uploadImportOf(user, params.id, { buildingId, name, body, mostBytes, knownBytes })
      if (!taken) throw notFound(`building ${query.building}`)
      return taken
    } catch (error) {
      if (error instanceof UploadTooLargeError) throw tooLarge()
      if (error instanceof UploadQuotaError) throw new Problem(413, error.message)
      if (error instanceof DiskFullError) throw new Problem(507, error.message)
      throw error instanceof UsageError ? new Problem(422, error.message) : error
    }
  },
})
