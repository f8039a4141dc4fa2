import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { POST as logInRoute } from '@/app/api/auth/login/route'
import { GET as whoAmI } from '@/app/api/auth/test/route'
import { PUT as putPassword } from '@/app/api/v1/account/password/route'
import { DELETE as deleteKey } from '@/app/api/v1/api-keys/[id]/route'
import { GET as listKeys, POST as createKey } from '@/app/api/v1/api-keys/route'
import { GET as listAudit } from '@/app/api/v1/audit/route'
import { DELETE as endSession } from '@/app/api/v1/sessions/[id]/route'
import { DELETE as endOthers, GET as listSessions } from '@/app/api/v1/sessions/route'
import { GET as listSites } from '@/app/api/v1/sites/route'
import { GET as listUsers } from '@/app/api/v1/users/route'
import { AUTH_CACHE_SECONDS } from '@/lib/auth/short-cache'
import { hashPassword } from '@/lib/auth/password'
import type { Role } from '@/lib/contracts/current-user'
import {
  apiKeySchema,
  createdApiKeySchema,
  loginAnswerSchema,
  sessionSchema,
  whoAmISchema,
  type NewApiKey,
} from '@/lib/contracts/accounts'
import { prisma } from '@/lib/data/prisma'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { callApi } from '@/scripts/testing/api-call'
import { issueSessionToken, makeSite, makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'

beforeAll(() => provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET, DEMO: 'false' }))
beforeEach(() => void vi.useRealTimers())
afterAll(closePool)

const PASSWORD = 'a long enough password'
const NEW_PASSWORD = 'another good password'
const from = () => ({ 'x-forwarded-for': `${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}::1` })

const withPassword = async (role: Role = 'viewer') => makeUser(role, await hashPassword(PASSWORD))

async function logIn(user: TestUser, password = PASSWORD) {
  const { status, body } = await callApi(logInRoute, { body: { username: user.username, password }, headers: from() })
  return { status, answer: status === 200 ? loginAnswerSchema.strict().parse(body) : null, body }
}

async function keyOf(user: TestUser, changes: Partial<NewApiKey> = {}) {
  const body = { name: 'meter', scopes: ['site:read'], expiresInDays: 30, ...changes }
  const made = await callApi(createKey, { as: user, body })
  expect(made.status).toBe(201)
  return createdApiKeySchema.parse(made.body)
}

const statusOf = async (token: string) => (await callApi(whoAmI, { as: token })).status

/** What other processes remember of a credential is over by then. */
const passCacheTime = () => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + AUTH_CACHE_SECONDS * 1000 })

