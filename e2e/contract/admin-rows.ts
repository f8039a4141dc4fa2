import { z } from 'zod'
import { expect, text } from './expectations'
import { endpoint, type Row } from './row'

const count = z.number().int().min(0)

export const adminRows: readonly Row[] = [
  endpoint({
    method: 'GET',
    path: '/api/admin/metrics',
    alsoAt: '/admin/metrics',
    access: 'admins',
    answer: z.object({
      cpu_usage: z.number(),
      memory_usage: z.number(),
      /** Null while nothing was asked of the cache. */
      cache_hit_rate: z.number().nullable(),
      total_requests: count,
      active_sessions: count,
      uptime_seconds: z.number().positive(),
    }),
  }),
  endpoint({
    method: 'GET',
    path: '/api/admin/cache/stats',
    alsoAt: '/admin/cache/stats',
    access: 'admins',
    answer: z.looseObject({}),
    holds: (stats) => expect(Object.keys(stats).length > 0, 'There are no statistics'),
  }),
  endpoint({
    method: 'POST',
    path: '/api/admin/cache/flush',
    alsoAt: '/admin/cache/flush',
    access: 'admins',
    answer: z.object({ success: z.literal(true), message: text, entries_flushed: count }),
  }),
  endpoint({
    method: 'GET',
    path: '/api/admin/model/info',
    alsoAt: '/admin/model/info',
    access: 'admins',
    answer: z.object({
      model_path: text.nullable(),
      model_loaded: z.boolean(),
      n_ctx: count.nullable(),
      n_threads: count.nullable(),
      n_gpu_layers: z.number().int().nullable(),
      temperature: z.number().nullable(),
      top_p: z.number().nullable(),
      max_tokens: count.nullable(),
    }),
  }),
  endpoint({
    method: 'GET',
    path: '/api/admin/sessions/count',
    alsoAt: '/admin/sessions/count',
    access: 'admins',
    answer: z.object({ total_sessions: count, total_users: count }),
  }),
]
