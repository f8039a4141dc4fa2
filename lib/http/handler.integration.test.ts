import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { z } from 'zod'
import { problemSchema } from '@/lib/contracts/problem'
import { provideEnv } from '@/lib/env'
import { prisma } from '@/lib/data/prisma'
import { closePool, pool } from '@/lib/infra/db'
import { makeUser, TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { handle, handleOpen } from './handler'
import { Problem } from './problem'

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

  it('leaves in the audit log who changed what, as it was before and as it is after, and nothing of what was refused', async () => {
    const target = randomUUID()
    let name = 'old'
    const change = handle({
      permission: 'site:read',
      audit: { action: 'thing.rename', target: (_, answer) => answer?.id ?? null, before: () => ({ name }) },
      body: z.object({ name: z.string() }),
      answer: z.object({ id: z.string(), name: z.string() }),
      async run({ body }) {
        if (body.name === '') throw new Problem(409, 'A thing needs a name.')
        name = body.name
        const answer = { id: target, name }
        return name === 'newest' ? Response.json(answer, { status: 201 }) : answer
      },
    })
    const user = await makeUser('viewer')
    const send = (body: object) =>
      change(
        new Request('http://localhost/api/test', {
          method: 'PUT',
          body: JSON.stringify(body),
          headers: { authorization: `Bearer ${user.token}`, 'x-request-id': 'request-of-test', 'x-forwarded-for': '192.0.2.1, 192.0.2.9' },
        }),
        context,
      )
    for (const given of ['', 7, 'new', 'newest']) await send({ name: given })
    const { rows } = await pool().query('SELECT * FROM audit_log WHERE target = $1 ORDER BY id', [target])
    const by = { actor_id: user.id, actor_name: user.username, action: 'thing.rename' }
    const from = { request_id: 'request-of-test', ip: '192.0.2.9' }
    expect(rows).toMatchObject([
      { ...by, ...from, before: { name: 'old' }, after: { id: target, name: 'new' } },
      { ...by, ...from, before: { name: 'new' }, after: { id: target, name: 'newest' } },
    ])
  })

  it('says with every answer to a known caller how many requests are left, and refuses those beyond before reading them', async () => {
    provideEnv({ RATE_LIMIT_PER_MINUTE: '2' })
    const { token } = await makeUser('viewer')
    const send = (body: string) =>
      rename(new Request('http://localhost/x', { method: 'POST', body, headers: { authorization: `Bearer ${token}` } }), context)
    expect((await send('{"names":[]}')).headers.get('ratelimit-remaining')).toBe('1')
    const wrong = await send('not json')
    expect([wrong.status, wrong.headers.get('ratelimit-remaining')]).toEqual([400, '0'])
    const refused = await send('not json')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
    provideEnv({ RATE_LIMIT_PER_MINUTE: '' })
  })

  it('calls a value that PostgreSQL cannot hold the caller\'s mistake, by whichever way it got there', async () => {
    const failing = (run: () => Promise<unknown>) => handleOpen(async () => Response.json(await run()))
    const ways = [
      () => pool().query('SELECT $1::text', ['a\0b']),
      () => pool().query('SELECT to_timestamp($1)', [1e300]),
      () => prisma().user.findMany({ where: { username: 'a\0b' } }),
      () => prisma().building.findMany({ where: { key: 2 ** 31 } }),
    ]
    for (const way of ways) expect((await failing(way)(new Request('http://localhost/x'), context)).status).toBe(422)
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
