import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

interface RequestMetrics {
  registry: Registry
  durations: Histogram<'method' | 'route' | 'status'>
}

// Global, because Next may load this module once per bundle; a process has one set of metrics.
const shared = globalThis as typeof globalThis & { undercurrentMetrics?: RequestMetrics }

/** The Prometheus metrics of this process. */
export function processMetrics(): RequestMetrics {
  return (shared.undercurrentMetrics ??= create())
}

function create(): RequestMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests of the API took, until the answer began.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  return { registry, durations }
}

/** @param params what Next read from the path: their values are taken out of it, so that labels stay few */
export function observeRequest(
  method: string,
  path: string,
  params: Record<string, string | string[] | undefined>,
  status: number,
  seconds: number,
): void {
  processMetrics().durations.observe({ method, route: routeTemplate(path, params), status: String(status) }, seconds)
}

/**
 * /api/v1/sites/home_1 with {id: 'home_1'} -> /api/v1/sites/{id}. A path in which a value cannot be found is "other": labels must
 * stay few, whatever people ask for.
 */
export function routeTemplate(path: string, params: Record<string, string | string[] | undefined>): string {
  const segments = path.split('/').filter(Boolean)
  for (const [name, value] of Object.entries(params).toReversed()) {
    const parts = [value ?? []].flat()
    if (parts.length === 0) continue
    const startsAt = (start: number) => parts.every((part, offset) => isSame(segments[start + offset], part))
    // From the right: a value may read like a fixed part before it.
    const start = segments.map((_, index) => index).findLast(startsAt)
    if (start === undefined) return 'other'
    segments.splice(start, parts.length, `{${name}}`)
  }
  return `/${segments.join('/')}`
}

/** Next gives some values decoded and some as they stand in the path. */
function isSame(segment: string | undefined, value: string): boolean {
  if (segment === undefined) return false
  if (segment === value) return true
  try {
    return decodeURIComponent(segment) === value
  } catch {
    return false
  }
}
