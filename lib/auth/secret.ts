import { env } from '@/lib/env'

/** The secret of .env.example: known to everyone, so good for a demonstration and nothing else. */
export const DEFAULT_SECRET = 'undercurrent-demo-secret-known-to-everyone'

/**
 * What session tokens are encrypted with.
 * @throws Error when neither NEXTAUTH_SECRET nor SECRET_KEY is set
 */
export function authSecret(): string {
  const { NEXTAUTH_SECRET, SECRET_KEY } = env()
  const secret = NEXTAUTH_SECRET ?? SECRET_KEY
  if (!secret) {
    throw new Error('NEXTAUTH_SECRET is not set. Set it to a random text, for instance the output of `openssl rand -base64 32`.')
  }
  return secret
}

/** Cookies are marked Secure when the browser reaches the application by https. */
export function usesSecureCookies(): boolean {
  return env().NEXTAUTH_URL?.startsWith('https://') ?? false
}

/** Where the browser that sent a request reaches the application: NEXTAUTH_URL, else the host it asked for. */
export function publicOrigin(request: Request): string {
  const { NEXTAUTH_URL } = env()
  if (NEXTAUTH_URL) return new URL(NEXTAUTH_URL).origin
  const asked = new URL(request.url)
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? asked.host
  const protocol = request.headers.get('x-forwarded-proto') === 'https' ? 'https' : 'http'
  return new URL(`${protocol}://${host}`).origin
}
