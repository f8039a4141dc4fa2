import { processMetrics } from '@/lib/infra/process-metrics'

/** @param params what Next read from the path: their values are taken out of it, so that labels stay few */
export function observeRequest(
  method: string,
  path: string,
  params: Record<string, string | string[] | undefined>,
  status: number,
  seconds: number,
): void {
  processMetrics().requests.observe({ method, route: routeTemplate(path, params), status: String(status) }, seconds)
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
