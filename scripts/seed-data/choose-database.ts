import { existsSync } from 'node:fs'
import path from 'node:path'
import { env, provideEnv } from '@/lib/env'

/**
 * Without DATABASE_URL and DATA_DIR: the folder `npm start` would use, which is the demo's unless a home of one's own was started.
 */
export function chooseDataFolder(): void {
  const { DATABASE_URL, DATA_DIR } = env()
  if (DATABASE_URL || DATA_DIR !== '.data' || existsSync(path.join(DATA_DIR, 'pg.json'))) return
  provideEnv({ DATA_DIR: path.join(DATA_DIR, 'demo') })
}
