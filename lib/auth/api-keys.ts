import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { ApiKey, NewApiKey } from '@/lib/contracts/accounts'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { countApiKeys, createApiKey, deleteApiKey, findApiKey, listApiKeys, type ApiKeyRow } from '@/lib/data/api-keys'
import { grantableScopes } from './permissions'
import { shortCache } from './short-cache'

/** What tells a key from a session token. */
const KEY_START = 'uc_'
const KEY_BYTES = 32
const SHOWN_CHARACTERS = 11
const MAX_KEYS_OF_USER = 50
const DAY_MILLISECONDS = 86_400_000

export interface KeyFacts {
  id: string
  userId: string
  scopes: readonly string[]
  /** Unix seconds; Infinity for a key that does not expire. */
  expiresAtSeconds: number
}

const byHash = shortCache('api-key-hash', (secretHash) => findApiKey({ secretHash }))
const byId = shortCache('api-key-id', (id) => findApiKey({ id }))

export const isApiKey = (bearer: string): boolean => bearer.startsWith(KEY_START)

/** The key somebody sent, as the database had it within the last AUTH_CACHE_SECONDS; null when unknown, deleted or expired. */
export async function readApiKey(bearer: string): Promise<KeyFacts | null> {
  return valid(await byHash.get(hashOf(bearer)))
}

/** Whether a key that was read before still counts. */
export async function apiKeyGoesOn(id: string): Promise<boolean> {
  return valid(await byId.get(id)) !== null
}

export async function listApiKeysOf(userId: string): Promise<ApiKey[]> {
  return (await listApiKeys(userId)).map(toApiKey)
}

/** Makes a key. `key` is the only copy of it: the database has its hash. */
export async function createApiKeyOf(
  user: CurrentUser,
  { name, scopes, expiresInDays }: NewApiKey,
): Promise<{ apiKey: ApiKey; key: string } | { refused: 'scope'; scope: string } | { refused: 'too many'; limit: number }> {
  const grantable: readonly string[] = grantableScopes(user.role)
  const wrong = scopes.find((scope) => !grantable.includes(scope))
  if (wrong !== undefined) return { refused: 'scope', scope: wrong }
  if ((await countApiKeys(user.id)) >= MAX_KEYS_OF_USER) return { refused: 'too many', limit: MAX_KEYS_OF_USER }
  const key = KEY_START + randomBytes(KEY_BYTES).toString('base64url')
  const row = await createApiKey({
    id: `key_${randomUUID()}`,
    userId: user.id,
    name,
    prefix: key.slice(0, SHOWN_CHARACTERS),
    secretHash: hashOf(key),
    scopes: [...new Set(scopes)],
    expiresAt: expiresInDays === null ? null : new Date(Date.now() + expiresInDays * DAY_MILLISECONDS),
  })
  return { apiKey: toApiKey(row), key }
}

/** @returns the key as it was; null when the user has none of this id */
export async function deleteApiKeyOf(userId: string, keyId: string): Promise<ApiKey | null> {
  const deleted = await deleteApiKey(userId, keyId)
  byId.forget(keyId)
  return deleted && toApiKey(deleted)
}

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex')

const isExpired = (expiresAt: Date | null) => expiresAt !== null && expiresAt.getTime() <= Date.now()

function valid(row: ApiKeyRow | null): KeyFacts | null {
  if (!row || isExpired(row.expiresAt)) return null
  const { id, userId, scopes, expiresAt } = row
  return { id, userId, scopes, expiresAtSeconds: expiresAt ? expiresAt.getTime() / 1000 : Infinity }
}

function toApiKey({ id, name, prefix, scopes, createdAt, expiresAt, lastUsedAt }: ApiKeyRow): ApiKey {
  const seconds = (date: Date) => date.getTime() / 1000
  return {
    id,
    name,
    prefix,
    scopes,
    createdAt: seconds(createdAt),
    expiresAt: expiresAt && seconds(expiresAt),
    isExpired: isExpired(expiresAt),
    lastUsedAt: lastUsedAt && seconds(lastUsedAt),
  }
}
