import type { PoolClient } from 'pg'
import type { AnomalyDecision, AnomalySeverity, AnomalyStatus, AnomalyType, CurvePoint } from '@/lib/contracts/anomalies'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { pool } from '@/lib/infra/db'

export interface StoredAnomaly {
  id: string
  siteId: string
  buildingKey: number
  type: AnomalyType
  appliance: Appliance | null
  severity: AnomalySeverity
  /** Unix seconds. */
  startSeconds: number
  endSeconds: number
  value: number
  expectedValue: number
  unit: string
  strength: number
  confidence: number
  details: Record<string, string | number>
  curve: CurvePoint[]
  status: AnomalyStatus
  /** Unix seconds. */
  snoozedUntil: number | null
}

export type NewAnomaly = Omit<StoredAnomaly, 'status' | 'snoozedUntil'>

interface Row extends Omit<StoredAnomaly, 'appliance'> {
  appliance: number | null
}

const FIELDS = `id, site_id AS "siteId", building_key AS "buildingKey", type, appliance, severity,
  extract(epoch FROM started_at)::float8 AS "startSeconds", extract(epoch FROM last_seen_at)::float8 AS "endSeconds",
  value, expected_value AS "expectedValue", unit, strength, confidence, details, curve,
  CASE WHEN status = 'snoozed' AND snoozed_until <= now() THEN 'open' ELSE status END AS status,
  CASE WHEN status = 'snoozed' AND snoozed_until > now() THEN extract(epoch FROM snoozed_until)::float8 END AS "snoozedUntil"`

/** A site's anomalies that were last seen after a time (Unix seconds), newest first. */
export async function findAnomalies(siteId: string, sinceSeconds: number, limit: number): Promise<StoredAnomaly[]> {
  const { rows } = await pool().query<Row>(
    `SELECT ${FIELDS} FROM anomaly WHERE site_id = $1 AND last_seen_at >= to_timestamp($2)
     ORDER BY started_at DESC, id LIMIT $3`,
    [siteId, sinceSeconds, limit],
  )
  return rows.map(fromRow)
}

/** How many anomalies are told at once; the rest follows. */
const MOST_AT_ONCE = 50

/**
 * Anomalies of a site that were stored after a point in the sequence of all, in order, at most fifty, and the point up to which that
 * is. One site's are stored by one process at a time, so that none comes before one that was told already.
 */
export async function findNewAnomalies(siteId: string, after: bigint): Promise<{ anomalies: StoredAnomaly[]; until: bigint; isAll: boolean }> {
  const { rows } = await pool().query<Row & { sequence: string }>(
    `SELECT ${FIELDS}, sequence::text FROM anomaly WHERE site_id = $1 AND sequence > $2 ORDER BY anomaly.sequence LIMIT $3`,
    [siteId, after.toString(), MOST_AT_ONCE],
  )
  const until = BigInt(rows.at(-1)?.sequence ?? after.toString())
  return { anomalies: rows.map(fromRow), until, isAll: rows.length < MOST_AT_ONCE }
}

/** The point in the sequence up to which a site's anomalies were stored before a time, Unix seconds. */
export async function anomalySequenceAt(siteId: string, seconds: number): Promise<bigint> {
  const { rows } = await pool().query<{ at: string }>(
    'SELECT COALESCE(max(sequence), 0)::text AS at FROM anomaly WHERE site_id = $1 AND created_at <= to_timestamp($2)',
    [siteId, seconds],
  )
  return BigInt(rows[0]?.at ?? '0')
}

export async function findAnomaly(id: string): Promise<StoredAnomaly | null> {
  const { rows } = await pool().query<Row>(`SELECT ${FIELDS} FROM anomaly WHERE id = $1`, [id])
  return rows[0] ? fromRow(rows[0]) : null
}

/** Those of a building seen after a time, Unix seconds; oldest first. */
export async function findBuildingAnomalies(client: PoolClient, buildingKey: number, sinceSeconds: number): Promise<StoredAnomaly[]> {
  const { rows } = await client.query<Row>(
    `SELECT ${FIELDS} FROM anomaly WHERE building_key = $1 AND last_seen_at >= to_timestamp($2) ORDER BY started_at, id`,
    [buildingKey, sinceSeconds],
  )
  return rows.map(fromRow)
}

/**
 * How often anomalies of each kind were dismissed in a building since a time, Unix seconds.
 * @param fit what was fitted to the building: dismissals of what began before `until`, said before it was made, it knows already
 */
export async function countDismissals(
  client: PoolClient,
  buildingKey: number,
  sinceSeconds: number,
  fit: { untilSeconds: number; madeAtSeconds: number } | null,
): Promise<{ type: AnomalyType; appliance: Appliance | null; count: number }[]> {
  const { rows } = await client.query<{ type: AnomalyType; appliance: number | null; count: number }>(
    `SELECT type, appliance, count(*)::int AS count FROM anomaly
     WHERE building_key = $1 AND status = 'dismissed' AND decided_at >= to_timestamp($2)
       AND NOT (started_at < to_timestamp($3) AND decided_at < to_timestamp($4)) GROUP BY type, appliance`,
    [buildingKey, sinceSeconds, fit?.untilSeconds ?? 0, fit?.madeAtSeconds ?? 0],
  )
  return rows.map(({ appliance, ...row }) => ({ ...row, appliance: applianceOf(appliance) }))
}

