import { decode, encode } from 'next-auth/jwt'
import { authSecret } from './secret'

/** How long a session lasts; each read of /api/auth/session renews the browser's. */
export const SESSION_SECONDS = 8 * 3600

/** `__Secure-` is what next-auth adds when the site is reached by https. */
const SESSION_COOKIES = ['__Secure-next-auth.session-token', 'next-auth.session-token'] as const

export interface SessionToken {
  userId: string
  sessionId: string
  /** Unix seconds. */
  expiresAtSeconds: number
}

/** The headers of a request that can carry a credential. */
export interface CredentialHeaders {
  cookie: string | null | undefined
  authorization: string | null | undefined
}

/** A token for a session, the same for the cookie of the pages and for `Authorization: Bearer`. */
export function encodeSessionToken(
  { userId, username, sessionId }: { userId: string; username: string; sessionId: string },
  maxAgeSeconds = SESSION_SECONDS,
): Promise<string> {
  return encode({ token: { sub: userId, name: username, sid: sessionId }, secret: authSecret(), maxAge: maxAgeSeconds })
}

/** What follows `Bearer` in an Authorization header. */
export function bearerOf(headers: CredentialHeaders): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
}

/**
 * The session a request says it belongs to; whether that goes on, the database knows. An Authorization header counts before
 * cookies, since somebody put it there on purpose.
 * @returns null when there is no token or it is expired, forged or damaged
 */
export async function readSessionToken(headers: CredentialHeaders): Promise<SessionToken | null> {
  const bearer = bearerOf(headers)
  if (headers.authorization) return bearer ? open(bearer) : null
  for (const name of SESSION_COOKIES) {
    const token = cookieValue(headers.cookie ?? '', name)
    const session = token ? await open(token) : null
    if (session) return session
  }
  return null
}

async function open(token: string): Promise<SessionToken | null> {
  const secret = authSecret()
  try {
    const payload = await decode({ token, secret })
    if (!payload?.sub || typeof payload.sid !== 'string') return null
    if (typeof payload.exp !== 'number' || payload.exp <= Date.now() / 1000) return null
    return { userId: payload.sub, sessionId: payload.sid, expiresAtSeconds: payload.exp }
  } catch {
    return null
  }
}

function cookieValue(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const [key, ...value] = pair.split('=')
    if (key?.trim() === name) return value.join('=').trim()
  }
  return undefined
}
