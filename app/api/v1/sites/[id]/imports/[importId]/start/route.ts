import { importMappingSchema } from '@/lib/contracts/import'
import { importJobSchema } from '@/lib/contracts/import-jobs'
import { handle } from '@/lib/http/handler'
import { notFound, Problem } from '@/lib/http/problem'
import { UsageError } from '@/lib/infra/usage-error'
import { getImportOf, startImportOf } from '@/lib/services/import/site-imports'
import { importParams } from '../import-params'

export const POST = handle({
  summary: 'Import an uploaded file, read as said',
  description: 'In the background.',
  permission: 'data:import',
  audit: {
    action: 'import.start',
    target: ({ params }) => params.importId,
    before: ({ user, params }) => getImportOf(user, params.id, params.importId),
  },
  params: importParams,
  body: importMappingSchema,
  answer: importJobSchema,
  async run({ user, params, body }) {
    const started = await startImportOf(user, params.id, params.importId, body).catch((error: unknown) => {
      throw error instanceof UsageError ? new Problem(422, error.message) : error
    })
    if (!started) throw notFound(`uploaded file ${params.importId} that waits`)
    return started
  },
})
