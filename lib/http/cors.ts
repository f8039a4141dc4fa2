import { env } from '@/lib/env'

const EXPOSED = 'X-Request-Id, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, RateLimit-Policy, Retry-After, Content-Disposition'
const PREFLIGHT_SECONDS = 600

/** Origins that pages of other hosts may call from; ['*'] for all. None by default. */
function allowedOrigins(): string[] {
  const { CORS_ORIGINS, ALLOWED_ORIGINS } = env()
  return [...CORS_ORIGINS, ...ALLOWED_ORIGINS]
}

/**
 * Tells a browser that a page of `origin` may read this answer. Cookies go along for origins that are named, never for `*`.
 */
export function addCorsHeaders(headers: Headers, origin: string | null): void {
  const allowed = allowedOrigins()
  if (allowed.length === 0) return
  headers.append('vary', 'Origin')
  if (!origin) return
  if (allowed.includes(origin)) {
    headers.set('access-control-allow-origin', origin)
    headers.set('access-control-allow-credentials', 'true')
  } else if (allowed.includes('*')) headers.set('access-control-allow-origin', '*')
  else return
  headers.set('access-control-expose-headers', EXPOSED)
}

/** The answer to a browser that asks before a request; null when the request is no such question. */
export function answerPreflight(request: Request): Response | null {
  const asked = request.headers.get('access-control-request-method')
  if (request.method !== 'OPTIONS' || !asked) return null
  const headers = new Headers()
  addCorsHeaders(headers, request.headers.get('origin'))
  if (headers.has('access-control-allow-origin')) {
    headers.set('access-control-allow-methods', 'GET, HEAD, POST, PUT, PATCH, DELETE')
    headers.set('access-control-allow-headers', request.headers.get('access-control-request-headers') ?? '*')
    headers.set('access-control-max-age', String(PREFLIGHT_SECONDS))
  }
  return new Response(null, { status: 204, headers })
}
