import { z } from 'zod'

/** A stretch of time of all processes together; null: nothing was measured. */
export const performancePointSchema = z.object({
  /** Unix seconds of its begin. */
  at: z.number(),
  requestsPerSecond: z.number().nullable(),
  failuresPerSecond: z.number().nullable(),
  /** 95 of 100 requests were answered faster. */
  requestP95Seconds: z.number().nullable(),
  /** Runs of the models, each over the new readings of one building. */
  inferencesPerSecond: z.number().nullable(),
  inferenceP95Seconds: z.number().nullable(),
  /** Of transactions that store readings and estimates. */
  commitP95Seconds: z.number().nullable(),
  /** The slowest answer to a question without work. */
  databaseSeconds: z.number().nullable(),
  liveStoreSeconds: z.number().nullable(),
  /** Cores in use by all processes. */
  cpuCores: z.number().nullable(),
  memoryBytes: z.number().nullable(),
})
export type PerformancePoint = z.infer<typeof performancePointSchema>

export const routePerformanceSchema = z.object({
  method: z.string(),
  route: z.string(),
  requests: z.number().int(),
  failures: z.number().int(),
  p50Seconds: z.number().nullable(),
  p95Seconds: z.number().nullable(),
})
export type RoutePerformance = z.infer<typeof routePerformanceSchema>

export const performanceSchema = z.object({
  /** Unix seconds of the database, which the points follow. */
  now: z.number(),
  binSeconds: z.number(),
  /** Oldest first, without holes. */
  points: z.array(performancePointSchema),
  /** Most requests first. */
  routes: z.array(routePerformanceSchema),
  /** The time over which routes are told. */
  routesSeconds: z.number(),
  /** Web processes that were heard. */
  webProcesses: z.number().int(),
})
export type Performance = z.infer<typeof performanceSchema>
