import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '@/lib/auth/options'
import { publicOrigin } from '@/lib/auth/secret'

interface Context {
  params: Promise<{ nextauth: string[] }>
}

// Options are made per request, so that a build needs no secret.
async function handler(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context, authOptions(publicOrigin(request)))
}

export { handler as GET, handler as POST }
