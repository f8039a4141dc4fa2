import { clientAddress, verifyLogin } from '@/lib/auth/login'
import { encodeSessionToken } from '@/lib/auth/session-token'
import { startSession } from '@/lib/auth/sessions'
import { loginAnswerSchema, loginSchema } from '@/lib/contracts/accounts'
import { handleOpen } from '@/lib/http/handler'
import { Problem } from '@/lib/http/problem'
import { refuseTooManyAttempts } from '@/lib/http/too-many-attempts'

/** Pages log in with a cookie. */
export const POST = handleOpen({
  summary: 'Log in: a token for programs',
  body: loginSchema,
  answer: loginAnswerSchema,
  async run({ request, body: { username, password } }) {
    const address = clientAddress(request.headers.get('x-forwarded-for'))
    const account = await verifyLogin(username, password, address).catch(refuseTooManyAttempts)
    if (!account) throw new Problem(401, 'User name or password is wrong.', { headers: { 'www-authenticate': 'Bearer' } })
    const sessionId = await startSession(account.id, { kind: 'token', userAgent: request.headers.get('user-agent'), address })
    return {
      access_token: await encodeSessionToken({ userId: account.id, username: account.username, sessionId }),
      token_type: 'bearer',
      user_id: account.id,
      username: account.username,
      is_admin: account.role === 'admin',
    }
  },
})
