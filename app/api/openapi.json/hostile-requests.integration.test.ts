import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemSchema } from '@/lib/contracts/problem'
import { provideEnv } from '@/lib/env'
import type { DeclaredRoute } from '@/lib/http/route-contract'
import { closePool } from '@/lib/infra/db'
import { closeSharedRedis } from '@/lib/live/shared-redis'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { type OwnServers, startOwnServers } from '@/scripts/testing/own-servers'
import { makeSite, makeUser, TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { type RandomRequest, randomRequests } from '@/scripts/testing/random-requests'
import { fuzzSettings } from '@/scripts/testing/test-settings.mjs'
import { declaredRoutes } from './declared-routes'

/** Speaks next-auth's protocol and needs Next's own request; the browser tests log in with it. */
const FOREIGN = '/api/auth/{nextauth}'

const routes = (await declaredRoutes()).filter(({ path }) => path !== FOREIGN)
let servers: OwnServers
let token: string
let knownIds: string[]

beforeAll(async () => {
  // Servers of its own: an administrator who does anything at random is no guest for other tests' data.
  servers = await startOwnServers('undercurrent_fuzz')
  provideEnv({
    DATABASE_URL: servers.databaseUrl,
    REDIS_URL: servers.redisUrl,
    NEXTAUTH_SECRET: TEST_SECRET,
    LOG_LEVEL: 'silent',
    RATE_LIMIT_PER_MINUTE: '0',
    RATE_LIMIT_OPEN_PER_MINUTE: '0',
  })
  const admin = await makeUser('admin')
  const site = await makeSite([admin])
  token = admin.token
  knownIds = [site.id, site.buildingId]
})

afterAll(async () => {
  await closeSharedLiveStore()
  closeSharedRedis()
  await closePool()
  await servers.stop()
})

async function send({ method, path, handler }: DeclaredRoute, { params, query, body }: RandomRequest): Promise<Response> {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(wellFormed(params[name] ?? '')))
  const search = new URLSearchParams(query.map(([name, value]) => [wellFormed(name), wellFormed(value)]))
  const request = new Request(`http://localhost${filled}?${search}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(method !== 'GET' && body !== undefined && { body }),
  })
  return handler(request, { params: Promise.resolve(params) })
}

/** No client can put half a surrogate pair into a URL. */
const wellFormed = (given: string) => given.replace(/\p{Surrogate}/gu, '\uFFFD')

describe('whatever is sent', () => {
  const { runs, seed } = fuzzSettings()
  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s never fails for it, says what is wrong, and answers what it declares',
    async (_, route) => {
      await fc.assert(
        fc.asyncProperty(randomRequests(route, knownIds), async (request) => {
          const response = await send(route, request)
          const answered = await response.text()
          if (response.status >= 500 && !mayBeDown(route)) expect.fail(`${response.status}: ${answered}`)
          const type = response.headers.get('content-type') ?? ''
          if (!response.ok && !isHealth(route)) {
            expect(type).toBe('application/problem+json')
            problemSchema.parse(JSON.parse(answered))
          } else if (type.startsWith('application/json')) route.handler.contract.answer.parse(JSON.parse(answered))
        }),
        { numRuns: runs, seed },
      )
    },
    20_000 + 500 * runs,
  )
})

/** Says by 503 that a part is down. */
const isHealth = ({ path }: DeclaredRoute) => path.startsWith('/api/health')

/** No gateway runs here, and an event stream would not end: its own tests read it. */
const mayBeDown = (route: DeclaredRoute) => isHealth(route) || route.path.endsWith('/events')
