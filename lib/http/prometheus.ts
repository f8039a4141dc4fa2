import { Gauge } from 'prom-client'
import { pool } from '@/lib/infra/db'
import { processMetrics } from '@/lib/infra/process-metrics'
import { checkHealth } from '@/lib/services/health'

// Global, because Next may load this module once per bundle, and a registry takes each name once.
const shared = globalThis as typeof globalThis & { undercurrentGauges?: ReturnType<typeof createGauges> }

/** All metrics as Prometheus reads them. What is down is told as such; asking never fails for it. */
export async function renderMetrics(): Promise<{ text: string; contentType: string }> {
  const { registry } = processMetrics()
  const gauges = (shared.undercurrentGauges ??= createGauges())
  const { parts } = await checkHealth()
  for (const [part, { state }] of Object.entries(parts)) gauges.partUp.set({ part }, state === 'ok' ? 1 : 0)
  setOrForget(gauges.liveWorkers, 'liveWorkers' in parts.worker ? parts.worker.liveWorkers : undefined)
  setOrForget(gauges.unacknowledged, 'unacknowledgedSamples' in parts.worker ? parts.worker.unacknowledgedSamples : undefined)
  const { totalCount, idleCount, waitingCount } = pool()
  gauges.connections.set({ state: 'used' }, totalCount - idleCount)
  gauges.connections.set({ state: 'idle' }, idleCount)
  gauges.waiting.set(waitingCount)
  return { text: await registry.metrics(), contentType: registry.contentType }
}

function createGauges() {
  const registers = [processMetrics().registry]
  return {
    partUp: new Gauge({
      name: 'undercurrent_part_up',
      help: 'Whether a part of the application is as it should be: app, database, liveStore, model, worker.',
      labelNames: ['part'],
      registers,
    }),
    liveWorkers: new Gauge({
      name: 'undercurrent_inference_workers',
      help: 'Inference workers that are alive.',
      registers,
    }),
    unacknowledged: new Gauge({
      name: 'undercurrent_unacknowledged_readings',
      help: 'Readings that came in and are not stored yet.',
      registers,
    }),
    connections: new Gauge({
      name: 'undercurrent_database_connections',
      help: 'Open PostgreSQL connections of this process.',
      labelNames: ['state'],
      registers,
    }),
    waiting: new Gauge({
      name: 'undercurrent_database_waiting',
      help: 'Queries of this process that wait for a PostgreSQL connection.',
      registers,
    }),
  }
}

/** An unknown number is left out, never given as 0. */
function setOrForget(gauge: Gauge, value: number | undefined): void {
  if (value === undefined) gauge.remove()
  else gauge.set(value)
}
