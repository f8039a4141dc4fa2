import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { currentUser } from '@/lib/auth/current-user'
import { clientAddress } from '@/lib/auth/login'
import { can, type Permission } from '@/lib/auth/permissions'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { createLogger } from '@/lib/infra/logger'
import { type AuditDeclaration, auditActionOf, beginAudit, type NotAudited } from './audit-declaration'
import { addCorsHeaders } from './cors'
import { inputWords } from './input-words'
import { forbidden, invalid, problemOf, problemResponse, unauthorized } from './problem'
import { consumeRateLimit } from './rate-limit'
import { observeRequest } from './request-metrics'
import { queryOf, readJson } from './read-request'
import { type RouteContext, type RouteHandler, withContract } from './route-contract'

export interface OpenCall<Params, Query, Body> {
  params: Params
  query: Query
  body: Body
  request: Request
  requestId: string
}

export interface Call<Params, Query, Body> extends OpenCall<Params, Query, Body> {
  user: CurrentUser
}

interface OpenDeclaration<Params, Query, Body, Answer, GivenCall = OpenCall<Params, Query, Body>> {
  /** One line for the reference at /docs. */
  summary?: string
  /** More for the reference, in Markdown. */
  description?: string
  params?: z.ZodType<Params>
  query?: z.ZodType<Query>
  /** A JSON body; without it the body is not read. */
  body?: z.ZodType<Body>
  /** Media types of a body that `run` reads from the request by itself, such as text/csv. */
  bodyTypes?: readonly string[]
  /** 1 MiB where not given. */
  maxBodyBytes?: number
  /** What a success answers; z.never() where it has no content. A wrong answer is our mistake: it does not compile. */
  answer: z.ZodType<Answer>
  /** The status of a success, 200 where not given. */
  status?: number
  /** The media type of a success that is not JSON; `run` then returns a Response. */
  answerType?: string
  /** How many ordinary requests one of these counts as; 1 where not given, 0: not limited. */
  rateLimitCost?: number
  /** Calls the service. Throws a Problem to refuse; returns a Response only where the answer is not JSON. */
  run(call: GivenCall): Promise<Answer | Response>
}

interface Declaration<Params, Query, Body, Answer>
  extends OpenDeclaration<Params, Query, Body, Answer, Call<Params, Query, Body>> {
  /** The right the caller must have; see lib/auth/permissions.ts. */
  permission: Permission
  /** What a success leaves in the audit log. Everything but GET says it, or why there is nothing to say. */
  audit?: AuditDeclaration<Call<Params, Query, Body>, Answer> | NotAudited
}

/**
 * A route handler for callers with a credential: who may call, what is accepted and what is answered in one declaration.
 * Credential -> permission -> rate limit -> schemas -> service -> audit log. Every answer carries X-Request-Id and is private
 * to the caller; every error is application/problem+json.
 */
export function handle<Answer, Params = undefined, Query = undefined, Body = undefined>(
  declaration: Declaration<Params, Query, Body, Answer>,
): RouteHandler {
  const contract = { ...contractFields(declaration), access: declaration.permission, audit: auditActionOf(declaration.audit) }
  return answering(contract, async (request, context, requestId) => {
    const user = await currentUser(request)
    if (!user) throw unauthorized()
    if (!can(user, declaration.permission)) throw forbidden(declaration.permission)
    const limits = await consumeRateLimit({ userId: user.id }, declaration.rateLimitCost)
    return withHeaders(limits, async () => {
      const call = { user, request, requestId, ...(await readInput(declaration, request, context)) }
      const audit = await beginAudit(declaration.audit, call)
      const answer = await declaration.run(call)
      await audit?.finish(answer)
      return answer instanceof Response ? answer : respond(answer, declaration.status)
    })
  })
}

/** A route handler for everyone: health, log-in, documentation. Callers are limited by their address. */
export function handleOpen<Answer, Params = undefined, Query = undefined, Body = undefined>(
  given:
    | OpenDeclaration<Params, Query, Body, Answer>
    | ((request: Request, requestId: string) => Promise<Response>),
): RouteHandler {
  const declaration: OpenDeclaration<Params, Query, Body, Answer> =
    typeof given === 'function'
      ? { answer: z.unknown() as z.ZodType<Answer>, run: ({ request, requestId }) => given(request, requestId) }
      : given
  return answering({ ...contractFields(declaration), access: 'open' }, async (request, context, requestId) => {
    const address = clientAddress(request.headers.get('x-forwarded-for'))
    const limits = await consumeRateLimit({ address }, declaration.rateLimitCost)
    return withHeaders(limits, async () => {
      const answer = await declaration.run({ request, requestId, ...(await readInput(declaration, request, context)) })
      return answer instanceof Response ? answer : respond(answer, declaration.status)
    })
  })
}

function contractFields<Params, Query, Body, Answer, GivenCall>(
  declaration: OpenDeclaration<Params, Query, Body, Answer, GivenCall>,
) {
  const { summary, description, params, query, body, bodyTypes, answer, status, answerType } = declaration
  return { summary, description, params, query, body, bodyTypes, answer, ...(status && { status }), ...(answerType && { answerType }) }
}

function answering(
  contract: Parameters<typeof withContract>[1],
  run: (request: Request, context: RouteContext, requestId: string) => Promise<Response>,
): RouteHandler {
  const handler = async (request: Request, context: RouteContext) => {
    const startedAt = performance.now()
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
    addCorsHeaders(headers, request.headers.get('origin'))
    observeRequest(request.method, path, (await context.params) ?? {}, response.status, (performance.now() - startedAt) / 1000)
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
  }
  return withContract(handler, contract)
}

/** Puts headers on whatever comes of `work`, an error too. */
async function withHeaders(given: Record<string, string>, work: () => Promise<Response>): Promise<Response> {
  try {
    const response = await work()
    const headers = new Headers(response.headers)
    for (const [name, value] of Object.entries(given)) headers.set(name, value)
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
  } catch (error) {
    const problem = problemOf(error)
    Object.assign(problem.headers, given)
    throw problem
  }
}

const respond = (answer: unknown, status = 200) =>
  status === 204 ? new Response(null, { status }) : Response.json(answer, { status })

/** The caller's own id where it sent a usable one, so that one request can be followed through several systems. */
function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id')
  return given && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID()
}

interface InputSchemas<Params, Query, Body> {
  params?: z.ZodType<Params>
  query?: z.ZodType<Query>
  body?: z.ZodType<Body>
  maxBodyBytes?: number
}

async function readInput<Params, Query, Body>(
  { params, query, body, maxBodyBytes }: InputSchemas<Params, Query, Body>,
  request: Request,
  context: RouteContext,
) {
  return {
    params: await parse('path', params, async () => (await context.params) ?? {}),
    query: await parse('query', query, () => queryOf(request)),
    body: await parse('body', body, () => readJson(request, maxBodyBytes)),
  }
}

async function parse<Output>(
  place: string,
  schema: z.ZodType<Output> | undefined,
  read: () => unknown,
): Promise<Output> {
  // Without a schema the type parameter is undefined, its default.
  if (!schema) return undefined as Output
  const result = schema.safeParse(await read(), { error: inputWords })
  if (!result.success) throw invalid(place, result.error)
  return result.data
}
