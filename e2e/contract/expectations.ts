import { z } from 'zod'
import type { Answer } from './client'

/** @throws Error that says what is wrong */
export function expect(holds: boolean, why: string): asserts holds {
  if (!holds) throw new Error(why)
}

export function expectStatus(answer: Answer, allowed: number | readonly number[]): void {
  const statuses = typeof allowed === 'number' ? [allowed] : allowed
  if (statuses.includes(answer.status)) return
  throw new Error(`${answer.what}: answers ${answer.status} instead of ${statuses.join(' or ')}: ${answer.text.slice(0, 200)}`)
}

/** The answer's JSON once it has the fields of `schema`; more of them are welcome. */
export function readAnswer<Output>(answer: Answer, schema: z.ZodType<Output>): Output {
  const type = answer.headers.get('content-type') ?? 'nothing'
  expect(/\bjson\b/.test(type), `${answer.what}: answers ${type} instead of JSON`)
  return readAs(answer.what, parseJson(answer), schema)
}

export function parseJson({ what, text }: Pick<Answer, 'what' | 'text'>): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${what}: no JSON: ${text.slice(0, 100)}`)
  }
}

export function readAs<Output>(what: string, value: unknown, schema: z.ZodType<Output>): Output {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const problems = result.error.issues.slice(0, 4).map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`)
  throw new Error(`${what}: ${problems.join('; ')}`)
}

const problemSchema = z.object({ detail: z.string().min(10), requestId: z.string().optional(), request_id: z.string().optional() })

/** An error as problem+json with a detail and a request id. @param field that it must name */
export function expectProblem(answer: Answer, allowed: number | readonly number[], field?: string): void {
  expectStatus(answer, allowed)
  const type = answer.headers.get('content-type') ?? 'nothing'
  expect(type.startsWith('application/problem+json'), `${answer.what}: the error comes as ${type}, not as application/problem+json`)
  const { requestId, request_id } = readAs(answer.what, parseJson(answer), problemSchema)
  expect(Boolean(requestId ?? request_id ?? answer.headers.get('x-request-id')), `${answer.what}: the error has no request id`)
  if (field) expect(answer.text.includes(field), `${answer.what}: the error does not name the field ${field}: ${answer.text}`)
}

// Kinds of values that the contract uses again and again.
export const text = z.string().min(1)
/** 0..1. */
export const share = z.number().min(0).max(1)
/** ISO 8601, or Unix seconds. */
export const moment = z.union([z.string().refine((given) => !Number.isNaN(Date.parse(given)), 'is no time'), z.number().positive()])
/** A number as a text of two decimals or more: "1250.50". */
export const decimal = z.string().regex(/^-?\d+\.\d{2,}$/, 'is no decimal string such as "1250.50"')
export const appliances = [
  'HeatPump', 'Dishwasher', 'WashingMachine', 'Dryer', 'Freezer', 'Refrigerator', 'ElectricOven', 'Microwave',
  'ElectricKettle', 'Computer', 'Television',
] as const
