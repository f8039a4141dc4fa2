import { importJobSchema } from '@/lib/contracts/import-jobs'
import { handle } from '@/lib/http/handler'
import { notFound } from '@/lib/http/problem'
import { getImportOf } from '@/lib/services/import/site-imports'
import { importParams } from './import-params'

export const GET = handle({
  summary: 'One import, with its progress or its report',
  permission: 'data:import',
  params: importParams,
  answer: importJobSchema,
  async run({ user, params }) {
    const found = await getImportOf(user, params.id, params.importId)
    if (!found) throw notFound(`import ${params.importId}`)
    return found
  },
})
