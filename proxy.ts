import { NextResponse, type NextRequest } from 'next/server'
import { env } from '@/lib/env'

export const config = { matcher: '/ws/:path*' }

/**
 * Passes WebSockets on to the gateway. Not a rewrite in next.config.mjs: those are frozen into the build, and the gateway's port
 * is only known at start.
 */
export function proxy(request: NextRequest): NextResponse {
  const { GATEWAY_HOST, GATEWAY_PORT } = env()
  const host = GATEWAY_HOST === '0.0.0.0' ? '127.0.0.1' : GATEWAY_HOST
  const { pathname, search } = request.nextUrl
  return NextResponse.rewrite(new URL(`${pathname}${search}`, `http://${host}:${GATEWAY_PORT}`))
}
