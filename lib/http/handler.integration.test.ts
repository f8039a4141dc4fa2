import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { z } from 'zod'
import { problemSchema } from '@/lib/contracts/problem'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { makeUser, TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { handle, handleOpen } from './handler'

beforeAll(() => provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET, LOG_LEVEL: 'silent' }))
afterAll(closePool)

const rename = handle({
  permission: 'site:read',
  query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
  body: z.object({ names: z.array(z.object({ name: z.string().min(1) })) }),
  answer: z.object({ names: z.array(z.string()), dryRun: z.string() }),
  run: async ({ query, body }) => ({ names: body.names.map(({ name }) => name), dryRun: query.dryRun }),
})

const context = { params: Promise.resolve({}) }

async function post(handler: typeof rename, body: string, query = '', token?: string) {
  const { token: own } = await makeUser('viewer')
  const request = new Request(`http://localhost/api/test${query}`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${token ?? own}` },
  })
  const response = await handler(request, context)
  return { status: response.status, body: (await response.json()) as unknown }
}

describe('a handler', () => {
  it('hands the service what the schemas made of the request', async () => {
    expect(await post(rename, '{"names":[{"name":"a"}]}')).toEqual({ status: 200, body: { names: ['a'], dryRun: 'false' } })
    expect(await post(rename, '{"names":[]}', '?dryRun=true')).toEqual({ status: 200, body: { names: [], dryRun: 'true' } })
  })

  it('names the field that is wrong', async () => {
    const { status, body } = await post(rename, '{"names":[{"name":"a"},{"name":""}]}')
    expect(status).toBe(422)
    expect(problemSchema.parse(body).errors?.map(({ field }) => field)).toEqual(['body.names.1.name'])
    const repeated = await post(rename, '{"names":[]}', '?dryRun=1&dryRun=2')
    expect(problemSchema.parse(repeated.body).errors?.[0]?.field).toBe('query.dryRun')
  })

  it('refuses a body that is not JSON or too large before anything else looks at it', async () => {
    expect((await post(rename, '{"names":')).status).toBe(400)
    expect((await post(rename, JSON.stringify({ names: [], padding: 'x'.repeat(2_000_000) }))).status).toBe(413)
  })

  it('asks for a credential before it reads anything, and for the right it declares', async () => {
    expect((await post(rename, 'not json', '', 'nonsense')).status).toBe(401)
    const forAdmins = handle({ permission: 'site:read-all', answer: z.object({}), run: async () => ({}) })
    const refused = await post(forAdmins, '')
    expect(refused.status).toBe(403)
    expect(problemSchema.parse(refused.body).detail).toContain('site:read-all')
  })

  it('tells nothing of an error nobody expected, and 503 when a server is away', async () => {
    const failing = (error: Error) =>
      handleOpen(async () => {
        throw error
      })
    const secret = new Error('password of db-7.internal is wrong')
    const unexpected = await failing(secret)(new Request('http://localhost/x'), context)
    expect(unexpected.status).toBe(500)
    expect(JSON.stringify(await unexpected.json())).not.toContain('db-7')
    const away = new Error('query failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) })
    const unavailable = await failing(away)(new Request('http://localhost/x'), context)
    expect(unavailable.status).toBe(503)
    expect(unavailable.headers.get('retry-after')).toBe('5')
  })
})
