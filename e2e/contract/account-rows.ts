import { z } from 'zod'
import { call } from './client'
import { expect, expectProblem, expectStatus, parseJson, readAnswer, text } from './expectations'
import { NOT_BUILT } from './not-built'
import { endpoint, type Row } from './row'
import type { World } from './world'

const loginSchema = z.object({
  access_token: z.string().regex(/^[\w-]+(\.[\w-]*){2,4}$/, 'is no JWT'),
  token_type: z.literal('bearer'),
  user_id: z.union([text, z.number()]),
  username: text,
  is_admin: z.boolean(),
})

/** The rows of the table that OpenAPI can describe. */
const DESCRIBED = [
  'GET /api/health', 'POST /api/auth/login', 'GET /api/auth/test', 'POST /api/chat', 'POST /api/chat/stream', 'GET /api/chat/history',
  'GET /api/chat/history/{session_id}', 'GET /api/metrics/summary', 'GET /api/devices', 'GET /api/devices/summary',
  'GET /api/v1/sites', 'GET /api/v1/sites/{id}', 'GET /api/v1/sites/{id}/metrics', 'POST /api/v1/sites/{id}/readings',
  'GET /api/v1/anomalies', 'GET /api/v1/maintenance', 'GET /api/v1/forecast', 'GET /api/v1/optimization', 'POST /api/v1/train',
  'GET /api/admin/metrics', 'GET /api/admin/cache/stats', 'POST /api/admin/cache/flush', 'GET /api/admin/model/info',
  'GET /api/admin/sessions/count', 'POST /api/ws-ticket',
]
/** What a parameter is called is nobody's concern. */
const withoutNames = (path: string) => path.replace(/\{[^}]*\}/g, '{}')

async function whoIs(world: World, headers: Record<string, string>): Promise<string> {
  const answer = await call(world.settings.baseUrl, 'GET', '/api/auth/test', { headers })
  expectStatus(answer, 200)
  return answer.text
}

