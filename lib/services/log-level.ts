import type { LogLevelView, NewLogLevel } from '@/lib/contracts/log-level'
import { clearLogLevel, readLogLevel, storeLogLevel } from '@/lib/data/log-level'
import { env } from '@/lib/env'
import { setLogLevel } from '@/lib/infra/logger'

export async function getLogLevel(): Promise<LogLevelView> {
  return { usual: env().LOG_LEVEL, set: await readLogLevel() }
}

/** Lets all processes log so for a while: this one at once, the others with their next report. */
export async function changeLogLevel({ level, minutes }: NewLogLevel, username: string): Promise<LogLevelView> {
  await storeLogLevel(level, minutes * 60, username)
  setLogLevel(level)
  return getLogLevel()
}

export async function endLogLevel(): Promise<LogLevelView> {
  await clearLogLevel()
  setLogLevel(null)
  return getLogLevel()
}
