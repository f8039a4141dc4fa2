import type { DefaultSession, NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import type { Role } from '@/lib/contracts/current-user'
import { userById } from './current-user'
import { clientAddress, verifyLogin } from './login'
import { authSecret, usesSecureCookies } from './secret'
import { SESSION_SECONDS } from './session-token'
import { endSession, renewSession, sessionGoesOn, startSession } from './sessions'

declare module 'next-auth' {
  interface Session {
    user: { id: string; role: Role } & DefaultSession['user']
  }
  interface User {
    sessionId?: string
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    /** Which row of user_session the token stands for. */
    sid?: string
  }
}

const OVER = 'This session is over'

/**
 * next-auth for browsers: user name and password, the session in an encrypted cookie that carries the ids of user and session only.
 * `signIn` answers the errors CredentialsSignin (wrong name or password) and TooManyAttempts.
 * @param origin where this browser reaches the application: after logging in or out it is sent nowhere else
 * @throws Error when NEXTAUTH_SECRET is not set
 */
export function authOptions(origin: string): NextAuthOptions {
  return {
    secret: authSecret(),
    useSecureCookies: usesSecureCookies(),
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/login', error: '/login' },
    providers: [
      CredentialsProvider({
        name: 'Undercurrent',
        credentials: { username: { label: 'User name' }, password: { label: 'Password', type: 'password' } },
        async authorize(credentials, request) {
          if (!credentials?.username || !credentials.password) return null
          const forwardedFor: unknown = request.headers?.['x-forwarded-for']
          const address = clientAddress(typeof forwardedFor === 'string' ? forwardedFor : null)
          const account = await verifyLogin(credentials.username, credentials.password, address)
          if (!account) return null
          const agent: unknown = request.headers?.['user-agent']
          const userAgent = typeof agent === 'string' ? agent : null
          const sessionId = await startSession(account.id, { kind: 'browser', userAgent, address })
          return { id: account.id, name: account.username, sessionId }
        },
      }),
    ],
    callbacks: {
      redirect({ url }) {
        const target = URL.canParse(url, origin) ? new URL(url, origin) : null
        return target?.origin === origin ? target.href : origin
      },
      async jwt({ token, user }) {
        // Only just logged in, there is a user; later next-auth renews the cookie. Thrown, it ends the session and clears its cookie.
        const sid = user?.sessionId ?? token.sid
        if (!token.sub || !sid || !(await sessionGoesOn(sid, token.sub)) || !(await userById(token.sub))) throw new Error(OVER)
        if (!user) await renewSession(sid)
        return { sub: token.sub, name: token.name, sid }
      },
      async session({ session, token }) {
        const user = token.sub ? await userById(token.sub) : null
        if (!user) throw new Error(OVER)
        return { ...session, user: { id: user.id, name: user.username, role: user.role } }
      },
    },
    events: {
      async signOut({ token }) {
        if (token?.sub && token.sid) await endSession(token.sub, token.sid)
      },
    },
  }
}
