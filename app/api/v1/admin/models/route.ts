import { modelRegistrySchema } from '@/lib/contracts/model-registry'
import { handle } from '@/lib/http/handler'
import { getModelRegistry } from '@/lib/services/model-registry'

export const dynamic = 'force-dynamic'

export const GET = handle({
  summary: 'Models: the one in use, versions that ran before, accuracy, heads of homes',
  permission: 'metrics:read',
  answer: modelRegistrySchema,
  run: () => getModelRegistry(),
})
