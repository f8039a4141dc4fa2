import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { AlertDelivery } from '@/lib/contracts/alerts'
import { pool, withTransaction } from '@/lib/infra/db'

export type Transition = 'fired' | 'resolved'

/** One message to one channel: of one event, or what quiet hours gathered. */
export interface DueMessage {
  /** The same at every attempt. */
  batchId: string
  channelId: string
  /** Whether it is what quiet hours held back. */
  held: boolean
  items: { deliveryId: string; eventId: string; transition: Transition }[]
  attempts: number
}

/** @param dueAt Unix seconds; @param held whether quiet hours are the reason to wait */
export async function insertDelivery(
  client: PoolClient,
  delivery: { eventId: string; channelId: string; transition: Transition; held: boolean; dueAt: number },
): Promise<void> {
  await client.query(
    `INSERT INTO alert_delivery (id, event_id, channel_id, transition, held, due_at)
     SELECT $1, $2, $3, $4, $5, to_timestamp($6) WHERE EXISTS (SELECT 1 FROM alert_channel WHERE id = $3 AND enabled)
     ON CONFLICT (event_id, channel_id, transition) DO NOTHING`,
    [`delivery_${randomUUID()}`, delivery.eventId, delivery.channelId, delivery.transition, delivery.held, delivery.dueAt],
  )
}

/** Longer than any channel may take. */
const SENDING_SECONDS = 120

/**
 * What was begun and never heard of again: the process ended while it sent. Whether it arrived is not known, and telling somebody
 * twice is not an option, so it is left at that.
 */
export async function giveUpInterrupted(): Promise<number> {
  const { rowCount } = await pool().query(
    `UPDATE alert_delivery SET status = 'unknown', finished_at = now(), error = 'The application ended while it was being sent.'
     WHERE status = 'sending' AND sending_since < now() - make_interval(secs => $1)`,
    [SENDING_SECONDS],
  )
  return rowCount ?? 0
}

/** So many of one site's messages are sent at once: receivers that do not answer must not hold up other people's. */
const MOST_OF_A_SITE = 2
/** Of advisory locks. */
const TAKING_LOCK = 810_011

/** Takes the message that has been due longest, and notes that it is being sent before it is. null where none is due. */
export async function takeDueMessage(): Promise<DueMessage | null> {
  return withTransaction(async (client) => {
    // One after the other, so that together they keep to what a site may have at once.
    await client.query('SELECT pg_advisory_xact_lock($1)', [TAKING_LOCK])
    // The channel is locked, so that nothing is added meanwhile to what belongs into one message.
    const channel = await client.query<{ id: string }>(
      `SELECT c.id FROM alert_channel c JOIN LATERAL (SELECT min(due_at) AS due_at FROM alert_delivery d
         WHERE d.channel_id = c.id AND d.status = 'waiting' AND d.due_at <= now()) first ON first.due_at IS NOT NULL
       WHERE c.enabled AND (SELECT count(*) FROM alert_delivery s JOIN alert_channel o ON o.id = s.channel_id
         WHERE o.site_id = c.site_id AND s.status = 'sending' AND s.sending_since > now() - make_interval(secs => $2)) < $1
       ORDER BY first.due_at LIMIT 1 FOR NO KEY UPDATE OF c SKIP LOCKED`,
      [MOST_OF_A_SITE, SENDING_SECONDS],
    )
    const { rows } = await client.query<{ id: string; channel_id: string; held: boolean; batch_id: string | null }>(
      `SELECT id, channel_id, held, batch_id FROM alert_delivery
       WHERE channel_id = $1 AND status = 'waiting' AND due_at <= now() ORDER BY due_at, id LIMIT 1`,
      [channel.rows[0]?.id ?? null],
    )
    const first = rows[0]
    if (!first) return null
    const taken = await client.query<{ id: string; event_id: string; transition: Transition; attempts: number }>(
      `UPDATE alert_delivery SET status = 'sending', sending_since = now(), attempts = attempts + 1, batch_id = $2
       WHERE id IN (SELECT id FROM alert_delivery WHERE status = 'waiting' AND channel_id = $3 AND CASE
           WHEN $4::text IS NOT NULL THEN batch_id = $4
           WHEN $5 THEN held AND batch_id IS NULL AND due_at <= now()
           ELSE id = $1 END FOR UPDATE)
       RETURNING id, event_id, transition, attempts`,
      [first.id, first.batch_id ?? first.id, first.channel_id, first.batch_id, first.held],
    )
    return {
      batchId: first.batch_id ?? first.id,
      channelId: first.channel_id,
      held: first.held,
      items: taken.rows.map(({ id, event_id, transition }) => ({ deliveryId: id, eventId: event_id, transition })),
      attempts: Math.max(...taken.rows.map(({ attempts }) => attempts)),
    }
  })
}

/** Quiet hours began before a message could be sent: it waits for their end, Unix seconds, and goes out with the others then. */
export async function holdMessage({ batchId, channelId }: Pick<DueMessage, 'batchId' | 'channelId'>, untilSeconds: number): Promise<void> {
  // What was tried before keeps its id, by which a receiver tells a repetition.
  await pool().query(
    `UPDATE alert_delivery SET status = 'waiting', sending_since = NULL, due_at = to_timestamp($3), attempts = attempts - 1,
       held = held OR attempts = 1, batch_id = CASE WHEN attempts > 1 THEN batch_id END
     WHERE batch_id = $1 AND channel_id = $2 AND status = 'sending'`,
    [batchId, channelId, untilSeconds],
  )
}

/** What came of a message. @param retryInSeconds null: it is not tried again */
export async function finishMessage(
  { batchId, channelId }: Pick<DueMessage, 'batchId' | 'channelId'>,
  error: string | null,
  retryInSeconds: number | null = null,
): Promise<void> {
  const status = error === null ? 'sent' : retryInSeconds === null ? 'failed' : 'waiting'
  await pool().query(
    `UPDATE alert_delivery SET status = $3, error = $4, sending_since = NULL,
       due_at = CASE WHEN $3 = 'waiting' THEN now() + make_interval(secs => $5) ELSE due_at END,
       finished_at = CASE WHEN $3 = 'waiting' THEN NULL ELSE now() END
     WHERE batch_id = $1 AND channel_id = $2 AND status = 'sending'`,
    [batchId, channelId, status, error, retryInSeconds ?? 0],
  )
}

/** Who was told, or is to be told, of which event. */
export async function findDeliveries(eventIds: readonly string[]): Promise<{ eventId: string; delivery: AlertDelivery }[]> {
  const { rows } = await pool().query<AlertDelivery & { event_id: string }>(
    `SELECT d.event_id, d.channel_id AS "channelId", c.name AS "channelName", d.transition, d.status, d.attempts, d.error,
       extract(epoch FROM d.due_at)::float8 AS "dueAt"
     FROM alert_delivery d JOIN alert_channel c ON c.id = d.channel_id WHERE d.event_id = ANY($1) ORDER BY d.due_at, d.id`,
    [eventIds],
  )
  return rows.map(({ event_id: eventId, ...delivery }) => ({ eventId, delivery }))
}
