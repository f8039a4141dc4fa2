import { importJobSchema } from '@/lib/contracts/import-jobs'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { changeImportOf, getImportOf } from '@/lib/services/import/site-imports'
import { importParams } from '../import-params'

export const POST = handle({
  summary: 'Stop an import',
  description: 'What is stored stays, and it can go on later.',
  permission: 'data:import',
  audit: {
    action: 'import.cancel',
    target: ({ params }) => params.importId,
    before: ({ user, params }) => getImportOf(user, params.id, params.importId),
  },
  params: importParams,
  answer: importJobSchema,
  async run({ user, params }) {
    const changed = await changeImportOf(user, params.id, params.importId, 'cancel')
    if (!changed) throw notFound(`import ${params.importId} that can be cancelled`)
    return changed
  },
})
