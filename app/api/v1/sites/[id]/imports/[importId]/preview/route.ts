import { importMappingSchema, importPreviewSchema } from '@/lib/contracts/import'
import { handle } from '@/lib/http/handler'
import { notFound, Problem } from '@/lib/http/problem'
import { UsageError } from '@/lib/infra/usage-error'
import { previewImportOf } from '@/lib/services/import/site-imports'
import { importParams } from '../import-params'

export const POST = handle({
  summary: 'How an uploaded file would be read as said',
  description: 'What is not said is guessed.',
  permission: 'data:import',
  audit: 'no-change',
  params: importParams,
  body: importMappingSchema.partial(),
  answer: importPreviewSchema,
  async run({ user, params, body }) {
    const preview = await previewImportOf(user, params.id, params.importId, body).catch((error: unknown) => {
      throw error instanceof UsageError ? new Problem(422, error.message) : error
    })
    if (!preview) throw notFound(`uploaded file ${params.importId}`)
    return preview
  },
})
