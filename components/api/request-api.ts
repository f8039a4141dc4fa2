import { problemSchema } from '@/lib/contracts/problem'

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
    throw new Error('The server cannot be reached. Check the connection and try again.')
  })
  if (response.ok) return response.status === 204 ? null : response.json()
  const problem = problemSchema.safeParse(await response.json().catch(() => null))
  if (!problem.success) throw new Error('The server did not answer as expected. Try again.')
  const field = problem.data.errors?.[0]
  throw new Error(field ? field.message : problem.data.detail)
}
