import { STATUS_CODES } from 'node:http'
import type { z } from 'zod'
import type { ProblemBody } from '@/lib/contracts/problem'
import { MISSING } from './input-words'

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
  if (!first) return new Problem(422, `The ${place} is not valid.`, { errors })
  const isMissing = first.message === MISSING && first.field !== place
  const detail = isMissing ? `${first.field.slice(place.length + 1)} is missing in the ${place}.` : `${first.field}: ${first.message}`
  return new Problem(422, detail, { errors })
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

/**
 * Values that passed the schemas and that PostgreSQL cannot hold: too long, a number or time out of range, not a valid text.
 * A schema that says so names the field, which is better; this keeps what no schema foresaw from looking like our failure.
 */
const UNSTORABLE_CODES = new Set(['22001', '22003', '22007', '22008', '22021', '22P02', '22P05', 'P2000', 'P2020'])

/** What an error that nobody expected tells the caller: 422 for impossible values, 503 where trying again helps, else 500. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  const codes = codesOf(error)
  if (codes.some((code) => UNSTORABLE_CODES.has(code))) {
    return new Problem(422, 'A value cannot be stored: a text holds a character that it must not, or a number or time is out of range.')
  }
  if (codes.some((code) => UNAVAILABLE_CODES.has(code))) {
    return new Problem(503, 'The database or the live store does not answer. Try again in a few seconds.', {
      headers: { 'retry-after': '5' },
    })
  }
  return new Problem(500, 'Something went wrong on our side. Try again; if it persists, report the request id.')
}

/** Codes of an error and of what caused it; Prisma keeps PostgreSQL's in `meta`. */
function codesOf(error: unknown): string[] {
  const codes: string[] = []
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const { code, meta } = cause as { code?: unknown; meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } } }
    codes.push(...[code, meta?.driverAdapterError?.cause?.originalCode].filter((given) => typeof given === 'string'))
  }
  return codes
}
