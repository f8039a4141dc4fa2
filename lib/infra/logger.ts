import pino from 'pino'
import { env } from '@/lib/env'

export type Logger = pino.Logger

/**
 * One JSON line per event on standard output, with the process's name. Level from LOG_LEVEL.
 * Give an error as `{ err }`; passwords and tokens are removed.
 */
export function createLogger(name: string): Logger {
  return pino({
    name,
    level: env().LOG_LEVEL,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['password', '*.password', 'authorization', '*.authorization', 'cookie', '*.cookie', 'token', '*.token'],
  })
}
