import pino from 'pino'
import { env } from '@/lib/env'

export type Logger = pino.Logger

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

interface Loggers {
  byName: Map<string, Logger>
  /** In place of LOG_LEVEL. */
  level: LogLevel | null
}

// Global, because Next may load this module once per bundle, and all loggers of a process follow one level.
const shared = globalThis as typeof globalThis & { undercurrentLoggers?: Loggers }
const loggers = () => (shared.undercurrentLoggers ??= { byName: new Map(), level: null })

/**
 * One JSON line per event on standard output, with the process's name. Level from LOG_LEVEL, or from `setLogLevel`.
 * Give an error as `{ err }`; passwords and tokens are removed. The same name gives the same logger.
 */
export function createLogger(name: string): Logger {
  const { byName } = loggers()
  const known = byName.get(name)
  if (known) {
    known.level = currentLogLevel()
    return known
  }
  const created = pino({
    name,
    level: currentLogLevel(),
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['password', '*.password', 'authorization', '*.authorization', 'cookie', '*.cookie', 'token', '*.token'],
  })
  byName.set(name, created)
  return created
}

/** What this process logs now. */
export const currentLogLevel = (): LogLevel | 'silent' => loggers().level ?? env().LOG_LEVEL

/** Lets every logger of this process log at this level from now on; null: at LOG_LEVEL. */
export function setLogLevel(level: LogLevel | null): void {
  loggers().level = level
  for (const logger of loggers().byName.values()) logger.level = currentLogLevel()
}
