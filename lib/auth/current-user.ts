import type { IncomingMessage } from 'node:http'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { findUser } from '@/lib/data/users'
import { can } from './permissions'
import { type CredentialHeaders, readSessionToken, type SessionToken } from './session-token'

/** A removed user or right is refused after this time at the latest, in every process. */
export const USER_CACHE_SECONDS = 5
const MAX_CACHED_USERS = 10_000

interface CachedUser {
  user: Promise<CurrentUser | null>
  staleAtMilliseconds: number
}

const cache = new Map<string, CachedUser>()

export interface AuthenticatedSession {
  user: CurrentUser
  token: SessionToken
}

/** Who a request comes from, by session cookie or `Authorization: Bearer`; null when by nobody we know. */
export async function currentUser(request: Request): Promise<CurrentUser | null> {
  const session = await authenticate({
    cookie: request.headers.get('cookie'),
    authorization: request.headers.get('authorization'),
  })
  return session?.user ?? null
}

/** The same for a WebSocket upgrade; the token's end is needed because a socket outlives its request. */
export function verifySocketRequest(request: IncomingMessage): Promise<AuthenticatedSession | null> {
  return authenticate({ cookie: request.headers.cookie, authorization: request.headers.authorization })
}

export async function authenticate(headers: CredentialHeaders): Promise<AuthenticatedSession | null> {
  const token = await readSessionToken(headers)
  const user = token && (await userById(token.userId))
  return token && user ? { user, token } : null
}

/** The user as the database had it within the last USER_CACHE_SECONDS; null when there is none. */
export function userById(userId: string): Promise<CurrentUser | null> {
  const now = Date.now()
  const cached = cache.get(userId)
  if (cached && cached.staleAtMilliseconds > now) return cached.user
  const user = load(userId)
  cache.delete(userId)
  const oldest = cache.size >= MAX_CACHED_USERS ? cache.keys().next().value : undefined
  if (oldest !== undefined) cache.delete(oldest)
  cache.set(userId, { user, staleAtMilliseconds: now + USER_CACHE_SECONDS * 1000 })
  // A database that was away for a moment must not be remembered as an answer.
  user.catch(() => cache.delete(userId))
  return user
}

/** The user as the database has it now. */
export function userByIdNow(userId: string): Promise<CurrentUser | null> {
  cache.delete(userId)
  return userById(userId)
}

async function load(userId: string): Promise<CurrentUser | null> {
  const account = await findUser(userId)
  return account && { ...account, siteScope: can(account, 'site:read-all') ? 'all' : 'member' }
}
