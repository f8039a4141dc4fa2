import { randomUUID } from 'node:crypto'
import type { PushSubscriptionInput } from '@/lib/contracts/alerts'
import { pool } from '@/lib/infra/db'

/** Of one person at one site; the oldest makes room. */
const MOST_BROWSERS = 10

/** A browser is one subscription; whoever asked last with it is told. */
export async function storePushSubscription(siteId: string, userId: string, { endpoint, keys }: PushSubscriptionInput): Promise<string> {
  const { rows } = await pool().query<{ id: string }>(
    `INSERT INTO push_subscription (id, site_id, user_id, endpoint, p256dh, auth) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (site_id, endpoint) DO UPDATE SET user_id = $3, p256dh = $5, auth = $6 RETURNING id`,
    [`push_${randomUUID()}`, siteId, userId, endpoint, keys.p256dh, keys.auth],
  )
  await pool().query(
    `DELETE FROM push_subscription WHERE id IN (
       SELECT id FROM push_subscription WHERE site_id = $1 AND user_id = $2 AND id <> $3 ORDER BY created_at DESC OFFSET $4)`,
    [siteId, userId, rows[0]!.id, MOST_BROWSERS - 1],
  )
  return rows[0]!.id
}

/** @param userId whose it must be */
export async function deletePushSubscription(siteId: string, userId: string, endpoint: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    'DELETE FROM push_subscription WHERE site_id = $1 AND user_id = $2 AND endpoint = $3',
    [siteId, userId, endpoint],
  )
  return (rowCount ?? 0) > 0
}

/** A push service said that a browser is gone. */
export async function forgetPushSubscription(id: string): Promise<void> {
  await pool().query('DELETE FROM push_subscription WHERE id = $1', [id])
}

/** The browsers of a site's people who may still see it: members and administrators that are not switched off. */
export async function findPushSubscriptions(siteId: string): Promise<(PushSubscriptionInput & { id: string })[]> {
  const { rows } = await pool().query<{ id: string; endpoint: string; p256dh: string; auth: string }>(
    `SELECT p.id, p.endpoint, p.p256dh, p.auth FROM push_subscription p JOIN user_account u ON u.id = p.user_id
     WHERE p.site_id = $1 AND u.disabled_at IS NULL
       AND (u.role = 'admin' OR EXISTS (SELECT 1 FROM site_member m WHERE m.site_id = p.site_id AND m.user_id = p.user_id))
     ORDER BY p.id`,
    [siteId],
  )
  return rows.map(({ id, endpoint, p256dh, auth }) => ({ id, endpoint, keys: { p256dh, auth } }))
}

export interface VapidKeys {
  publicKey: string
  privateKey: string
}

/** The application's key pair. @param make called where there is none yet; of several processes one's counts */
export async function vapidKeys(make: () => VapidKeys): Promise<VapidKeys> {
  const read = async () =>
    (await pool().query<VapidKeys>('SELECT public_key AS "publicKey", private_key AS "privateKey" FROM vapid_key')).rows[0]
  const known = await read()
  if (known) return known
  const made = make()
  await pool().query('INSERT INTO vapid_key (public_key, private_key) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    made.publicKey,
    made.privateKey,
  ])
  return (await read()) ?? made
}
