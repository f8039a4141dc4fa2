import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { prisma } from '@/lib/data/prisma'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { issueSessionToken, makeUser, TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { currentUser, USER_CACHE_SECONDS } from './current-user'

beforeAll(() => provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET }))
afterAll(closePool)

const request = (headers: Record<string, string>) => new Request('http://localhost/api/v1/sites', { headers })
const bearer = (token: string) => request({ authorization: `Bearer ${token}` })

describe('who a request comes from', () => {
  it('is told by the session cookie, plain or secure, or by a bearer token', async () => {
    const user = await makeUser('operator')
    const expected = { id: user.id, username: user.username, role: 'operator', siteScope: 'member' }
    expect(await currentUser(bearer(user.token))).toEqual(expected)
    for (const name of ['next-auth.session-token', '__Secure-next-auth.session-token']) {
      expect(await currentUser(request({ cookie: `theme=dark; ${name}=${user.token}; a=b=c` }))).toEqual(expected)
    }
  })

  it('is nobody without a credential, or with one that is forged, damaged or expired', async () => {
    const user = await makeUser()
    expect(await currentUser(request({}))).toBeNull()
    expect(await currentUser(bearer('nonsense'))).toBeNull()
    expect(await currentUser(bearer(`${user.token}x`))).toBeNull()
    expect(await currentUser(bearer(await issueSessionToken(user, -20)))).toBeNull()
    expect(await currentUser(bearer(await issueSessionToken(user, -1)))).toBeNull()
    provideEnv({ NEXTAUTH_SECRET: `${TEST_SECRET}-another` })
    const forged = await issueSessionToken(user)
    provideEnv({ NEXTAUTH_SECRET: TEST_SECRET })
    expect(await currentUser(bearer(forged))).toBeNull()
  })

  it('does not fall back to the cookie when the Authorization header is wrong', async () => {
    const user = await makeUser()
    const cookie = `next-auth.session-token=${user.token}`
    expect(await currentUser(request({ cookie, authorization: 'Bearer nonsense' }))).toBeNull()
  })

  it('is nobody any more once the user was removed, and has no right that was taken away, after the cache time', async () => {
    const [removed, demoted] = [await makeUser(), await makeUser('admin')]
    expect(await currentUser(bearer(removed.token))).not.toBeNull()
    expect((await currentUser(bearer(demoted.token)))?.siteScope).toBe('all')
    await prisma().user.delete({ where: { id: removed.id } })
    await prisma().user.update({ where: { id: demoted.id }, data: { role: 'viewer' } })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + USER_CACHE_SECONDS * 1000 })
    try {
      expect(await currentUser(bearer(removed.token))).toBeNull()
      expect(await currentUser(bearer(demoted.token))).toMatchObject({ role: 'viewer', siteScope: 'member' })
    } finally {
      vi.useRealTimers()
    }
  })

  it('says what to do when there is no secret', async () => {
    provideEnv({ NEXTAUTH_SECRET: '' })
    try {
      await expect(currentUser(bearer('some-token'))).rejects.toThrow('NEXTAUTH_SECRET is not set')
    } finally {
      provideEnv({ NEXTAUTH_SECRET: TEST_SECRET })
    }
  })
})
