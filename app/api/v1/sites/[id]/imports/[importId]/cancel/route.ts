import { importJobSchema } from '@/lib/contracts/import-jobs'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { changeImportOf } from '@/lib/services/import/site-imports'
import { importParams } from '../import-params'

/** Stops an import; what is stored stays, and it can go on later. */
export const POST = handle({
  permission: 'data:import',
  params: importParams,
  answer: importJobSchema,
  async run({ user, params }) {
    const changed = await changeImportOf(user, params.id, params.importId, 'cancel')
    if (!changed) throw notFound(`import ${params.importId} that can be cancelled`)
    return changed
  },
})
