import { pool } from '@/lib/infra/db'
import type { LogLevel } from '@/lib/infra/logger'

export interface LogLevelRow {
  level: LogLevel
  /** Unix seconds. */
  setAt: number
  endsAt: number
  /** As the person was called then. */
  setBy: string
}

const FIELDS = `level, extract(epoch FROM set_at)::float8 AS "setAt", extract(epoch FROM ends_at)::float8 AS "endsAt", set_by AS "setBy"`

/** What was set for all processes and still holds. */
export async function readLogLevel(): Promise<LogLevelRow | null> {
  const { rows } = await pool().query<LogLevelRow>(`SELECT ${FIELDS} FROM log_level WHERE ends_at > now()`)
  return rows[0] ?? null
}

export async function storeLogLevel(level: LogLevel, seconds: number, setBy: string): Promise<LogLevelRow> {
  const { rows } = await pool().query<LogLevelRow>(
    `INSERT INTO log_level (level, ends_at, set_by) VALUES ($1, now() + make_interval(secs => $2), $3)
     ON CONFLICT (only_one) DO UPDATE SET level = EXCLUDED.level, ends_at = EXCLUDED.ends_at, set_by = EXCLUDED.set_by, set_at = now()
     RETURNING ${FIELDS}`,
    [level, seconds, setBy],
  )
  return rows[0]!
}

export async function clearLogLevel(): Promise<void> {
  await pool().query('DELETE FROM log_level')
}
