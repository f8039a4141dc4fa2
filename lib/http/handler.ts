import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { currentUser } from '@/lib/auth/current-user'
import { can, type Permission } from '@/lib/auth/permissions'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { createLogger } from '@/lib/infra/logger'
import { forbidden, invalid, Problem, problemOf, problemResponse, unauthorized } from './problem'

const MAX_BODY_BYTES = 1024 * 1024

/** What Next hands a route handler beside the request. */
interface RouteContext {
  params: Promise<Record<string, string | string[] | undefined>>
}

type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>

export interface Call<Params, Query, Body> {
  user: CurrentUser
  params: Params
  query: Query
  body: Body
  request: Request
  requestId: string
}

interface Declaration<Params, Query, Body, Answer> {
  /** The right the caller must have; see lib/auth/permissions.ts. */
  permission: Permission
  params?: z.ZodType<Params>
  query?: z.ZodType<Query>
  /** A JSON body; without it the body is not read. */
  body?: z.ZodType<Body>
  /** What a success answers. A wrong answer is our mistake: it does not compile. */
  answer: z.ZodType<Answer>
  /** Calls the service. Throws a Problem to refuse; returns a Response only where the answer is not JSON with status 200. */
  run(call: Call<Params, Query, Body>): Promise<Answer | Response>
}

/**
 * A route handler for callers with a credential: who may call, what is accepted and what is answered in one declaration.
 * Every answer carries X-Request-Id and is private to the caller; every error is application/problem+json.
 */
export function handle<Answer, Params = undefined, Query = undefined, Body = undefined>(
  declaration: Declaration<Params, Query, Body, Answer>,
): RouteHandler {
  return answering(async (request, context, requestId) => {
    const user = await currentUser(request)
    if (!user) throw unauthorized()
    if (!can(user, declaration.permission)) throw forbidden(declaration.permission)
    const answer = await declaration.run({
      user,
      params: await parse('path', declaration.params, () => context.params),
      query: await parse('query', declaration.query, () => queryOf(request)),
      body: await parse('body', declaration.body, () => readJson(request)),
      request,
      requestId,
    })
    return answer instanceof Response ? answer : Response.json(answer)
  })
}

/** A route handler for everyone: health, log-in, documentation. */
export function handleOpen(run: (request: Request, requestId: string) => Promise<Response>): RouteHandler {
  return answering((request, _context, requestId) => run(request, requestId))
}

/**
 * The JSON body of a request that `handleOpen` serves.
 * @throws Problem naming the field that is wrong
 */
export function readBody<Output>(request: Request, schema: z.ZodType<Output>): Promise<Output> {
  return parse('body', schema, () => readJson(request))
}

function answering(run: (request: Request, context: RouteContext, requestId: string) => Promise<Response>): RouteHandler {
  return async (request, context) => {
    const requestId = requestIdOf(request)
    const path = new URL(request.url).pathname
    let response: Response
    try {
      response = await run(request, context, requestId)
    } catch (error) {
      const problem = problemOf(error)
      if (problem.status >= 500) {
        createLogger('http').error({ err: error, requestId, method: request.method, path }, 'a request failed')
      }
      response = problemResponse(problem, requestId, path)
    }
    const headers = new Headers(response.headers)
    headers.set('x-request-id', requestId)
    if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-store')
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
  }
}

/** The caller's own id where it sent a usable one, so that one request can be followed through several systems. */
function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id')
  return given && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID()
}

async function parse<Output>(
  place: string,
  schema: z.ZodType<Output> | undefined,
  read: () => unknown,
): Promise<Output> {
  // Without a schema the type parameter is undefined, its default.
  if (!schema) return undefined as Output
  const result = schema.safeParse(await read())
  if (!result.success) throw invalid(place, result.error)
  return result.data
}

/** A parameter given once is a string, given repeatedly an array. */
function queryOf(request: Request): Record<string, string | string[]> {
  const { searchParams } = new URL(request.url)
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map((key) => {
      const values = searchParams.getAll(key)
      return [key, values.length === 1 ? (values[0] ?? '') : values]
    }),
  )
}

async function readJson(request: Request): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_BODY_BYTES) throw new Problem(413, `The body is larger than ${MAX_BODY_BYTES} bytes. Send less at a time.`)
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new Problem(400, 'The body is not valid JSON.')
  }
}
