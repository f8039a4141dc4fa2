import type { PoolClient } from 'pg'
import { pool } from '@/lib/infra/db'

/**
 * Leases on named work (a stream shard, the pub/sub bridge) on the database's clock. The epoch grows with every change of
 * owner and fences commits: who lost a lease without noticing cannot write any more.
 */

/** Names under which inference workers announce themselves: prefix, group, owner. */
export const WORKER_LEASE_PREFIX = 'worker:'
/** Of leases on shards of the stream: prefix, number. */
export const SHARD_LEASE_PREFIX = 'shard:'

/** Takes or renews each lease that is free, expired or already ours. Returns the epochs of those now held. */
export async function acquireLeases(names: readonly string[], owner: string, seconds: number): Promise<Map<string, bigint>> {
  if (names.length === 0) return new Map()
  // Ordered, so that two workers asking for the same rows cannot deadlock.
  const ordered = [...names].sort()
  const result = await pool().query<{ name: string; epoch: string }>(
    `INSERT INTO shard_lease AS held (name, owner, epoch, expires_at)
     SELECT name, $2, 1, now() + make_interval(secs => $3) FROM UNNEST($1::text[]) AS name
     ON CONFLICT (name) DO UPDATE SET
       owner = EXCLUDED.owner,
       epoch = CASE WHEN held.owner = EXCLUDED.owner THEN held.epoch ELSE held.epoch + 1 END,
       expires_at = EXCLUDED.expires_at
     WHERE held.owner = EXCLUDED.owner OR held.expires_at < now()
     RETURNING name, epoch`,
    [ordered, owner, seconds],
  )
  return new Map(result.rows.map((row) => [row.name, BigInt(row.epoch)]))
}

/** Gives leases back at once, so that another worker need not wait for them to expire. */
export async function releaseLeases(names: readonly string[], owner: string): Promise<void> {
  if (names.length === 0) return
  await pool().query(`UPDATE shard_lease SET expires_at = '-infinity' WHERE name = ANY($1) AND owner = $2`, [names, owner])
}

/** How many live leases have this prefix, for instance of workers that announce themselves. */
export async function countLiveLeases(prefix: string): Promise<number> {
  const result = await pool().query<{ count: string }>(
    `SELECT count(*) FROM shard_lease WHERE starts_with(name, $1) AND expires_at > now()`,
    [prefix],
  )
  return Number(result.rows[0]?.count ?? 0)
}

/** Forgets announcements whose process is long gone. */
export async function deleteExpiredLeases(prefix: string): Promise<void> {
  await pool().query(`DELETE FROM shard_lease WHERE starts_with(name, $1) AND expires_at < now() - interval '1 hour'`, [prefix])
}

/** A commit takes milliseconds. A process that is suspended in the middle of one must not keep its leases for good. */
const LONGEST_SILENCE_IN_COMMIT = '5s'

/**
 * Inside a transaction: which of these leases are still held under these epochs. The rows stay locked to the end of the
 * transaction, so nobody can take them over while it commits. The server ends one that pauses for longer than five seconds.
 */
export async function fence(client: PoolClient, owner: string, epochs: ReadonlyMap<string, bigint>): Promise<Set<string>> {
  const result = await client.query<{ name: string; owner: string; epoch: string }>(
    `SELECT name, owner, epoch, set_config('idle_in_transaction_session_timeout', $2, true)
     FROM shard_lease WHERE name = ANY($1) ORDER BY name FOR SHARE`,
    [[...epochs.keys()], LONGEST_SILENCE_IN_COMMIT],
  )
  return new Set(
    result.rows.filter((row) => row.owner === owner && BigInt(row.epoch) === epochs.get(row.name)).map((row) => row.name),
  )
}
