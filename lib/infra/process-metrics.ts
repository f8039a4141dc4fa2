import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

interface ProcessMetrics {
  registry: Registry
  /** Requests of the API, until the answer began; only in web processes. */
  requests: Histogram<'method' | 'route' | 'status'>
  /** Of a building's new readings, from when they were read to their estimates; only in inference workers. */
  inference: Histogram
  /** Of a transaction that stores readings and estimates; only in inference workers. */
  commits: Histogram
}

// Global, because Next may load this module once per bundle; a process has one set of metrics.
const shared = globalThis as typeof globalThis & { undercurrentMetrics?: ProcessMetrics }

/** The Prometheus metrics of this process. */
export function processMetrics(): ProcessMetrics {
  return (shared.undercurrentMetrics ??= create())
}

/** lib/domain/latency counts in the same buckets. */
const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

function create(): ProcessMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  // Of workers, whom no Prometheus asks: they report by themselves, and web processes must not show zeros in their place.
  const reported = { buckets: BUCKETS_SECONDS, registers: [] }
  return {
    registry,
    requests: new Histogram({
      buckets: BUCKETS_SECONDS,
      registers: [registry],
      name: 'http_request_duration_seconds',
      help: 'How long requests of the API took, until the answer began.',
      labelNames: ['method', 'route', 'status'],
    }),
    inference: new Histogram({
      ...reported,
      name: 'undercurrent_inference_duration_seconds',
      help: 'How long new readings of a building took to become estimates.',
    }),
    commits: new Histogram({
      ...reported,
      name: 'undercurrent_commit_duration_seconds',
      help: 'How long storing readings and estimates took.',
    }),
  }
}
