import os from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CacheFlush, CacheStats, SessionCount, SystemMetrics } from '@/lib/contracts/administration'
import { listReports } from '@/lib/data/process-reports'
import { countSessions } from '@/lib/data/session-counts'
import { env } from '@/lib/env'
import { answerCache } from '@/lib/live/cache/answer-cache'
import { MAX_CACHE_ENTRIES } from '@/lib/live/cache/cache'
import { ownProcessId, requestTotals } from './process-report'
import { machineMemory, UsageMeter } from './process-usage'

const ACTIVE_SECONDS = 15 * 60
/** A process that said nothing for so long is taken as gone. */
export const SILENT_SECONDS = 15
/** Shares of the processor are measured over at least this time. */
const MEASURED_MILLISECONDS = 250

/** So that who asks often does not wait each time. */
const USAGE_HOLDS_MILLISECONDS = 1000
let lastUsage: { startedAt: number; measured: Promise<ReturnType<UsageMeter['measure']>> } | null = null

function usageNow(): Promise<ReturnType<UsageMeter['measure']>> {
  if (!lastUsage || performance.now() - lastUsage.startedAt > USAGE_HOLDS_MILLISECONDS) {
    const usage = new UsageMeter()
    lastUsage = { startedAt: performance.now(), measured: sleep(MEASURED_MILLISECONDS).then(() => usage.measure()) }
  }
  return lastUsage.measured
}

/** How the system is, in the terms of the older service. */
export async function getSystemMetrics(): Promise<SystemMetrics> {
  const [reports, own, sessions, cache, { cpuShare, machineCpuShare }] = await Promise.all([
    listReports(),
    requestTotals(),
    countSessions(ACTIVE_SECONDS),
    getCacheStats(),
    usageNow(),
  ])
  // Of itself this process knows more than it reported last.
  const others = reports.filter(({ id, kind, silentSeconds }) => {
    return kind === 'web' && silentSeconds < SILENT_SECONDS && id !== ownProcessId()
  })
  const sum = (name: 'totalRequests' | 'totalFailures') => others.reduce((total, { report }) => total + report[name], own[name])
  const { memoryBytes, freeMemoryBytes } = machineMemory()
  return {
    cpu_usage: percent(machineCpuShare),
    memory_usage: percent(1 - freeMemoryBytes / memoryBytes),
    cache_hit_rate: cache.hit_rate,
    total_requests: sum('totalRequests'),
    active_sessions: sessions.activeConversations,
    uptime_seconds: Math.round(process.uptime()),
    failed_requests: sum('totalFailures'),
    cache_lookups: cache.hits + cache.misses,
    active_logins: sessions.activeLogins,
    web_processes: others.length + 1,
    process_cpu_usage: percent(cpuShare),
    process_memory_bytes: process.memoryUsage.rss(),
    memory_total_bytes: memoryBytes,
    processors: os.cpus().length,
    timestamp: Date.now() / 1000,
  }
}

export async function getCacheStats(): Promise<CacheStats> {
  const { ENABLE_CACHE: isWanted, MODEL_CACHE_TIMEOUT: ttlSeconds } = env()
  const { kind, entries, hits, misses, hitRate } = await answerCache().statistics()
  const enabled = isWanted && kind !== 'off'
  return {
    enabled,
    kind: enabled ? kind : 'off',
    entries,
    max_entries: MAX_CACHE_ENTRIES,
    hits,
    misses,
    hit_rate: hitRate,
    ttl_seconds: ttlSeconds,
  }
}

/** Empties the cache of the assistant's answers; the next question is answered anew. */
export async function flushCache(): Promise<CacheFlush> {
  const { kind } = await answerCache().statistics()
  if (kind === 'off') {
    const message = 'Redis, which keeps the cache, does not answer. Try again when it does.'
    return { success: false, message, entries_flushed: 0 }
  }
  const flushed = await answerCache().flush()
  const message =
    flushed === 0 ? 'The cache was empty.' : `${flushed} ${flushed === 1 ? 'answer was' : 'answers were'} forgotten.`
  return { success: true, message, entries_flushed: flushed }
}

export async function getSessionCount(): Promise<SessionCount> {
  const { conversations, logins, users } = await countSessions(ACTIVE_SECONDS)
  return { total_sessions: conversations, total_users: users, open_logins: logins }
}

const percent = (share: number) => Math.round(Math.max(0, share) * 1000) / 10