describe('the log-in for programs', () => {
  it('answers exactly what clients of the older services expect, and its token says who it belongs to', async () => {
    const [viewer, admin] = [await withPassword(), await withPassword('admin')]
    const { answer } = await logIn(viewer)
    expect(answer).toMatchObject({ token_type: 'bearer', user_id: viewer.id, username: viewer.username, is_admin: false })
    const who = whoAmISchema.parse((await callApi(whoAmI, { as: answer?.access_token })).body)
    expect(who).toMatchObject({ user_id: viewer.id, role: 'viewer', is_admin: false })
    expect(who.permissions).not.toContain('user:manage')
    expect((await logIn(admin)).answer?.is_admin).toBe(true)
  })

  it('refuses a wrong password, an unknown name and a disabled user in the same words', async () => {
    const [user, disabled] = [await withPassword(), await withPassword()]
    await prisma().user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } })
    const answers = [await logIn(user, 'wrong'), await logIn({ ...user, username: `x${randomUUID()}` }), await logIn(disabled)]
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(new Set(answers.map(({ body }) => (body as { detail: string }).detail)).size).toBe(1)
  })

  it('answers bad input with the field, not with an error of ours', async () => {
    for (const body of [{}, { username: 'a' }, { username: 1, password: 2 }, { username: '', password: '' }]) {
      expect((await callApi(logInRoute, { body, headers: from() })).status).toBe(422)
    }
    expect((await callApi(logInRoute, { body: { username: 'a\0b', password: 'x' }, headers: from() })).status).toBe(401)
  })

  it('asks who guesses to wait', async () => {
    const [user, headers] = [await withPassword(), from()]
    for (let n = 0; n < 5; n++) await callApi(logInRoute, { body: { username: user.username, password: 'guess' }, headers })
    const { status, response } = await callApi(logInRoute, { body: { username: user.username, password: PASSWORD }, headers })
    expect(status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('sessions', () => {
  it('are listed for their owner alone, and one that was ended is refused at once', async () => {
    const [user, stranger] = [await withPassword(), await makeUser('admin')]
    const token = (await logIn(user)).answer?.access_token ?? ''
    const { data } = (await callApi(listSessions, { as: token })).body as { data: unknown }
    const sessions = sessionSchema.array().parse(data)
    expect(sessions.map(({ isCurrent }) => isCurrent).sort()).toEqual([false, true])
    const current = sessions.find(({ isCurrent }) => isCurrent)
    expect(current?.kind).toBe('token')
    const ending = { params: { id: current?.id ?? '' }, method: 'DELETE' }
    expect((await callApi(endSession, { as: stranger, ...ending })).status).toBe(404)
    expect(await statusOf(token)).toBe(200)
    expect((await callApi(endSession, { as: user, ...ending })).status).toBe(204)
    expect(await statusOf(token)).toBe(401)
    expect(await statusOf(user.token)).toBe(200)
  })

  it('that another process ended are refused after the cache time', async () => {
    const user = await makeUser()
    expect(await statusOf(user.token)).toBe(200)
    await prisma().userSession.deleteMany({ where: { userId: user.id } })
    passCacheTime()
    expect(await statusOf(user.token)).toBe(401)
  })

  it('end all at once except the one that asks', async () => {
    const user = await makeUser()
    const other = await issueSessionToken(user)
    expect((await callApi(endOthers, { as: user, method: 'DELETE' })).body).toEqual({ ended: 1 })
    expect(await statusOf(other)).toBe(401)
    expect(await statusOf(user.token)).toBe(200)
  })

  it('belong to the user they were made for: a token that says otherwise is refused', async () => {
    const { encodeSessionToken } = await import('@/lib/auth/session-token')
    const [user, victim] = [await makeUser(), await makeUser('admin')]
    const session = await prisma().userSession.findFirstOrThrow({ where: { userId: user.id } })
    expect(await statusOf(await encodeSessionToken({ userId: victim.id, username: 'x', sessionId: session.id }))).toBe(401)
  })

  it('end when their user is disabled', async () => {
    const user = await makeUser()
    expect(await statusOf(user.token)).toBe(200)
    await prisma().user.update({ where: { id: user.id }, data: { disabledAt: new Date() } })
    passCacheTime()
    expect(await statusOf(user.token)).toBe(401)
  })
})

describe('changing one’s password', () => {
  const change = (user: TestUser, currentPassword: string, newPassword: string) =>
    callApi(putPassword, { as: user, method: 'PUT', body: { currentPassword, newPassword }, headers: from() })

  it('takes the present one, logs every other session out, and lets the new one in', async () => {
    const user = await withPassword()
    const other = await issueSessionToken(user)
    expect((await change(user, 'not the password', NEW_PASSWORD)).status).toBe(422)
    expect((await change(user, PASSWORD, NEW_PASSWORD)).body).toEqual({ endedSessions: 1 })
    expect(await statusOf(user.token)).toBe(200)
    expect(await statusOf(other)).toBe(401)
    expect((await logIn(user)).status).toBe(401)
    expect((await logIn(user, NEW_PASSWORD)).status).toBe(200)
  })

  it('refuses what is short, too long for bcrypt, the same, the user name, or known from the demonstration', async () => {
    const user = await withPassword()
    for (const password of ['short', 'ä'.repeat(40), PASSWORD, `my ${user.username}`.slice(0, 72), 'password123']) {
      expect((await change(user, PASSWORD, password)).status, password).toBe(422)
    }
  })
})

describe('API keys', () => {
  it('do what their scopes and their owner’s role both allow, and nothing with the account', async () => {
    const [operator, admin] = [await makeUser('operator'), await makeUser('admin')]
    const site = await makeSite([operator])
    const seen = async (token: string) => {
      const { body } = await callApi(listSites, { as: token })
      return (body as { data: { id: string }[] }).data.map(({ id }) => id)
    }
    const { key } = await keyOf(operator)
    expect(await seen(key)).toEqual([site.id])
    const who = whoAmISchema.parse((await callApi(whoAmI, { as: key })).body)
    expect(who.permissions.sort()).toEqual(['account:read', 'site:read'])
    for (const route of [listKeys, listSessions]) expect((await callApi(route, { as: key })).status).toBe(403)
    const narrow = await keyOf(admin)
    expect(await seen(narrow.key)).toEqual([])
    expect((await callApi(listUsers, { as: narrow.key })).status).toBe(403)
    expect(await seen((await keyOf(admin, { scopes: ['site:read', 'site:read-all'] })).key)).toContain(site.id)
  })

  it('lose what their owner’s role loses', async () => {
    const admin = await makeUser('admin')
    const { key } = await keyOf(admin, { scopes: ['audit:read'] })
    expect((await callApi(listAudit, { as: key })).status).toBe(200)
    await prisma().user.update({ where: { id: admin.id }, data: { role: 'operator' } })
    passCacheTime()
    expect((await callApi(listAudit, { as: key })).status).toBe(403)
  })

  it('neither make users nor give them passwords: who could, would have every right', async () => {
    const admin = await makeUser('admin')
    const body = { name: 'k', scopes: ['user:manage'], expiresInDays: null }
    expect((await callApi(createKey, { as: admin, body })).status).toBe(422)
    const { id, key } = await keyOf(admin)
    await prisma().apiKey.update({ where: { id }, data: { scopes: ['site:read', 'user:manage'] } })
    passCacheTime()
    expect((await callApi(listUsers, { as: key })).status).toBe(403)
  })

  it('cannot be given what their owner may not do, nor the account itself', async () => {
    const viewer = await makeUser()
    for (const scope of ['user:manage', 'site:manage', 'account:manage', 'account:read', 'nonsense']) {
      const made = await callApi(createKey, { as: viewer, body: { name: 'k', scopes: [scope], expiresInDays: null } })
      expect(made.status, scope).toBe(422)
    }
  })

  it('are refused once they expired, were deleted, or their owner was disabled', async () => {
    const user = await makeUser()
    const [expiring, deleted, kept] = [await keyOf(user), await keyOf(user), await keyOf(user, { expiresInDays: null })]
    for (const { key } of [expiring, deleted, kept]) expect(await statusOf(key)).toBe(200)
    expect((await callApi(deleteKey, { as: user, params: { id: deleted.id }, method: 'DELETE' })).status).toBe(204)
    expect(await statusOf(deleted.key)).toBe(401)
    await prisma().apiKey.update({ where: { id: expiring.id }, data: { expiresAt: new Date(Date.now() - 1000) } })
    passCacheTime()
    expect(await statusOf(expiring.key)).toBe(401)
    expect(await statusOf(kept.key)).toBe(200)
    await prisma().user.update({ where: { id: user.id }, data: { disabledAt: new Date() } })
    passCacheTime()
    expect(await statusOf(kept.key)).toBe(401)
    expect(await statusOf('uc_guessed')).toBe(401)
  })

  it('are listed for their owner alone, without the key, with the time of their last use', async () => {
    const [user, stranger] = [await makeUser(), await makeUser('admin')]
    const { id, key, prefix } = await keyOf(user)
    await statusOf(key)
    const listed = (await callApi(listKeys, { as: user })).body as { data: unknown }
    const [found] = apiKeySchema.strict().array().parse(listed.data)
    expect(found).toMatchObject({ id, prefix, scopes: ['site:read'] })
    expect(key.startsWith(prefix)).toBe(true)
    expect(found?.lastUsedAt).not.toBeNull()
    expect(((await callApi(listKeys, { as: stranger })).body as { data: unknown[] }).data).toEqual([])
    expect((await callApi(deleteKey, { as: stranger, params: { id }, method: 'DELETE' })).status).toBe(404)
    expect(await statusOf(key)).toBe(200)
  })
})
