import type { Performance, RoutePerformance } from '@/lib/contracts/performance'
import type { RouteLatencies } from '@/lib/contracts/processes'
import { listReports, listSamples, SAMPLES_KEPT_SECONDS } from '@/lib/data/process-reports'
import { addLatencies, quantileSeconds } from '@/lib/domain/latency'
import { performancePoints } from '@/lib/domain/performance-points'
import { SILENT_SECONDS } from './system-metrics'

/** Processes report every five seconds: two in each. */
const BIN_SECONDS = 10

/** How fast the application was in the last half hour, of all its processes together. */
export async function getPerformance(): Promise<Performance> {
  const now = Date.now() / 1000
  const since = now - SAMPLES_KEPT_SECONDS
  const [samples, reports] = await Promise.all([listSamples(since), listReports()])
  const web = reports.filter(({ kind, silentSeconds }) => kind === 'web' && silentSeconds < SILENT_SECONDS)
  return {
    now,
    binSeconds: BIN_SECONDS,
    points: performancePoints(samples, since, now, BIN_SECONDS),
    routes: mergeRoutes(web.flatMap(({ report }) => report.routes)),
    routesSeconds: Math.max(0, ...web.map(({ report }) => report.routesSeconds)),
    webProcesses: web.length,
  }
}

function mergeRoutes(routes: readonly RouteLatencies[]): RoutePerformance[] {
  const byName = new Map<string, RouteLatencies>()
  for (const one of routes) {
    const name = `${one.method} ${one.route}`
    const known = byName.get(name)
    const latencies = known ? addLatencies([known.latencies, one.latencies]) : one.latencies
    byName.set(name, { ...one, latencies, failures: (known?.failures ?? 0) + one.failures })
  }
  return [...byName.values()]
    .map(({ method, route, latencies, failures }) => ({
      method,
      route,
      requests: latencies.count,
      failures,
      p50Seconds: quantileSeconds(latencies, 0.5),
      p95Seconds: quantileSeconds(latencies, 0.95),
    }))
    .toSorted((a, b) => b.requests - a.requests)
}
