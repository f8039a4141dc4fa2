import type { IncomingMessage } from 'node:http'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { findUser } from '@/lib/data/users'
import { apiKeyGoesOn, isApiKey, readApiKey } from './api-keys'
import { can } from './permissions'
import { bearerOf, type CredentialHeaders, readSessionToken } from './session-token'
import { sessionGoesOn } from './sessions'
import { AUTH_CACHE_SECONDS, shortCache } from './short-cache'

/** A removed user, right, session or key is refused after this time at the latest, in every process. */
export const USER_CACHE_SECONDS = AUTH_CACHE_SECONDS

/** What a caller showed to be let in. */
export interface Credential {
  kind: 'session' | 'api-key'
  /** Of the session or of the key. */
  id: string
  userId: string
  /** Unix seconds; Infinity where it does not expire. */
  expiresAtSeconds: number
  /** Of an API key. */
  scopes?: readonly string[]
}

export interface AuthenticatedSession {
  user: CurrentUser
  token: Credential
}

const users = shortCache('user', load)

/** Who a request comes from, by session cookie or `Authorization: Bearer`; null when by nobody we know. */
export async function currentUser(request: Request): Promise<CurrentUser | null> {
  return (await authenticateRequest(request))?.user ?? null
}

/** The same with the credential it came with. */
export function authenticateRequest(request: Request): Promise<AuthenticatedSession | null> {
  return authenticate({ cookie: request.headers.get('cookie'), authorization: request.headers.get('authorization') })
}

/** The session a request belongs to; undefined where it came with an API key, or with nothing. */
export async function sessionIdOf(request: Request): Promise<string | undefined> {
  const session = await authenticateRequest(request)
  return session?.token.kind === 'session' ? session.token.id : undefined
}

/** The same for a WebSocket upgrade; the token's end is needed because a socket outlives its request. */
export function verifySocketRequest(request: IncomingMessage): Promise<AuthenticatedSession | null> {
  return authenticate({ cookie: request.headers.cookie, authorization: request.headers.authorization })
}

export async function authenticate(headers: CredentialHeaders): Promise<AuthenticatedSession | null> {
  const token = await readCredential(headers)
  const user = token && (await userOf(token))
  return token && user ? { user, token } : null
}

/** Who a credential that was accepted before lets in now; null once it, its user or its session is gone. */
export async function userOf(token: Credential): Promise<CurrentUser | null> {
  if (token.expiresAtSeconds <= Date.now() / 1000) return null
  const goesOn = token.kind === 'session' ? await sessionGoesOn(token.id, token.userId) : await apiKeyGoesOn(token.id)
  const user = goesOn ? await userById(token.userId) : null
  if (!user || !token.scopes) return user
  const scoped = { ...user, scopes: token.scopes }
  return { ...scoped, siteScope: siteScopeOf(scoped) }
}

/** The user as the database had it within the last USER_CACHE_SECONDS; null when there is none or it is disabled. */
export function userById(userId: string): Promise<CurrentUser | null> {
  return users.get(userId)
}

/** The user as the database has it now. */
export function userByIdNow(userId: string): Promise<CurrentUser | null> {
  users.forget(userId)
  return userById(userId)
}

/** To be called where a user was changed, so that this process knows at once. */
export function forgetUser(userId: string): void {
  users.forget(userId)
}

async function readCredential(headers: CredentialHeaders): Promise<Credential | null> {
  const bearer = bearerOf(headers)
  if (bearer && isApiKey(bearer)) {
    const key = await readApiKey(bearer)
    return key && { kind: 'api-key', ...key }
  }
  const token = await readSessionToken(headers)
  return token && { kind: 'session', id: token.sessionId, userId: token.userId, expiresAtSeconds: token.expiresAtSeconds }
}

async function load(userId: string): Promise<CurrentUser | null> {
  const account = await findUser(userId)
  return account && { ...account, siteScope: siteScopeOf(account) }
}

function siteScopeOf(user: Pick<CurrentUser, 'role' | 'scopes'>): CurrentUser['siteScope'] {
  return can(user, 'site:read-all') ? 'all' : 'member'
}
