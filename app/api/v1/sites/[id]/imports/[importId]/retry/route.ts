import { importJobSchema } from '@/lib/contracts/import-jobs'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { changeImportOf, getImportOf } from '@/lib/services/import/site-imports'
import { importParams } from '../import-params'

export const POST = handle({
  summary: 'Let an import that failed or was cancelled go on where it stopped',
  permission: 'data:import',
  audit: {
    action: 'import.retry',
    target: ({ params }) => params.importId,
    before: ({ user, params }) => getImportOf(user, params.id, params.importId),
  },
  params: importParams,
  answer: importJobSchema,
  async run({ user, params }) {
    const changed = await changeImportOf(user, params.id, params.importId, 'retry')
    if (!changed) throw notFound(`import ${params.importId} that can go on`)
    return changed
  },
})