export const accountRows: readonly Row[] = [
  endpoint({
    method: 'POST',
    path: '/api/auth/login',
    alsoAt: '/auth/login',
    access: 'open',
    body: async ({ settings }) => settings.user,
    answer: loginSchema,
    holds({ username, is_admin }, { settings }) {
      expect(username === settings.user.username, `The log-in of ${settings.user.username} answers ${username}`)
      expect(!is_admin, `${username} is no administrator`)
    },
  }),
  endpoint({
    method: 'POST',
    path: '/api/auth/login',
    name: 'POST /api/auth/login of an administrator',
    access: 'open',
    body: async ({ settings }) => settings.admin,
    answer: loginSchema,
    holds: ({ is_admin }) => expect(is_admin, 'is_admin is false for the administrator'),
  }),
  {
    name: 'POST /api/auth/login refuses a wrong password and names a missing field',
    async check(world) {
      const { username } = world.settings.user
      expectProblem(await world.ask('nobody', 'POST', '/auth/login', { body: { username, password: 'not the password' } }), 401)
      expectProblem(await world.ask('nobody', 'POST', '/auth/login', { body: { username } }), [400, 422], 'password')
      expectProblem(await world.ask('nobody', 'POST', '/auth/login', { body: { password: 'x' } }), [400, 422], 'username')
      expectProblem(await world.ask('nobody', 'POST', '/auth/login', { body: '{"username": ' }), [400, 422])
    },
  },
  endpoint({
    method: 'GET',
    path: '/api/auth/test',
    alsoAt: '/auth/test',
    answer: z.looseObject({}),
    holds: (who, { settings }) => expect(Object.values(who).includes(settings.user.username), 'The answer does not name the user'),
  }),
  {
    name: 'a browser session, a JWT and an API key are credentials',
    async check(world) {
      const { username } = world.settings.user
      const bearer = { authorization: `Bearer ${await world.token('user')}` }
      expect((await whoIs(world, bearer)).includes(username), 'The JWT belongs to somebody else')
      expect((await whoIs(world, { cookie: await world.cookie() })).includes(username), 'The cookie belongs to somebody else')
      // The contract says that there are API keys, the reference at /docs where they are made.
      const body = { name: world.mark, scopes: ['site:read'], expiresInDays: 1 }
      const made = await world.ask('user', 'POST', '/api/v1/api-keys', { body })
      expectStatus(made, [200, 201])
      const { key, id } = readAnswer(made, z.object({ key: text, id: text }))
      world.removeAtEnd(() => world.ask('user', 'DELETE', `/api/v1/api-keys/${id}`))
      const who = await whoIs(world, { authorization: `Bearer ${key}` })
      expect(who.includes(username), 'The API key belongs to somebody else')
      expectProblem(await world.ask('nobody', 'GET', '/api/auth/test', { headers: { authorization: `Bearer ${key}x` } }), 401)
    },
  },
  {
    name: 'errors are problem+json with a detail and a request id',
    async check(world) {
      expectProblem(await world.ask('nobody', 'GET', '/api/no/such/path'), 404)
      expectProblem(await world.ask('user', 'GET', '/api/no/such/path/'), 404)
      expectProblem(await world.ask('user', 'GET', '/api/v1/sites/no-such-site'), 404)
      const { headers } = await world.ask('user', 'GET', '/api/v1/sites')
      expect(Boolean(headers.get('x-request-id')), 'A success has no request id')
    },
  },
  {
    name: 'rate limits are told in the standard headers, per caller',
    async check(world) {
      const left = async (caller: 'user' | 'admin') => {
        const { headers } = await world.ask(caller, 'GET', '/api/auth/test')
        const separate = headers.get('ratelimit-remaining') ?? headers.get('x-ratelimit-remaining')
        const told = separate ?? /\br(?:emaining)?=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]
        expect(told !== undefined && /^\d+$/.test(told), 'No RateLimit header says how many requests are left')
        const others = separate ? ['ratelimit-limit', 'ratelimit-reset'] : ['ratelimit-policy']
        for (const name of others) expect(headers.has(name) || headers.has(`x-${name}`), `There is no header ${name}`)
        return Number(told)
      }
      const before = await left('user')
      await left('admin')
      const after = await left('user')
      // A window may have ended in between.
      expect(after === before - 1 || after > before, `${before} were left, then ${after}`)
    },
  },
  {
    name: 'CORS lets pages of allowed origins in and no others',
    async check(world) {
      const { baseUrl, origin } = world.settings
      const preflight = (from: string, path: string) =>
        call(baseUrl, 'OPTIONS', path, {
          headers: { origin: from, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
        })
      const allowedIn = (answer: { headers: Headers }) => answer.headers.get('access-control-allow-origin')
      const foreign = 'https://elsewhere.example'
      expect(!allowedIn(await preflight(foreign, '/api/auth/login')), 'A foreign origin may call')
      const read = await call(baseUrl, 'GET', '/api/health', { headers: { origin: foreign } })
      expect(!allowedIn(read), 'A foreign origin may read')
      if (!origin) return
      for (const path of ['/api/auth/login', '/auth/login', '/api/v1/sites/']) {
        const answer = await preflight(origin, path)
        expectStatus(answer, [200, 204])
        expect(allowedIn(answer) === origin, `${answer.what}: ${origin} may not call`)
        const methods = answer.headers.get('access-control-allow-methods') ?? ''
        expect(methods.includes('POST'), `${answer.what}: POST is not among the allowed methods: ${methods}`)
        const headers = answer.headers.get('access-control-allow-headers') ?? ''
        expect(/authorization|\*/i.test(headers), `${answer.what}: Authorization is not among the allowed headers: ${headers}`)
      }
      const own = await call(baseUrl, 'GET', '/api/health', { headers: { origin } })
      expect(allowedIn(own) === origin, `${origin} may not read`)
    },
  },
  endpoint({
    method: 'GET',
    path: '/api/health',
    alsoAt: '/health',
    access: 'open',
    status: [200, 503],
    answer: z.looseObject({ status: text }),
    holds(health) {
      const said = JSON.stringify(health)
      for (const part of [/app/i, /database/i, /redis|live/i, /model/i, /worker/i]) {
        expect(part.test(said), `It says nothing of ${part.source}: ${said}`)
      }
    },
  }),
  endpoint({ method: 'GET', path: '/api/health/live', alsoAt: '/health/live', access: 'open', answer: z.looseObject({}) }),
  endpoint({ method: 'GET', path: '/api/health/ready', alsoAt: '/health/ready', access: 'open', answer: z.looseObject({}) }),
  {
    name: 'GET /docs and /redoc',
    async check(world) {
      for (const path of ['/docs', '/docs/', '/redoc', '/redoc/']) {
        const answer = await world.ask('nobody', 'GET', path)
        expectStatus(answer, 200)
        expect(/text\/html/.test(answer.headers.get('content-type') ?? ''), `${answer.what}: answers no page`)
        const elsewhere = /<(?:script|link)[^>]+(?:src|href)="(?:https?:)?\/\/[^"]+"/.exec(answer.text)
        expect(!elsewhere, `${answer.what}: needs another host: ${elsewhere?.[0]}`)
      }
    },
  },
  endpoint({
    method: 'GET',
    path: '/api/openapi.json',
    access: 'open',
    answer: z.object({ openapi: z.string().startsWith('3.1'), info: z.looseObject({ title: text }), paths: z.looseObject({}) }),
    holds({ paths }) {
      const described = Object.keys(paths).map(withoutNames)
      const missing = DESCRIBED.filter((row) => !NOT_BUILT.includes(row) && !described.includes(withoutNames(row.split(' ')[1] ?? '')))
      expect(missing.length === 0, `It does not describe ${missing.join(', ')}`)
    },
  }),
  {
    name: 'GET / answers JSON to a client that does not ask for HTML',
    async check(world) {
      for (const accept of ['*/*', 'application/json']) {
        const answer = await world.ask('nobody', 'GET', '/', { headers: { accept } })
        expectStatus(answer, 200)
        parseJson(answer)
      }
      const page = await world.ask('nobody', 'GET', '/', { headers: { accept: 'text/html' } })
      expect(!/json/.test(page.headers.get('content-type') ?? ''), 'A browser gets JSON')
    },
  },
]
