import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { GET as getSite } from '@/app/api/v1/sites/[id]/route'
import { GET as getLive } from '@/app/api/v1/sites/[id]/live/route'
import { GET as getSites } from '@/app/api/v1/sites/route'
import { liveSnapshotSchema } from '@/lib/contracts/live-events'
import { problemSchema } from '@/lib/contracts/problem'
import { siteSchema } from '@/lib/contracts/sites'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { makeSite, makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'

beforeAll(() =>
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET }),
)
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

function ask(handler: typeof getSite, id: string, user?: TestUser, headers: Record<string, string> = {}) {
  const request = new Request(`http://localhost/api/v1/sites/${id}`, {
    headers: { ...headers, ...(user && { cookie: `next-auth.session-token=${user.token}` }) },
  })
  return handler(request, { params: Promise.resolve({ id }) })
}

describe('the sites over HTTP', () => {
  it('are those the caller is a member of; an administrator sees all', async () => {
    const [member, stranger, admin] = [await makeUser(), await makeUser(), await makeUser('admin')]
    const site = await makeSite([member])
    const idsSeenBy = async (user: TestUser) => {
      const answer: unknown = await (await ask(getSites, '', user)).json()
      return siteSchema.array().parse((answer as { data: unknown }).data).map(({ id }) => id)
    }
    expect(await idsSeenBy(member)).toEqual([site.id])
    expect(await idsSeenBy(stranger)).toEqual([])
    expect(await idsSeenBy(admin)).toContain(site.id)
  })

  it.each([
    ['a site', getSite],
    ['its live snapshot', getLive],
  ])('%s is 404 for another tenant, exactly as one that does not exist, and 401 for nobody', async (_, handler) => {
    const [member, stranger] = [await makeUser(), await makeUser('operator')]
    const site = await makeSite([member])
    expect((await ask(handler, site.id, member)).status).toBe(200)
    const refused = await ask(handler, site.id, stranger)
    expect(refused.status).toBe(404)
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
    const problem = problemSchema.parse(await refused.json())
    const missing = problemSchema.parse(await (await ask(handler, 'site_missing', stranger)).json())
    expect(problem.detail.replace(site.id, '')).toBe(missing.detail.replace('site_missing', ''))
    expect((await ask(handler, site.id)).status).toBe(401)
  })

  it('answer the snapshot the socket begins with', async () => {
    const member = await makeUser()
    const site = await makeSite([member])
    const snapshot = liveSnapshotSchema.parse(await (await ask(getLive, site.id, member)).json())
    expect(snapshot.buildings.map(({ buildingId, latest }) => ({ buildingId, latest }))).toEqual([
      { buildingId: site.buildingId, latest: null },
    ])
  })

  it('say which field is wrong, and carry the request id of the caller or one of their own', async () => {
    const member = await makeUser()
    const given = await ask(getSite, 'no/such id', member, { 'x-request-id': 'trace-12345678' })
    expect(given.status).toBe(422)
    expect(given.headers.get('x-request-id')).toBe('trace-12345678')
    expect(problemSchema.parse(await given.json())).toMatchObject({
      requestId: 'trace-12345678',
      errors: [{ field: 'path.id' }],
    })
    const own = await ask(getSite, 'missing', member, { 'x-request-id': 'two words' })
    expect(own.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(own.headers.get('cache-control')).toBe('private, no-store')
  })
})
