import type { TestUser } from './place-fixtures'

type Route = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

interface ApiCall {
  /** By token, or by a user's own. */
  as?: TestUser | string
  params?: Record<string, string>
  body?: unknown
  method?: string
  headers?: Record<string, string>
}

/** Calls a route handler as the web process would. @returns its status and what it answered */
export async function callApi(
  route: Route,
  { as, params = {}, body, method, headers }: ApiCall = {},
): Promise<{ status: number; body: unknown; response: Response }> {
  const token = typeof as === 'string' ? as : as?.token
  const request = new Request('http://localhost/api/test', {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const response = await route(request, { params: Promise.resolve(params) })
  const text = await response.clone().text()
  return { status: response.status, body: text ? (JSON.parse(text) as unknown) : null, response }
}
