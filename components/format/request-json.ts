import { problemSchema } from '@/lib/contracts/problem'

/** @throws Error with the server's own sentence where it refuses */
export async function requestJson(path: string, options: RequestInit = {}): Promise<unknown> {
  const response = await fetch(path, { ...options, headers: { accept: 'application/json', 'content-type': 'application/json' } })
  if (response.ok) return response.status === 204 ? null : response.json()
  const problem = problemSchema.safeParse(await response.json().catch(() => null))
  throw new Error(problem.success ? problem.data.detail : 'The server did not answer as expected. Try again.')
}
