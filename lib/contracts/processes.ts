import { z } from 'zod'

/** Processes of the application that say how they are. */
export const PROCESS_KINDS = ['web', 'inference', 'learning', 'jobs', 'gateway', 'mqtt'] as const
export type ProcessKind = (typeof PROCESS_KINDS)[number]

export const latenciesSchema = z.object({
  count: z.number(),
  totalSeconds: z.number(),
  /** Counts by size, in the buckets of lib/domain/latency. */
  buckets: z.array(z.number()).readonly(),
})

/** What a process measured since its sample before. */
export const processSampleSchema = z.object({
  /** The time it covers. */
  seconds: z.number(),
  /** Processor time used, as a share of one core; above 1 where threads use several. */
  cpuShare: z.number(),
  memoryBytes: z.number(),
  /** Requests of the API; null where none came. */
  requests: latenciesSchema.nullable(),
  /** Of those, how many were answered by an error of ours (5xx). */
  failures: z.number(),
  inference: latenciesSchema.nullable(),
  commits: latenciesSchema.nullable(),
  /** How long the database and the live store took to answer a question without work; null: not asked, or no answer. */
  databaseSeconds: z.number().nullable(),
  liveStoreSeconds: z.number().nullable(),
})
export type ProcessSample = z.infer<typeof processSampleSchema>

export const routeLatenciesSchema = z.object({
  method: z.string(),
  route: z.string(),
  latencies: latenciesSchema,
  failures: z.number(),
})
export type RouteLatencies = z.infer<typeof routeLatenciesSchema>

/** What a process says of itself; replaced by each later one. */
export const processReportSchema = z.object({
  sample: processSampleSchema,
  /** Since the process began. */
  totalRequests: z.number(),
  totalFailures: z.number(),
  /** By route over the last while. */
  routes: z.array(routeLatenciesSchema),
  routesSeconds: z.number(),
  machine: z.object({
    cores: z.number(),
    /** Of all cores, 0..1. */
    cpuShare: z.number(),
    memoryBytes: z.number(),
    /** What programs can still have. */
    freeMemoryBytes: z.number(),
  }),
  logLevel: z.string(),
  nodeVersion: z.string(),
  /** What only this kind of process knows, by name. */
  facts: z.record(z.string(), z.number()),
})
export type ProcessReport = z.infer<typeof processReportSchema>