/** What people said of a building's anomalies that began after a time, Unix seconds; oldest first. */
export async function findDecidedAnomalies(buildingKey: number, sinceSeconds: number): Promise<StoredAnomaly[]> {
  const { rows } = await pool().query<Row>(
    `SELECT ${FIELDS} FROM anomaly WHERE building_key = $1 AND started_at >= to_timestamp($2)
       AND status IN ('acknowledged', 'dismissed') ORDER BY started_at, id`,
    [buildingKey, sinceSeconds],
  )
  return rows.map(fromRow)
}

/** Lets a site be looked at as soon as the background comes to it. */
export async function askForLook(siteId: string): Promise<void> {
  await pool().query(`UPDATE anomaly_watch SET looked_at = least(looked_at, now() - interval '1 day') WHERE site_id = $1`, [siteId])
}

/** Stores an anomaly, or what is known of it by now; what a person said of it stays. */
export async function saveAnomaly(client: PoolClient, anomaly: NewAnomaly): Promise<void> {
  await client.query(
    `INSERT INTO anomaly (id, site_id, building_key, type, appliance, severity, started_at, last_seen_at, value, expected_value,
       unit, strength, confidence, details, curve)
     VALUES ($1, $2, $3, $4, $5, $6, to_timestamp($7), to_timestamp($8), $9, $10, $11, $12, $13, $14, $15)
     ON CONFLICT (id) DO UPDATE SET severity = EXCLUDED.severity, last_seen_at = EXCLUDED.last_seen_at, value = EXCLUDED.value,
       expected_value = EXCLUDED.expected_value, unit = EXCLUDED.unit, strength = EXCLUDED.strength,
       confidence = EXCLUDED.confidence, details = EXCLUDED.details, curve = EXCLUDED.curve
     WHERE (anomaly.severity, anomaly.last_seen_at, anomaly.value, anomaly.expected_value, anomaly.strength, anomaly.confidence,
       anomaly.details) IS DISTINCT FROM (EXCLUDED.severity, EXCLUDED.last_seen_at, EXCLUDED.value, EXCLUDED.expected_value,
       EXCLUDED.strength, EXCLUDED.confidence, EXCLUDED.details)`,
    [
      anomaly.id,
      anomaly.siteId,
      anomaly.buildingKey,
      anomaly.type,
      anomaly.appliance === null ? null : APPLIANCES.indexOf(anomaly.appliance),
      anomaly.severity,
      anomaly.startSeconds,
      anomaly.endSeconds,
      anomaly.value,
      anomaly.expectedValue,
      anomaly.unit,
      anomaly.strength,
      anomaly.confidence,
      JSON.stringify(anomaly.details),
      JSON.stringify(anomaly.curve),
    ],
  )
}

/** @returns whether there is such an anomaly */
export async function decideAnomaly(id: string, decision: AnomalyDecision, userId: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE anomaly SET status = $2, decided_by = $3, decided_at = now(),
       snoozed_until = CASE WHEN $2 = 'snoozed' THEN now() + make_interval(days => $4) END
     WHERE id = $1`,
    [id, decision.status, userId, decision.status === 'snoozed' ? decision.days : 0],
  )
  return rowCount === 1
}

/**
 * Takes a site that nobody has looked at for so long, in the caller's transaction: others leave it alone until that ends.
 * @returns null where there is none
 */
export async function takeUnwatchedSite(client: PoolClient, everySeconds: number): Promise<string | null> {
  await client.query(`INSERT INTO anomaly_watch (site_id, looked_at) SELECT id, '-infinity' FROM site ON CONFLICT DO NOTHING`)
  const { rows } = await client.query<{ site_id: string }>(
    `UPDATE anomaly_watch SET looked_at = now() WHERE site_id = (SELECT site_id FROM anomaly_watch
       WHERE looked_at < now() - make_interval(secs => $1) ORDER BY looked_at, site_id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING site_id`,
    [everySeconds],
  )
  return rows[0]?.site_id ?? null
}

/** Since when a site is looked at and when it last was, Unix seconds; null where it never was. */
export async function findLooks(siteId: string): Promise<{ since: number; last: number } | null> {
  const { rows } = await pool().query<{ since: number; last: number }>(
    `SELECT extract(epoch FROM since)::float8 AS since, extract(epoch FROM looked_at)::float8 AS last
     FROM anomaly_watch WHERE site_id = $1 AND looked_at > '-infinity'`,
    [siteId],
  )
  return rows[0] ?? null
}

function fromRow({ appliance, ...row }: Row): StoredAnomaly {
  return { ...row, appliance: applianceOf(appliance) }
}

const applianceOf = (index: number | null) => (index === null ? null : (APPLIANCES[index] ?? null))
