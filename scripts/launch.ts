// What `npm start` runs once everything is built: servers, migrations, demo data, processes; then watches over them.
import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { firstAccountProblem } from '@/lib/auth/first-account'
import { userExists } from '@/lib/data/seed-accounts'
import { env } from '@/lib/env'
import { Children } from './launch/children'
import { endLeftBehind } from './launch/left-behind'
import { choosePorts } from './launch/choose-ports'
import { announceReady, waitUntilReady } from './launch/readiness'
import { prepareDatabase } from './launch/prepare-database'
import { processPlan } from './launch/process-plan'
import { ensureSecret } from './launch/secret'
import { startServers, type Servers } from './launch/servers'
import { say } from './setup/announce.mjs'
import { releaseLock, updateLock, type ProcessRecord } from './setup/launch-lock.mjs'

export interface LaunchOptions {
  root: string
  /** Next's development server instead of the production build. */
  development: boolean
  /** Children of an earlier launcher that was killed. */
  leftBehind: ProcessRecord[]
}

/** Runs until a signal. @throws Error in one sentence when something cannot start; what did start is stopped again */
export async function runLauncher({ root, development, leftBehind }: LaunchOptions): Promise<void> {
  const dataDir = path.resolve(env().DATA_DIR)
  assertFirstAccount(dataDir)
  const logDir = path.join(dataDir, 'logs')
  mkdirSync(logDir, { recursive: true })
  let servers: Servers | undefined
  const children = new Children(root, logDir, () => updateLock(dataDir, addressOf(), children.pids()))
  let stopping: Promise<void> | undefined

  const stop = (reason: string) =>
    (stopping ??= (async () => {
      say(`Stopping (${reason})…`)
      await children.stop()
      await servers?.stop()
      releaseLock(dataDir)
      say('Stopped.')
    })())

  let firstSignalAt = 0
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // Under npm one Ctrl-C arrives twice, at once from the terminal and from npm; only a later one means impatience.
      if (firstSignalAt && Date.now() - firstSignalAt > 1_000) children.kill()
      firstSignalAt ||= Date.now()
      void stop(signal).then(() => process.exit(0))
    })
  }

  try {
    await endLeftBehind(leftBehind)
    ensureSecret(dataDir)
    servers = await startServers(dataDir, say)
    // Every step below may be cut short by a signal that came meanwhile.
    if (stopping) return await halt(servers)
    await prepareDatabase({ root, children })
    if (stopping) return
    // Not before: what is free now may be taken after the minutes that a first start prepares for.
    await choosePorts(say)
    if (stopping) return
    for (const plan of processPlan(root, development)) children.start(plan)
    await waitUntilReady({ children, isStopping: () => stopping !== undefined })
    const { DEMO, ADMIN_USERNAME } = env()
    const loginName = !DEMO && (await userExists(ADMIN_USERNAME)) ? ADMIN_USERNAME : null
    if (!stopping) announceReady(addressOf(), dataDir, loginName)
  } catch (error) {
    if (stopping) return
    await stop('it could not start')
    throw error
  }
}

/**
 * Says before anything is started why the first account cannot be made; where there is a database, only that knows whether there is
 * an account, and scripts/seed.ts says the same.
 */
function assertFirstAccount(dataDir: string): void {
  if (env().DEMO || env().DATABASE_URL || existsSync(path.join(dataDir, 'pg'))) return
  const problem = firstAccountProblem()
  if (problem) throw new Error(problem)
}

/** A signal came while the servers were starting, so stop() did not know of them yet. */
async function halt(servers: Servers): Promise<void> {
  await servers.stop()
  process.exit(0)
}

function addressOf(): string {
  const { HOST, PORT } = env()
  const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`
}
