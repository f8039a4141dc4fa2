import type { z } from 'zod'
import type { Permission } from '@/lib/auth/permissions'

/** What a route says of itself beside its path and method, which are its file's place and its export's name. */
export interface RouteContract {
  /** The right a caller needs; open: everyone may call. */
  access: Permission | 'open'
  /** One line for the reference. */
  summary?: string
  /** More for the reference, in Markdown. */
  description?: string
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  /** Media types of a body that the handler reads itself. */
  bodyTypes?: readonly string[]
  /** z.never(): a success has no content. */
  answer: z.ZodType
  /** The status of a success; 200, and 204 where there is no content. */
  status: number
  /** The media type of a success. */
  answerType: string
  /** Answers what no other route does: not part of the reference. */
  isFallback?: boolean
  /** The action its audit entries carry; see `audit` of a declaration. */
  audit?: string
}

export const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
export type HttpMethod = (typeof HTTP_METHODS)[number]

/** What Next hands a route handler beside the request; where a path has no parameters, they are not even an object. */
export interface RouteContext {
  params: Promise<Record<string, string | string[] | undefined> | undefined>
}

export type RouteHandler<Asked extends Request = Request> = ((request: Asked, context: RouteContext) => Promise<Response>) & {
  readonly contract: RouteContract
}

/** A method of a route file, with its path as OpenAPI writes it: /api/v1/sites/{id}. */
export interface DeclaredRoute {
  method: HttpMethod
  path: string
  handler: RouteHandler
}

/** For a handler that speaks another library's protocol: says what the reference and the tests need to know of it. */
export function withContract<Handler extends object>(
  handler: Handler,
  contract: Omit<RouteContract, 'status' | 'answerType'> & Partial<Pick<RouteContract, 'status' | 'answerType'>>,
): Handler & { readonly contract: RouteContract } {
  const hasContent = contract.answer.type !== 'never'
  const complete: RouteContract = { status: hasContent ? 200 : 204, answerType: 'application/json', ...contract }
  return Object.assign(handler, { contract: complete })
}

/** The contract of a route's export; null where it was not made by `handle`, `handleOpen` or `withContract`. */
export function contractOf(handler: unknown): RouteContract | null {
  if (typeof handler !== 'function' || !('contract' in handler)) return null
  return handler.contract as RouteContract
}

/** /app/(api)/api/v1/sites/[id]/route.ts -> /api/v1/sites/{id}: how Next reads a file's place, in OpenAPI's spelling. */
export function pathOfRouteFile(file: string): string {
  const folders = file.split('/').slice(0, -1)
  const segments = folders.slice(folders.lastIndexOf('app') + 1).filter((segment) => !/^\(.*\)$/.test(segment))
  return `/${segments.map((segment) => segment.replace(/^\[+(?:\.{3})?(.+?)\]+$/, '{$1}')).join('/')}`
}
