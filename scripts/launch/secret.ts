import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { env, provideEnv } from '@/lib/env'

/** The key sessions are signed with: NEXTAUTH_SECRET (or SECRET_KEY), or one made once and kept, so that a restart logs nobody out. */
export function ensureSecret(dataDir: string): void {
  if (env().NEXTAUTH_SECRET ?? env().SECRET_KEY) return
  const file = path.join(dataDir, 'secret')
  provideEnv({ NEXTAUTH_SECRET: read(file) || create(file) })
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw new Error(`${file} belongs to another account. Start as that account, or set DATA_DIR to another folder.`)
  }
}

function create(file: string): string {
  const secret = randomBytes(32).toString('base64url')
  writeFileSync(file, secret, { mode: 0o600 })
  return secret
}
