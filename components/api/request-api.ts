import english from '@/components/i18n/messages/en/api.json'
import { problemSchema } from '@/lib/contracts/problem'

/** A request to which the server itself said nothing a person can read; `problemText` says it in the reader's language. */
export class RequestFailure extends Error {
  override name = 'RequestFailure'

  constructor(readonly kind: 'unreachable' | 'unexpected') {
    super(english[kind])
  }
}

/**
 * Asks our own API as the person who is logged in.
 * @returns what it answers, null for an empty answer; the caller parses it
 * @throws Error with a sentence for that person
 */
export async function requestApi(path: string, options: { method?: string; body?: unknown } = {}): Promise<unknown> {
  const { method = 'GET', body } = options
  const response = await fetch(path, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new RequestFailure('unreachable')
  })
  if (response.ok) return response.status === 204 ? null : response.json()
  const problem = problemSchema.safeParse(await response.json().catch(() => null))
  if (!problem.success) throw new RequestFailure('unexpected')
  const field = problem.data.errors?.[0]
  throw new Error(field ? field.message : problem.data.detail)
}
