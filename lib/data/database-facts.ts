import { pool } from '@/lib/infra/db'

export interface Partitions {
  series: string
  partitions: number
  /** As 202611; null where the table has none yet. */
  firstMonth: string | null
  lastMonth: string | null
  bytes: number
}

/** The tables that are split by month, largest first. */
export async function listPartitions(): Promise<Partitions[]> {
  const { rows } = await pool().query<Partitions>(
    `SELECT parent.relname AS series, count(child.oid)::int AS partitions,
       min(substring(child.relname FROM '\\d{6}$')) AS "firstMonth", max(substring(child.relname FROM '\\d{6}$')) AS "lastMonth",
       coalesce(sum(pg_total_relation_size(child.oid)), 0)::float8 AS bytes
     FROM pg_class parent LEFT JOIN pg_inherits i ON i.inhparent = parent.oid LEFT JOIN pg_class child ON child.oid = i.inhrelid
     WHERE parent.relkind = 'p' AND parent.relnamespace = to_regnamespace(current_schema())
     GROUP BY parent.relname ORDER BY bytes DESC, parent.relname`,
  )
  return rows
}

export interface DatabaseFacts {
  version: string
  bytes: number
  /** Of all programs that use the server. */
  connections: number
  maxConnections: number
}

export async function readDatabaseFacts(): Promise<DatabaseFacts> {
  const { rows } = await pool().query<DatabaseFacts>(
    `SELECT current_setting('server_version') AS version, pg_database_size(current_database())::float8 AS bytes,
       (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS connections,
       current_setting('max_connections')::int AS "maxConnections"`,
  )
  return rows[0]!
}

/** Who holds each shard of the stream now. */
export async function listShardOwners(prefix: string): Promise<Map<number, string>> {
  const { rows } = await pool().query<{ shard: number; owner: string }>(
    `SELECT substr(name, length($1) + 1)::int AS shard, owner FROM shard_lease
     WHERE starts_with(name, $1) AND expires_at > now() AND substr(name, length($1) + 1) ~ '^\\d{1,6}$'`,
    [prefix],
  )
  return new Map(rows.map(({ shard, owner }) => [shard, owner]))
}

export interface QueueRow {
  kind: string
  queued: number
  running: number
  failed: number
}

/** Jobs that wait, run, and failed in the last days, by kind. */
export async function countQueues(failedDays: number): Promise<QueueRow[]> {
  const { rows } = await pool().query<QueueRow>(
    `SELECT kind, count(*) FILTER (WHERE status = 'queued')::int AS queued, count(*) FILTER (WHERE status = 'running')::int AS running,
       count(*) FILTER (WHERE status = 'failed' AND finished_at > now() - make_interval(days => $1))::int AS failed
     FROM (SELECT kind, status, finished_at FROM background_job
       UNION ALL SELECT 'learning', status, finished_at FROM home_learning_job) jobs
     GROUP BY kind ORDER BY kind`,
    [failedDays],
  )
  return rows
}

export interface BuildingPlace {
  id: string
  name: string
  siteName: string | null
}

/** Buildings, those first whose estimates were stored last. */
export async function listActiveBuildings(limit: number): Promise<BuildingPlace[]> {
  const { rows } = await pool().query<BuildingPlace>(
    `SELECT b.id, b.name, s.name AS "siteName" FROM session_checkpoint c JOIN building b ON b.key = c.building_key
     LEFT JOIN site s ON s.id = b.site_id ORDER BY c.updated_at DESC LIMIT $1`,
    [limit],
  )
  return rows
}
