import { RequestFailure } from '@/components/api/request-api'
import { problemSchema } from '@/lib/contracts/problem'

const TIMEOUT_MILLISECONDS = 30_000

/** Asks the server for a change. @throws Error with what went wrong and what to do, in words for a person */
export async function send(
  path: string,
  method: 'POST' | 'PUT' | 'DELETE',
  body?: BodyInit,
  contentType = 'application/json',
): Promise<unknown> {
  let response: Response
  try {
    const headers = { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': contentType }) }
    response = await fetch(path, { method, body, headers, signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) })
  } catch {
    throw new RequestFailure('unreachable')
  }
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer
  const problem = problemSchema.safeParse(answer)
  if (!problem.success) throw new RequestFailure('unexpected')
  throw new Error(problem.data.detail)
}
