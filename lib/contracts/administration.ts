import { z } from 'zod'

/** Of GET /api/admin/metrics, with the fields of the older service first. */
export const systemMetricsSchema = z.object({
  /** Of all processors of the machine that answers, 0..100. */
  cpu_usage: z.number(),
  /** Of its memory, 0..100: what programs cannot have any more. */
  memory_usage: z.number(),
  /** Of the assistant's answers, 0..1; 0 where none was looked for (see cache_lookups). */
  cache_hit_rate: z.number(),
  /** Requests of the API that the running web processes answered since each began. */
  total_requests: z.number().int(),
  /** Conversations with the assistant that were used in the last 15 minutes. */
  active_sessions: z.number().int(),
  /** Of the web process that answers. */
  uptime_seconds: z.number(),
  failed_requests: z.number().int(),
  cache_lookups: z.number().int(),
  /** Log-ins that were used in the last 15 minutes. */
  active_logins: z.number().int(),
  web_processes: z.number().int(),
  /** Of the web process that answers: 100 is one core. */
  process_cpu_usage: z.number(),
  process_memory_bytes: z.number().int(),
  memory_total_bytes: z.number().int(),
  processors: z.number().int(),
  /** Unix seconds. */
  timestamp: z.number(),
})
export type SystemMetrics = z.infer<typeof systemMetricsSchema>

export const cacheStatsSchema = z.object({
  /** Whether answers are looked up and kept at all (ENABLE_CACHE, and a store that answers). */
  enabled: z.boolean(),
  /** redis: one cache for all web processes; memory: of the web process that answers; off. */
  kind: z.enum(['redis', 'memory', 'off']),
  entries: z.number().int(),
  max_entries: z.number().int(),
  hits: z.number().int(),
  misses: z.number().int(),
  /** 0..1; 0 where nothing was looked for. */
  hit_rate: z.number(),
  /** How long an answer is kept at most. */
  ttl_seconds: z.number().int(),
})
export type CacheStats = z.infer<typeof cacheStatsSchema>

export const cacheFlushSchema = z.object({
  success: z.boolean(),
  message: z.string(),
  entries_flushed: z.number().int(),
})
export type CacheFlush = z.infer<typeof cacheFlushSchema>

/** Of GET /api/admin/model/info: who answers in the chat. What a provider does not have, or does not tell, is null. */
export const assistantModelSchema = z.object({
  provider: z.string(),
  model_name: z.string().nullable(),
  /** A file or folder on this machine; null where the model is elsewhere. */
  model_path: z.string().nullable(),
  /** Whether it is in the memory of the process that answers; null where the model is elsewhere. */
  model_loaded: z.boolean().nullable(),
  /** Tokens it keeps in view. */
  n_ctx: z.number().int().nullable(),
  n_threads: z.number().int().nullable(),
  n_gpu_layers: z.number().int().nullable(),
  temperature: z.number().nullable(),
  top_p: z.number().nullable(),
  max_tokens: z.number().int(),
  max_conversation_history: z.number().int(),
  timeout_seconds: z.number(),
  /** Who answers instead, in this order. */
  fallback: z.array(z.string()),
  /** The model that takes the mains apart. */
  disaggregation: z.object({
    model_dir: z.string(),
    available: z.boolean(),
    name: z.string().nullable(),
    version: z.string().nullable(),
    device: z.string(),
  }),
})
export type AssistantModelInfo = z.infer<typeof assistantModelSchema>

export const sessionCountSchema = z.object({
  /** Conversations with the assistant that are kept. */
  total_sessions: z.number().int(),
  /** Accounts. */
  total_users: z.number().int(),
  /** Log-ins that go on. */
  open_logins: z.number().int(),
})
export type SessionCount = z.infer<typeof sessionCountSchema>
