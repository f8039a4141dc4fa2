import type { Histogram } from 'prom-client'
import type { RouteLatencies } from '@/lib/contracts/processes'
import { addLatencies, LATENCY_BOUNDS_SECONDS, latenciesSince, NO_LATENCIES, type Latencies } from '@/lib/domain/latency'

/** What a histogram has counted since the process began, by its labels. */
export interface CountedLatencies {
  labels: Record<string, string | number>
  latencies: Latencies
}

/** Reads a histogram of prom-client, whose buckets are cumulative. */
export async function readHistogram<Label extends string>(histogram: Histogram<Label>): Promise<CountedLatencies[]> {
  const found = new Map<string, CountedLatencies & { cumulative: Map<number, number> }>()
  for (const { metricName, labels, value } of (await histogram.get()).values) {
    const { le, ...own } = labels as Record<string, string | number>
    const key = JSON.stringify(Object.entries(own).sort())
    const entry = found.get(key) ?? { labels: own, latencies: { ...NO_LATENCIES }, cumulative: new Map<number, number>() }
    found.set(key, entry)
    if (le !== undefined) entry.cumulative.set(le === '+Inf' ? Infinity : Number(le), value)
    else if (metricName?.endsWith('_sum')) entry.latencies.totalSeconds = value
    else if (metricName?.endsWith('_count')) entry.latencies.count = value
  }
  return [...found.values()].map(({ labels, latencies, cumulative }) => {
    let below = 0
    const buckets = [...LATENCY_BOUNDS_SECONDS, Infinity].map((bound) => {
      const upTo = cumulative.get(bound) ?? below
      const inBucket = upTo - below
      below = upTo
      return inBucket
    })
    return { labels, latencies: { ...latencies, buckets } }
  })
}

export const isFailure = ({ labels }: CountedLatencies) => Number(labels.status) >= 500

/** Adds what has been counted since `before` up by method and route. */
export function byRoute(now: readonly CountedLatencies[], before: readonly CountedLatencies[]): RouteLatencies[] {
  const earlier = new Map(before.map((entry) => [keyOf(entry), entry.latencies]))
  const found = new Map<string, RouteLatencies>()
  for (const entry of now) {
    const since = latenciesSince(entry.latencies, earlier.get(keyOf(entry)))
    if (since.count === 0) continue
    const { method, route } = entry.labels
    const key = `${method} ${route}`
    const known = found.get(key)
    found.set(key, {
      method: String(method),
      route: String(route),
      latencies: known ? addLatencies([known.latencies, since]) : since,
      failures: (known?.failures ?? 0) + (isFailure(entry) ? since.count : 0),
    })
  }
  return [...found.values()]
}

const keyOf = ({ labels }: CountedLatencies) => `${labels.method} ${labels.route} ${labels.status}`
