import type { Pool, PoolClient } from 'pg'
import { alertConditionSchema, type AlertEvent, type AlertSeverity } from '@/lib/contracts/alerts'
import { ANOMALY_TYPES } from '@/lib/contracts/anomalies'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { pool } from '@/lib/infra/db'

/** An event without its sentence. */
export type AlertEventRow = Omit<AlertEvent, 'message'>

interface Row {
  id: string
  site_id: string
  rule_id: string | null
  rule_name: string
  severity: AlertSeverity
  condition: unknown
  building_name: string | null
  anomaly: { id: string; type: string; appliance: number | null } | null
  value: number
  started_at: number
  resolved_at: number | null
  created_at: number
  muted: 'cooldown' | null
}

export const ANOMALY_SUBJECT = 'anomaly:'

const FIELDS = `id, site_id, rule_id, rule_name, severity, condition, building_name, value, muted,
  (SELECT json_build_object('id', a.id, 'type', a.type, 'appliance', a.appliance) FROM anomaly a
    WHERE alert_event.subject LIKE '${ANOMALY_SUBJECT}%' AND a.id = substr(alert_event.subject, ${ANOMALY_SUBJECT.length + 1})) AS anomaly,
  extract(epoch FROM started_at)::float8 AS started_at, extract(epoch FROM resolved_at)::float8 AS resolved_at,
  extract(epoch FROM created_at)::float8 AS created_at`

export interface SubjectEvent {
  id: string
  subject: string
  startedAt: number
  resolvedAt: number | null
  /** Whether nobody was told. */
  muted: boolean
}

/** What is known of a rule since it was armed: events that go on, or ended after a time. */
export async function findRuleEvents(
  rule: { id: string; armedAt: number },
  endedAfterSeconds: number,
  database: Pool | PoolClient = pool(),
): Promise<SubjectEvent[]> {
  const { rows } = await database.query<SubjectEvent>(
    `SELECT id, subject, extract(epoch FROM started_at)::float8 AS "startedAt", extract(epoch FROM resolved_at)::float8 AS "resolvedAt",
       muted IS NOT NULL AS muted
     FROM alert_event WHERE rule_id = $1 AND (resolved_at IS NULL OR resolved_at >= to_timestamp($2))
       AND created_at >= to_timestamp($3) - interval '1 millisecond' ORDER BY alert_event.started_at`,
    [rule.id, endedAfterSeconds, rule.armedAt],
  )
  return rows
}

/** Keeps others from changing a rule and its events until the transaction ends. @returns whether it is there as it was read */
export async function lockRule(client: PoolClient, ruleId: string, armedAtSeconds: number): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM alert_rule WHERE id = $1 AND enabled AND abs(extract(epoch FROM armed_at) - $2) < 0.001 FOR UPDATE`,
    [ruleId, armedAtSeconds],
  )
  return rowCount === 1
}

/** Ends the events that go on of rules that were switched off or deleted, or armed anew after the event began to be known. */
export async function endAbandonedEvents(siteId: string): Promise<void> {
  await pool().query(
    `UPDATE alert_event e SET resolved_at = GREATEST(now(), e.started_at), sequence = nextval('alert_event_sequence')
     WHERE e.site_id = $1 AND e.resolved_at IS NULL AND NOT EXISTS (SELECT 1 FROM alert_rule r
       WHERE r.id = e.rule_id AND r.enabled AND r.armed_at <= e.created_at)`,
    [siteId],
  )
}

/** When anybody was last told of a rule's alert, Unix seconds; of what the look at `nowSeconds` found, only of the same subject. */
export async function lastToldAt(client: PoolClient, ruleId: string, subject: string | null, nowSeconds: number): Promise<number | null> {
  const { rows } = await client.query<{ at: number | null }>(
    `SELECT extract(epoch FROM max(COALESCE(told_at, created_at)))::float8 AS at FROM alert_event WHERE rule_id = $1 AND muted IS NULL
       AND (subject = $2 OR COALESCE(told_at, created_at) < to_timestamp($3) - interval '1 millisecond')`,
    [ruleId, subject, nowSeconds],
  )
  return rows[0]?.at ?? null
}

/** An event of which nobody was told is one that is told now. @returns whether it goes on and nobody was told */
export async function unmuteAlertEvent(client: PoolClient, id: string, nowSeconds: number): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE alert_event SET muted = NULL, told_at = to_timestamp($2), sequence = nextval('alert_event_sequence')
     WHERE id = $1 AND muted IS NOT NULL AND resolved_at IS NULL`,
    [id, nowSeconds],
  )
  return rowCount === 1
}

