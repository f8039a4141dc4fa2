import { z } from 'zod'
import { healthReportSchema } from './health'

export const runningProcessSchema = z.object({
  id: z.string(),
  /** web, inference, learning, jobs, gateway, or one that came later. */
  kind: z.string(),
  host: z.string(),
  pid: z.number().int(),
  /** Unix seconds. */
  startedAt: z.number(),
  /** Since it last said how it is. */
  silentSeconds: z.number(),
  isSilent: z.boolean(),
  /** Of one core. */
  cpuShare: z.number(),
  memoryBytes: z.number(),
  /** How long the database and the live store took to answer it; null: not asked, or no answer. */
  databaseSeconds: z.number().nullable(),
  liveStoreSeconds: z.number().nullable(),
  logLevel: z.string(),
  nodeVersion: z.string(),
  /** What only this kind of process knows, by name. */
  facts: z.record(z.string(), z.number()),
})
export type RunningProcess = z.infer<typeof runningProcessSchema>

export const buildingLagSchema = z.object({
  id: z.string(),
  name: z.string(),
  siteName: z.string().nullable(),
  /** Unix seconds, on the meter's clock. */
  lastReadingAt: z.number(),
  lagSeconds: z.number(),
  lateReadings: z.number(),
  rejectedReadings: z.number(),
  modelVersion: z.string(),
})
export type BuildingLag = z.infer<typeof buildingLagSchema>

export const partitionsSchema = z.object({
  /** The table. */
  series: z.string(),
  partitions: z.number().int(),
  /** As 202611. */
  firstMonth: z.string().nullable(),
  lastMonth: z.string().nullable(),
  bytes: z.number(),
})

/** Null: could not be found out in time. */
export const systemHealthSchema = z.object({
  health: healthReportSchema,
  processes: z.array(runningProcessSchema).nullable(),
  /** Kinds of processes that should run and of which none has reported. */
  missingKinds: z.array(z.string()),
  /** Parts of the stream of readings: who works on each, and how many readings wait in it. */
  shards: z.array(z.object({ shard: z.number().int(), owner: z.string().nullable(), waiting: z.number().int() })).nullable(),
  /** Buildings whose meters have sent something, those that are furthest behind first. */
  buildings: z.array(buildingLagSchema).nullable(),
  /** Jobs that wait, run and failed, by kind. */
  queues: z.array(z.object({ kind: z.string(), queued: z.number(), running: z.number(), failed: z.number() })).nullable(),
  database: z
    .object({
      version: z.string(),
      bytes: z.number(),
      connections: z.number().int(),
      maxConnections: z.number().int(),
      partitions: z.array(partitionsSchema),
    })
    .nullable(),
  /** The disk on which the web process keeps its data folder. */
  disk: z.object({ totalBytes: z.number(), freeBytes: z.number() }).nullable(),
})
export type SystemHealth = z.infer<typeof systemHealthSchema>
