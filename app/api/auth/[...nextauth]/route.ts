import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { z } from 'zod'
import { authOptions } from '@/lib/auth/options'
import { publicOrigin } from '@/lib/auth/secret'
import { withContract } from '@/lib/http/route-contract'

interface Context {
  params: Promise<{ nextauth: string[] }>
}

// Options are made per request, so that a build needs no secret.
async function handler(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context, authOptions(publicOrigin(request)))
}

const contract = {
  access: 'open' as const,
  summary: 'The browser session',
  description:
    'The endpoints of next-auth, for the log-in page: session, csrf, callback/credentials, signout. ' +
    'Programs log in at /api/auth/login.',
  answer: z.unknown(),
}

export const GET = withContract(handler, contract)
export const POST = withContract((request: NextRequest, context: Context) => handler(request, context), contract)
