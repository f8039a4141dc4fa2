import type { HttpMethod } from './route-contract'

interface PathAlias {
  /** As OpenAPI writes it: /chat/history/{session_id}. */
  path: string
  methods: readonly HttpMethod[]
}

/**
 * Paths that clients of the older services call without /api, with the methods they use there. Everything else at such a path
 * belongs to the pages, so no page may be found at one of these by the same method.
 */
export const PATH_ALIASES: readonly PathAlias[] = [
  { path: '/health', methods: ['GET'] },
  { path: '/health/live', methods: ['GET'] },
  { path: '/health/ready', methods: ['GET'] },
  { path: '/auth/login', methods: ['POST'] },
  { path: '/auth/test', methods: ['GET'] },
  { path: '/chat', methods: ['POST'] },
  { path: '/chat/history', methods: ['GET'] },
  { path: '/chat/history/{session_id}', methods: ['GET', 'DELETE'] },
  { path: '/admin/metrics', methods: ['GET'] },
  { path: '/admin/cache/stats', methods: ['GET'] },
  { path: '/admin/cache/flush', methods: ['POST'] },
  { path: '/admin/model/info', methods: ['GET'] },
  { path: '/admin/sessions/count', methods: ['GET'] },
]

/** The API's path for a path without /api; null where it is not one of those, or not with this method. */
export function resolveAlias(method: string, path: string): string | null {
  const wanted = method === 'HEAD' ? 'GET' : method
  const segments = path.split('/')
  const alias = PATH_ALIASES.find(({ path: pattern, methods }) => {
    const parts = pattern.split('/')
    const fits = (part: string, at: number) => part === segments[at] || (part.startsWith('{') && Boolean(segments[at]))
    return parts.length === segments.length && parts.every(fits) && methods.some((allowed) => allowed === wanted)
  })
  return alias ? `/api${path}` : null
}
