import { NextResponse, type NextRequest } from 'next/server'
import { env } from '@/lib/env'

export const config = { matcher: '/ws/:path*' }

/**
 * Passes WebSockets on to the gateway. Not a rewrite in next.config.mjs: those are frozen into the build, and the gateway's
 * address is only known at start.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  const { GATEWAY_HOST, GATEWAY_PORT } = env()
  return NextResponse.rewrite(new URL(`${pathname}${search}`, `http://${GATEWAY_HOST}:${GATEWAY_PORT}`))
}
