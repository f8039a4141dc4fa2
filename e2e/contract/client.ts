const CALL_MILLISECONDS = 30_000

export interface Answer {
  /** Method and path, for messages. */
  what: string
  status: number
  headers: Headers
  text: string
}

export interface Call {
  headers?: Record<string, string>
  /** Sent as JSON; a string goes as it is. */
  body?: unknown
  timeoutMilliseconds?: number
}

/** One HTTP call that follows no redirect. @throws Error when nothing answers in time */
export async function call(baseUrl: string, method: string, path: string, { headers, body, timeoutMilliseconds }: Call = {}) {
  const what = `${method} ${path}`
  try {
    const response = await fetch(new URL(path, baseUrl), {
      method,
      redirect: 'manual',
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMilliseconds ?? CALL_MILLISECONDS),
    })
    const answer: Answer = { what, status: response.status, headers: response.headers, text: await response.text() }
    return answer
  } catch (error) {
    const { message, cause } = error as Error
    throw new Error(`${what}: no answer (${message}${cause instanceof Error ? `: ${cause.message}` : ''})`, { cause: error })
  }
}

/** The Cookie header of what an answer sets, after what was there before. */
export function cookiesAfter(before: string, { headers }: Pick<Answer, 'headers'>): string {
  const set = headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  return [before, ...set].filter(Boolean).join('; ')
}

/** The same path with a slash at its end, before any query. */
export const withSlash = (path: string) => path.replace(/(?=\?|$)/, '/')
