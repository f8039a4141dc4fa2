import { pool, withTransaction } from '@/lib/infra/db'

export interface ThrottleCount {
  key: string
  /** How many failures a window may have. */
  attempts: number
  windowSeconds: number
}

/** Thrown to roll a refused attempt back: it must count nowhere, else who is kept out here could keep others out elsewhere. */
class Refused extends Error {
  constructor(readonly waitSeconds: number) {
    super('refused')
  }
}

/**
 * Counts an attempt under each key, in windows that start with the first one, for all processes at once.
 * @returns seconds to wait before it may be made, in which case it was not counted; 0 when it may be made now
 */
export async function countAttempt(counts: readonly ThrottleCount[]): Promise<number> {
  // In one order everywhere, so that two attempts never wait for each other.
  const ordered = [...counts].sort((a, b) => (a.key < b.key ? -1 : 1))
  try {
    return await withTransaction(async (client) => {
      const { rows } = await client.query<{ wait_seconds: number | null }>(
        `WITH given AS (
           SELECT * FROM UNNEST($1::text[], $2::int[], $3::float8[]) AS given (key, attempts, window_seconds)
         ), counted AS (
           INSERT INTO login_throttle AS t (key, failures, ends_at)
           SELECT key, 1, now() + make_interval(secs => window_seconds) FROM given ORDER BY key
           ON CONFLICT (key) DO UPDATE SET
             failures = CASE WHEN t.ends_at <= now() THEN 1 ELSE t.failures + 1 END,
             ends_at = CASE WHEN t.ends_at <= now() THEN excluded.ends_at ELSE t.ends_at END
           RETURNING key, failures, ends_at
         )
         SELECT max(extract(epoch FROM ends_at - now()))::float8 AS wait_seconds
         FROM counted JOIN given USING (key) WHERE failures > attempts`,
        [ordered.map(({ key }) => key), ordered.map(({ attempts }) => attempts), ordered.map(({ windowSeconds }) => windowSeconds)],
      )
      const waitSeconds = rows[0]?.wait_seconds ?? 0
      if (waitSeconds > 0) throw new Refused(waitSeconds)
      return 0
    })
  } catch (error) {
    if (error instanceof Refused) return error.waitSeconds
    throw error
  }
}

/** Takes one attempt back under `less`, all of them under `forgiven`. */
export async function forgiveAttempts(forgiven: readonly string[], less: readonly string[]): Promise<void> {
  await pool().query('DELETE FROM login_throttle WHERE key = ANY($1)', [forgiven])
  for (const key of [...less].sort()) {
    await pool().query('UPDATE login_throttle SET failures = failures - 1 WHERE key = $1 AND failures > 0', [key])
  }
}

export async function deleteEndedCounts(): Promise<void> {
  // Those in use are left for the next time, so that this waits for nobody and nobody for it.
  await pool().query(
    `DELETE FROM login_throttle WHERE key IN (SELECT key FROM login_throttle WHERE ends_at <= now() FOR UPDATE SKIP LOCKED)`,
  )
}
