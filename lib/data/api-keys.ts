import { prisma } from './prisma'

export interface ApiKeyRow {
  id: string
  userId: string
  name: string
  prefix: string
  scopes: string[]
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
}

const FIELDS = {
  id: true, userId: true, name: true, prefix: true, scopes: true, createdAt: true, expiresAt: true, lastUsedAt: true,
} as const
const USED_MILLISECONDS = 60_000

export type NewApiKeyRow = Pick<ApiKeyRow, 'id' | 'userId' | 'name' | 'prefix' | 'scopes' | 'expiresAt'> & { secretHash: string }

export function createApiKey(data: NewApiKeyRow): Promise<ApiKeyRow> {
  return prisma().apiKey.create({ data, select: FIELDS })
}

export function countApiKeys(userId: string): Promise<number> {
  return prisma().apiKey.count({ where: { userId } })
}

/** The key with this hash or id, expired or not; notes down that it was used. */
export async function findApiKey(by: { secretHash: string } | { id: string }): Promise<ApiKeyRow | null> {
  const found = await prisma().apiKey.findUnique({ where: by, select: FIELDS })
  if (!found) return null
  const now = new Date()
  const isExpired = found.expiresAt !== null && found.expiresAt <= now
  if (!isExpired && now.getTime() - (found.lastUsedAt?.getTime() ?? 0) > USED_MILLISECONDS) {
    await prisma().apiKey.updateMany({ where: { id: found.id }, data: { lastUsedAt: now } })
  }
  return found
}

export function listApiKeys(userId: string): Promise<ApiKeyRow[]> {
  return prisma().apiKey.findMany({ where: { userId }, select: FIELDS, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] })
}

/** @returns the key that was deleted, or null when the user has no such key */
export async function deleteApiKey(userId: string, keyId: string): Promise<ApiKeyRow | null> {
  const found = await prisma().apiKey.findFirst({ where: { id: keyId, userId }, select: FIELDS })
  if (!found) return null
  const { count } = await prisma().apiKey.deleteMany({ where: { id: keyId, userId } })
  return count > 0 ? found : null
}
