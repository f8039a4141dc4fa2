import path from 'node:path'
import { assertNoDemoCredentials } from '@/lib/auth/demo-guard'
import { env } from '@/lib/env'
import { migrate } from '@/lib/infra/migrate'
import { step } from '../setup/announce.mjs'
import type { Children } from './children'
import { bundleOf } from './process-plan'

export interface PrepareDatabaseOptions {
  root: string
  children: Children
}

/**
 * Migrations, then what a first start needs: in demo mode the accounts and the simulated home's past, else the first
 * administrator. Quick when there is nothing to do.
 */
export async function prepareDatabase({ root, children }: PrepareDatabaseOptions): Promise<void> {
  await step('Preparing the database', () => migrate(env().DATABASE_URL ?? '', path.join(root, 'prisma/migrations')))
  await step(env().DEMO ? 'Preparing the demo home' : 'Preparing the accounts', async (progress) => {
    const { code, lastLine } = await children.runOnce('seed', bundleOf(root, 'scripts/seed'), progress)
    if (code !== 0) throw new Error(lastLine || `The first data could not be made. See ${children.logFile('seed')}.`)
  })
  await assertNoDemoCredentials()
}