export interface NewAlertEvent {
  id: string
  siteId: string
  ruleId: string
  ruleName: string
  severity: AlertSeverity
  condition: unknown
  subject: string
  buildingName: string | null
  value: number
  startedAt: number
  resolvedAt: number | null
  createdAt: number
  muted: 'cooldown' | null
}

/** @returns whether it is new */
export async function insertAlertEvent(client: PoolClient, event: NewAlertEvent): Promise<boolean> {
  const { rowCount } = await client.query(
    `INSERT INTO alert_event (id, site_id, rule_id, rule_name, severity, condition, subject, building_name, value, started_at,
       resolved_at, muted, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, to_timestamp($10), to_timestamp($11), $12, to_timestamp($13)) ON CONFLICT DO NOTHING`,
    [
      event.id, event.siteId, event.ruleId, event.ruleName, event.severity, JSON.stringify(event.condition), event.subject,
      event.buildingName, event.value, event.startedAt, event.resolvedAt, event.muted, event.createdAt,
    ],
  )
  return rowCount === 1
}

/** @param value what it came to in all; null: what it was when it was found */
export async function resolveAlertEvent(client: PoolClient, id: string, resolvedAt: number, value: number | null): Promise<void> {
  await client.query(
    `UPDATE alert_event SET resolved_at = to_timestamp($2), value = COALESCE($3, value), sequence = nextval('alert_event_sequence')
     WHERE id = $1 AND resolved_at IS NULL`,
    [id, resolvedAt, value],
  )
}

/** Newest first, those of one moment together, though they be more than the limit. @param beforeSeconds only older ones */
export async function findAlertEvents(siteId: string, beforeSeconds: number | null, limit: number): Promise<AlertEventRow[]> {
  const { rows } = await pool().query<Row>(
    `SELECT ${FIELDS} FROM alert_event WHERE site_id = $1 AND ($2::float8 IS NULL OR created_at < to_timestamp($2))
     ORDER BY alert_event.created_at DESC FETCH FIRST $3 ROWS WITH TIES`,
    [siteId, beforeSeconds, limit],
  )
  return rows.map(toEvent)
}

/** Whether a site has events that were stored before a moment, Unix seconds. */
export async function hasEventsBefore(siteId: string, beforeSeconds: number): Promise<boolean> {
  const { rowCount } = await pool().query('SELECT 1 FROM alert_event WHERE site_id = $1 AND created_at < to_timestamp($2) LIMIT 1', [
    siteId,
    beforeSeconds,
  ])
  return rowCount === 1
}

export async function findEventsByIds(ids: readonly string[]): Promise<AlertEventRow[]> {
  const { rows } = await pool().query<Row>(
    `SELECT ${FIELDS} FROM alert_event WHERE id = ANY($1) ORDER BY alert_event.started_at, id`,
    [ids],
  )
  return rows.map(toEvent)
}

/** What changed at these sites after a point in the sequence of changes, in order, and the sequence's newest point. */
export async function eventsAfter(
  sequence: bigint | null,
  siteIds: readonly string[],
): Promise<{ events: AlertEventRow[]; sequence: bigint }> {
  const newest = await pool().query<{ at: string }>('SELECT COALESCE(max(sequence), 0)::text AS at FROM alert_event')
  const until = BigInt(newest.rows[0]?.at ?? '0')
  if (sequence === null || until <= sequence || siteIds.length === 0) return { events: [], sequence: until }
  const { rows } = await pool().query<Row>(
    `SELECT ${FIELDS} FROM alert_event WHERE sequence > $1 AND sequence <= $2 AND site_id = ANY($3) ORDER BY alert_event.sequence`,
    [sequence.toString(), until.toString(), siteIds],
  )
  return { events: rows.map(toEvent), sequence: until }
}

/** Forgets events that were over long ago. */
export async function deleteOldAlertEvents(keptDays: number): Promise<void> {
  await pool().query('DELETE FROM alert_event WHERE resolved_at < now() - make_interval(days => $1)', [keptDays])
}

function toEvent(row: Row): AlertEventRow {
  return {
    id: row.id,
    siteId: row.site_id,
    ruleId: row.rule_id,
    ruleName: row.rule_name,
    severity: row.severity,
    state: row.resolved_at === null ? 'active' : 'resolved',
    condition: alertConditionSchema.parse(row.condition),
    buildingName: row.building_name,
    anomaly: anomalyOf(row.anomaly),
    value: row.value,
    startedAt: row.started_at,
    resolvedAt: row.resolved_at,
    createdAt: row.created_at,
    muted: row.muted,
  }
}

function anomalyOf(found: Row['anomaly']): AlertEvent['anomaly'] {
  const type = ANOMALY_TYPES.find((known) => known === found?.type)
  return found && type ? { id: found.id, type, appliance: found.appliance === null ? null : (APPLIANCES[found.appliance] ?? null) } : null
}
