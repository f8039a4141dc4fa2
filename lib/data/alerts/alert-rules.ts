import {
  alertConditionSchema,
  type AlertRule,
  type AlertSeverity,
  type NewAlertRule,
  type QuietHours,
  type Unjudged,
} from '@/lib/contracts/alerts'
import { clockMinutes, clockText } from '@/lib/domain/alerts/quiet-hours'
import { pool } from '@/lib/infra/db'

export interface AlertRuleRow extends AlertRule {
  siteId: string
  /** Unix seconds; what was over by then is no news. */
  armedAt: number
}

interface Row {
  id: string
  site_id: string
  name: string
  severity: AlertSeverity
  enabled: boolean
  condition: unknown
  channel_ids: string[]
  cooldown_seconds: number
  armed_at: number
  checked_at: number | null
  unjudged: Unjudged | null
  created_at: number
}

const FIELDS = `id, site_id, name, severity, enabled, condition, channel_ids, cooldown_seconds, unjudged,
  extract(epoch FROM armed_at)::float8 AS armed_at, extract(epoch FROM checked_at)::float8 AS checked_at,
  extract(epoch FROM created_at)::float8 AS created_at`

/** The rules of a site, oldest first. */
export async function findAlertRules(siteId: string): Promise<AlertRuleRow[]> {
  const { rows } = await pool().query<Row>(
    `SELECT ${FIELDS} FROM alert_rule WHERE site_id = $1 ORDER BY alert_rule.created_at, id`,
    [siteId],
  )
  return rows.map(toRule)
}

/** The sites that have a rule to look at. */
export async function findSitesWithRules(): Promise<string[]> {
  const { rows } = await pool().query<{ site_id: string }>('SELECT DISTINCT site_id FROM alert_rule WHERE enabled ORDER BY site_id')
  return rows.map(({ site_id }) => site_id)
}

export async function insertAlertRule(siteId: string, id: string, rule: NewAlertRule): Promise<AlertRuleRow> {
  const { rows } = await pool().query<Row>(
    `INSERT INTO alert_rule (id, site_id, name, severity, enabled, condition, channel_ids, cooldown_seconds)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${FIELDS}`,
    [id, siteId, ...valuesOf(rule)],
  )
  return toRule(rows[0]!)
}

/** A new condition, or one that was switched off before, begins anew; its open alerts end with the next look at it. */
export async function updateAlertRule(siteId: string, id: string, rule: NewAlertRule): Promise<AlertRuleRow | null> {
  const { rows } = await pool().query<Row>(
    `UPDATE alert_rule SET name = $3, severity = $4, enabled = $5, condition = $6, channel_ids = $7, cooldown_seconds = $8,
       armed_at = CASE WHEN condition = $6::jsonb AND enabled THEN armed_at ELSE now() END, unjudged = NULL
     WHERE id = $1 AND site_id = $2 RETURNING ${FIELDS}`,
    [id, siteId, ...valuesOf(rule)],
  )
  return rows[0] ? toRule(rows[0]) : null
}

/** Its events stay in the history. @returns whether there was one */
export async function deleteAlertRule(siteId: string, id: string): Promise<boolean> {
  const { rowCount } = await pool().query('DELETE FROM alert_rule WHERE id = $1 AND site_id = $2', [id, siteId])
  return rowCount === 1
}

export async function noteRuleChecked(id: string, unjudged: Unjudged | null): Promise<void> {
  await pool().query('UPDATE alert_rule SET checked_at = now(), unjudged = $2 WHERE id = $1', [id, unjudged])
}

export async function findQuietHours(siteId: string): Promise<QuietHours | null> {
  const { rows } = await pool().query<{ from_minute: number; until_minute: number; critical_passes: boolean }>(
    'SELECT from_minute, until_minute, critical_passes FROM alert_quiet_hours WHERE site_id = $1',
    [siteId],
  )
  const row = rows[0]
  return row
    ? { from: clockText(row.from_minute), until: clockText(row.until_minute), criticalPasses: row.critical_passes }
    : null
}

/** @param quiet null: none */
export async function storeQuietHours(siteId: string, quiet: QuietHours | null): Promise<void> {
  if (!quiet) {
    await pool().query('DELETE FROM alert_quiet_hours WHERE site_id = $1', [siteId])
    return
  }
  await pool().query(
    `INSERT INTO alert_quiet_hours (site_id, from_minute, until_minute, critical_passes) VALUES ($1, $2, $3, $4)
     ON CONFLICT (site_id) DO UPDATE SET from_minute = $2, until_minute = $3, critical_passes = $4`,
    [siteId, clockMinutes(quiet.from), clockMinutes(quiet.until), quiet.criticalPasses],
  )
}

const valuesOf = (rule: NewAlertRule) => [
  rule.name, rule.severity, rule.enabled, JSON.stringify(rule.condition), rule.channelIds, rule.cooldownMinutes * 60,
]

function toRule(row: Row): AlertRuleRow {
  return {
    id: row.id,
    siteId: row.site_id,
    name: row.name,
    severity: row.severity,
    enabled: row.enabled,
    condition: alertConditionSchema.parse(row.condition),
    channelIds: row.channel_ids,
    cooldownMinutes: row.cooldown_seconds / 60,
    armedAt: row.armed_at,
    checkedAt: row.checked_at,
    unjudged: row.unjudged,
    createdAt: row.created_at,
  }
}
