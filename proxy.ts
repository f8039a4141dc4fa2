import { randomBytes } from 'node:crypto'
import { NextResponse, type NextRequest } from 'next/server'
import { env } from '@/lib/env'
import { contentSecurityPolicy } from '@/lib/http/content-security-policy'
import { PAGE_PATH_HEADER } from '@/lib/auth/page-path'
import { answerPreflight } from '@/lib/http/cors'
import { resolveAlias } from '@/lib/http/path-aliases'

/**
 * Pages, sockets and the paths of older clients. Of /api only what a browser asks before a call from another origin: Next keeps a
 * copy of a body that passes here and cuts it at a size, and uploads are larger.
 */
export const config = {
  matcher: [
    '/((?!api/|api$|_next/static/|_next/image).*)',
    { source: '/api/:path*', has: [{ type: 'header', key: 'access-control-request-method' }] },
  ],
}

export function proxy(request: NextRequest): Response {
  const { pathname, search } = request.nextUrl
  if (pathname.startsWith('/ws/')) return NextResponse.rewrite(new URL(`${pathname}${search}`, gatewayOrigin()))
  // A trailing slash is accepted everywhere, without a redirect.
  const path = pathname.replace(/(?<=.)\/+$/, '')
  const preflight = answerPreflight(request)
  const alias = resolveAlias(request.headers.get('access-control-request-method') ?? request.method, path)
  if (preflight && (alias || path.startsWith('/api/') || path === '/metrics')) return preflight
  if (alias) return NextResponse.rewrite(new URL(`${alias}${search}`, request.url))
  return withPolicy(request, path === pathname ? null : new URL(`${path}${search}`, request.url))
}

/** Not a rewrite in next.config.mjs: those are frozen into the build, and the gateway's port is only known at start. */
function gatewayOrigin(): string {
  const { GATEWAY_HOST, GATEWAY_PORT } = env()
  return `http://${GATEWAY_HOST === '0.0.0.0' ? '127.0.0.1' : GATEWAY_HOST}:${GATEWAY_PORT}`
}

/** Next puts the nonce it finds in the request's policy on every script it places. */
function withPolicy(request: NextRequest, rewritten: URL | null): NextResponse {
  const nonce = randomBytes(16).toString('base64')
  const isDevelopment = env().NODE_ENV === 'development'
  const policy = contentSecurityPolicy({ nonce, host: request.headers.get('host'), isDevelopment })
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set(PAGE_PATH_HEADER, (rewritten ?? request.nextUrl).pathname + request.nextUrl.search)
  headers.set('content-security-policy', policy)
  const response = rewritten
    ? NextResponse.rewrite(rewritten, { request: { headers } })
    : NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  if (env().NEXTAUTH_URL?.startsWith('https://')) {
    response.headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
  }
  return response
}
