import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { can } from '@/lib/auth/permissions'
import { ROLES, type Role } from '@/lib/contracts/current-user'
import { problemSchema } from '@/lib/contracts/problem'
import { provideEnv } from '@/lib/env'
import type { DeclaredRoute } from '@/lib/http/route-contract'
import { closePool } from '@/lib/infra/db'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'
import { declaredRoutes } from './declared-routes'

/** All that may be asked without a credential. Whoever adds to it should know why. */
const OPEN = new Set([
  '/api',
  '/api/{path}',
  '/api/auth/login',
  '/api/auth/{nextauth}',
  '/api/health',
  '/api/health/live',
  '/api/health/ready',
  '/api/openapi.json',
  // Whoever holds the link of an invitation.
  '/api/v1/invitations/accept',
  '/docs',
  '/docs/assets/{file}',
])

const routes = await declaredRoutes()
const closed = routes.filter(({ path }) => !OPEN.has(path))
const named = (route: DeclaredRoute) => [`${route.method} ${route.path}`, route] as const

let users: Record<Role, TestUser>

beforeAll(async () => {
  provideEnv({
    DATABASE_URL: inject('databaseUrl'),
    REDIS_URL: inject('redisUrl'),
    NEXTAUTH_SECRET: TEST_SECRET,
    RATE_LIMIT_PER_MINUTE: '0',
  })
  users = Object.fromEntries(await Promise.all(ROLES.map(async (role) => [role, await makeUser(role)])))
})
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

async function ask({ method, path, handler }: DeclaredRoute, token?: string) {
  const request = new Request(`http://localhost${path.replaceAll(/[{}]/g, '')}`, {
    method,
    headers: token ? { authorization: `Bearer ${token}` } : {},
  })
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, 'missing'])
  const response = await handler(request, { params: Promise.resolve(Object.fromEntries(names)) })
  return { status: response.status, text: await response.text() }
}

describe('without a credential', () => {
  it('nothing is open but what is meant to be', () => {
    const open = routes.filter(({ handler }) => handler.contract.access === 'open').map(({ path }) => path)
    expect(open.filter((path) => !OPEN.has(path))).toEqual([])
  })

  it.each(closed.map(named))('%s is refused', async (_, route) => {
    for (const token of [undefined, 'nonsense']) {
      const { status, text } = await ask(route, token)
      expect(status).toBe(401)
      expect(problemSchema.parse(JSON.parse(text)).status).toBe(401)
    }
  })
})

describe('with a role that lacks the right', () => {
  const refusals = closed.flatMap((route) => {
    const { access } = route.handler.contract
    return access === 'open' ? [] : ROLES.filter((role) => !can({ role }, access)).map((role) => [...named(route), role] as const)
  })

  it.each(refusals)('%s is refused', async (_, route, role) => {
    const { status, text } = await ask(route, users[role].token)
    expect(status, role).toBe(403)
    expect(problemSchema.parse(JSON.parse(text)).detail).toContain(route.handler.contract.access)
  })
})
