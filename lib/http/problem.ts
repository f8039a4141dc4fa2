import { STATUS_CODES } from 'node:http'
import type { z } from 'zod'
import type { ProblemBody } from '@/lib/contracts/problem'

interface ProblemDetails {
  errors?: ProblemBody['errors']
  headers?: Record<string, string>
}

/** Thrown by a handler to answer with an error; `detail` tells the caller what to do and must not reveal internals. */
export class Problem extends Error {
  readonly errors: ProblemBody['errors']
  readonly headers: Record<string, string>

  constructor(
    readonly status: number,
    detail: string,
    { errors, headers = {} }: ProblemDetails = {},
  ) {
    super(detail)
    this.name = 'Problem'
    this.errors = errors
    this.headers = headers
  }
}

export function unauthorized(): Problem {
  return new Problem(401, 'Log in, or send a valid token as "Authorization: Bearer <token>".', {
    headers: { 'www-authenticate': 'Bearer' },
  })
}

export function forbidden(what: string): Problem {
  return new Problem(403, `Your role, or the API key you use, does not allow this (${what}). Ask an administrator.`)
}

/** Also what somebody else's resource answers, so that nobody learns that it exists. */
export function notFound(what: string): Problem {
  return new Problem(404, `There is no ${what} that you can see.`)
}

/** What is asked does not fit what is there. */
export function conflict(detail: string): Problem {
  return new Problem(409, detail)
}

/** One field that no schema can judge. @param field for instance "body.password" */
export function invalidField(field: string, message: string): Problem {
  return new Problem(422, `${field}: ${message}`, { errors: [{ field, message }] })
}

/** @param place where the fields are, for instance "query" */
export function invalid(place: string, error: z.ZodError): Problem {
  const errors = error.issues.map((issue) => ({ field: [place, ...issue.path].join('.'), message: issue.message }))
  const first = errors[0]
  return new Problem(422, first ? `${first.field}: ${first.message}` : `The ${place} is not valid.`, { errors })
}

export function problemResponse(problem: Problem, requestId: string, instance?: string): Response {
  const body: ProblemBody = {
    type: 'about:blank',
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.message,
    instance,
    requestId,
    errors: problem.errors,
  }
  return new Response(JSON.stringify(body), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...problem.headers },
  })
}

const UNAVAILABLE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EPIPE',
  // PostgreSQL: shutting down, crashed, starting up, too many connections.
  '57P01',
  '57P02',
  '57P03',
  '53300',
  // Prisma: server unreachable, timed out, closed the connection, no free connection.
  'P1001',
  'P1002',
  'P1017',
  'P2024',
])

/** What an error that nobody expected tells the caller: 503 where trying again helps, else 500. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const code = 'code' in cause ? cause.code : undefined
    if (typeof code === 'string' && UNAVAILABLE_CODES.has(code)) {
      return new Problem(503, 'The database or the live store does not answer. Try again in a few seconds.', {
        headers: { 'retry-after': '5' },
      })
    }
  }
  return new Problem(500, 'Something went wrong on our side. Try again; if it persists, report the request id.')
}
