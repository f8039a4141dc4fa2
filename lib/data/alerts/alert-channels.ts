import { channelConfigSchema, type AlertLanguage, type ChannelConfig } from '@/lib/contracts/alerts'
import { pool } from '@/lib/infra/db'

export interface AlertChannelRow {
  id: string
  siteId: string
  name: string
  language: AlertLanguage
  enabled: boolean
  /** With its secrets: not for answers. */
  config: ChannelConfig
  createdAt: number
}

interface Row {
  id: string
  site_id: string
  name: string
  type: string
  language: AlertLanguage
  enabled: boolean
  settings: Record<string, unknown>
  secrets: Record<string, unknown>
  created_at: number
}

const FIELDS = `id, site_id, name, type, language, enabled, settings, secrets, extract(epoch FROM created_at)::float8 AS created_at`
const SECRET_FIELDS: ReadonlySet<string> = new Set(['url', 'secret', 'password'])

export async function findAlertChannels(siteId: string): Promise<AlertChannelRow[]> {
  const { rows } = await pool().query<Row>(
    `SELECT ${FIELDS} FROM alert_channel WHERE site_id = $1 ORDER BY alert_channel.created_at, id`,
    [siteId],
  )
  return rows.map(toChannel)
}

export async function findAlertChannel(id: string): Promise<AlertChannelRow | null> {
  const { rows } = await pool().query<Row>(`SELECT ${FIELDS} FROM alert_channel WHERE id = $1`, [id])
  return rows[0] ? toChannel(rows[0]) : null
}

export async function insertAlertChannel(channel: Omit<AlertChannelRow, 'createdAt'>): Promise<AlertChannelRow> {
  const { settings, secrets } = split(channel.config)
  const { rows } = await pool().query<Row>(
    `INSERT INTO alert_channel (id, site_id, name, type, language, enabled, settings, secrets)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${FIELDS}`,
    [channel.id, channel.siteId, channel.name, channel.config.type, channel.language, channel.enabled, settings, secrets],
  )
  return toChannel(rows[0]!)
}

/** What waits for a channel that is switched off is not sent: by the time it is on again it would be old. */
export async function updateAlertChannel(channel: AlertChannelRow): Promise<AlertChannelRow | null> {
  const { settings, secrets } = split(channel.config)
  const { rows } = await pool().query<Row>(
    `WITH changed AS (UPDATE alert_channel SET name = $3, type = $4, language = $5, enabled = $6, settings = $7, secrets = $8
         WHERE id = $1 AND site_id = $2 RETURNING *),
       given_up AS (UPDATE alert_delivery d SET status = 'failed', finished_at = now(), error = 'The channel was switched off.'
         FROM changed WHERE d.channel_id = changed.id AND NOT changed.enabled AND d.status = 'waiting')
     SELECT ${FIELDS} FROM changed`,
    [channel.id, channel.siteId, channel.name, channel.config.type, channel.language, channel.enabled, settings, secrets],
  )
  return rows[0] ? toChannel(rows[0]) : null
}

/** What was not sent yet goes with it, and rules forget it. */
export async function deleteAlertChannel(siteId: string, id: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    `WITH gone AS (DELETE FROM alert_channel WHERE id = $1 AND site_id = $2 RETURNING id),
       forgotten AS (UPDATE alert_rule SET channel_ids = array_remove(channel_ids, $1) WHERE site_id = $2)
     SELECT id FROM gone`,
    [id, siteId],
  )
  return rowCount === 1
}

function split(config: ChannelConfig): { settings: string; secrets: string } {
  const entries = Object.entries(config).filter(([name]) => name !== 'type')
  const part = (isSecret: boolean) => Object.fromEntries(entries.filter(([name]) => SECRET_FIELDS.has(name) === isSecret))
  return { settings: JSON.stringify(part(false)), secrets: JSON.stringify(part(true)) }
}

function toChannel(row: Row): AlertChannelRow {
  return {
    id: row.id,
    siteId: row.site_id,
    name: row.name,
    language: row.language,
    enabled: row.enabled,
    config: channelConfigSchema.parse({ type: row.type, ...row.settings, ...row.secrets }),
    createdAt: row.created_at,
  }
}
