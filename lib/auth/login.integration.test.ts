import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { prisma } from '@/lib/data/prisma'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { makeUser, TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { assertNoDemoCredentials, DEMO_ACCOUNTS } from './demo-guard'
import { TooManyLoginAttempts, verifyLogin } from './login'
import { LOGIN_LIMITS } from './login-throttle'
import { hashPassword } from './password'
import { DEFAULT_SECRET } from './secret'

beforeAll(() => provideEnv({ DATABASE_URL: inject('databaseUrl') }))
beforeEach(() => provideEnv({ NEXTAUTH_SECRET: TEST_SECRET, DEMO: 'false' }))
afterAll(closePool)

describe('logging in', () => {
  it('takes the right password, not a wrong one, and nobody who does not exist', async () => {
    const user = await makeUser('viewer', await hashPassword('open sesame'))
    const address = randomUUID()
    expect(await verifyLogin(user.username, 'open sesame', address)).toEqual({
      id: user.id,
      username: user.username,
      role: 'viewer',
    })
    expect(await verifyLogin(user.username, 'open sesam', address)).toBeNull()
    expect(await verifyLogin(`nobody_${randomUUID()}`, 'open sesame', address)).toBeNull()
  })

  it('refuses even the right password after too many wrong ones', async () => {
    const user = await makeUser('viewer', await hashPassword('open sesame'))
    const address = randomUUID()
    for (let n = 0; n < LOGIN_LIMITS.usernameAndAddress.attempts; n++) {
      expect(await verifyLogin(user.username, 'guess', address)).toBeNull()
    }
    await expect(verifyLogin(user.username, 'open sesame', address)).rejects.toBeInstanceOf(TooManyLoginAttempts)
  })
})

describe('outside demo mode', () => {
  it('a process refuses to start with the default secret', async () => {
    provideEnv({ NEXTAUTH_SECRET: DEFAULT_SECRET })
    await expect(assertNoDemoCredentials()).rejects.toThrow('NEXTAUTH_SECRET is the default')
  })

  it('a process refuses to start while an account has its demo password, and starts once it was changed', async () => {
    const [demo] = DEMO_ACCOUNTS
    const id = `user_${randomUUID()}`
    const [open, changed] = [await hashPassword(demo.password), await hashPassword('changed since')]
    await prisma().user.upsert({
      where: { username: demo.username },
      create: { id, username: demo.username, passwordHash: open },
      update: { passwordHash: open },
    })
    try {
      await expect(assertNoDemoCredentials()).rejects.toThrow(`The demo password is still set for: ${demo.username}`)
      provideEnv({ DEMO: 'true' })
      await expect(assertNoDemoCredentials()).resolves.toBeUndefined()
      provideEnv({ DEMO: 'false' })
      await prisma().user.update({ where: { username: demo.username }, data: { passwordHash: changed } })
      await expect(assertNoDemoCredentials()).resolves.toBeUndefined()
    } finally {
      await prisma().user.deleteMany({ where: { id } })
    }
  })
})
