import type { BufferStatus } from '@/lib/contracts/buffer-status'
import type { WindowPoint } from '@/lib/contracts/live-events'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import { ALL_BUILDINGS } from '@/lib/live/keys'
import type { LiveUpdate, Subscription } from '@/lib/live/live-store'
import { parseJson, toPrediction, toStatus, toWindow } from '@/lib/live/message-codec'
import type { PostgresLink } from '@/lib/live/postgres-link'
import { MAX_PAYLOAD_BYTES, NOTIFY_CHANNELS, type PostgresListener } from '@/lib/live/postgres-listener'

const UPDATES_AT_ONCE = 200

/** The live half of the store: tables live_state and live_window, both unlogged, and NOTIFY. */
export class PostgresLive {
  constructor(
    private readonly database: PostgresLink,
    private readonly listener: PostgresListener,
    private readonly windowSeconds: number,
  ) {}

  async publishMany(updates: readonly LiveUpdate[]): Promise<void> {
    for (let from = 0; from < updates.length; from += UPDATES_AT_ONCE) {
      await this.publishSome(updates.slice(from, from + UPDATES_AT_ONCE))
    }
  }

  async latest(buildingId: string): Promise<PredictionMessage | null> {
    const [row] = await this.database.query('SELECT latest FROM live_state WHERE building_id = $1', [buildingId])
    return toPrediction(row?.latest)
  }

  async status(buildingId: string): Promise<BufferStatus | null> {
    const [row] = await this.database.query('SELECT status FROM live_state WHERE building_id = $1', [buildingId])
    return toStatus(row?.status)
  }

  async window(buildingId: string): Promise<WindowPoint[]> {
    const rows = await this.database.query('SELECT point FROM live_window WHERE building_id = $1', [buildingId])
    return toWindow(rows.map(({ point }) => point), this.windowSeconds)
  }

  subscribePredictions(buildingId: string, handler: (message: PredictionMessage) => void): Promise<Subscription> {
    return this.listener.add(NOTIFY_CHANNELS.predictions, (payload) => {
      const note = parseJson(payload) as { b?: unknown; m?: unknown } | undefined
      if (typeof note?.b !== 'string' || (buildingId !== ALL_BUILDINGS && note.b !== buildingId)) return
      if (note.m === undefined) {
        // Too large for a payload: it waits in the table. Whoever cannot read it now hears of the next one.
        this.latest(note.b).then((message) => message && handler(message), () => {})
        return
      }
      const message = toPrediction(note.m)
      if (message) handler(message)
    })
  }

  async publishInput(buildingId: string, json: string): Promise<void> {
    const payload = JSON.stringify({ b: buildingId, j: json })
    const bytes = Buffer.byteLength(payload)
    if (bytes > MAX_PAYLOAD_BYTES) {
      throw new Error(`An input message of ${bytes} bytes is too large: at most ${MAX_PAYLOAD_BYTES}.`)
    }
    await this.database.query('SELECT pg_notify($1, $2)', [NOTIFY_CHANNELS.input, payload])
  }

  subscribeInput(buildingId: string, handler: (buildingId: string, json: string) => void): Promise<Subscription> {
    return this.listener.add(NOTIFY_CHANNELS.input, (payload) => {
      const note = parseJson(payload) as { b?: unknown; j?: unknown } | undefined
      if (typeof note?.b !== 'string' || typeof note.j !== 'string') return
      if (buildingId === ALL_BUILDINGS || note.b === buildingId) handler(note.b, note.j)
    })
  }

  private async publishSome(updates: readonly LiveUpdate[]): Promise<void> {
    // One row per key, in one order everywhere: no statement meets a row twice, and two of them cannot deadlock.
    const states = new Map(inOrder(updates).map((update) => [update.message.building_id, update]))
    const points = new Map<string, { buildingId: string; seconds: number; point: WindowPoint }>()
    const newest = new Map<string, number>()
    for (const { message, points: given } of inOrder(updates)) {
      for (const point of given.slice(-this.windowSeconds)) {
        const seconds = point[0] ?? 0
        points.set(`${message.building_id} ${seconds}`, { buildingId: message.building_id, seconds, point })
        newest.set(message.building_id, Math.max(seconds, newest.get(message.building_id) ?? seconds))
      }
    }
    const isRecent = (row: { buildingId: string; seconds: number }) =>
      row.seconds > (newest.get(row.buildingId) ?? 0) - this.windowSeconds
    const rows = [...points.values()].filter(isRecent)
    rows.sort((a, b) => compare(a.buildingId, b.buildingId) || a.seconds - b.seconds)
    await this.database.query(
      `WITH state AS (
         INSERT INTO live_state (building_id, latest, status)
         SELECT * FROM UNNEST($1::text[], $2::jsonb[], $3::jsonb[])
         ON CONFLICT (building_id) DO UPDATE SET latest = EXCLUDED.latest, status = EXCLUDED.status
       ), fresh AS (
         INSERT INTO live_window (building_id, ts, point)
         SELECT * FROM UNNEST($4::text[], $5::float8[], $6::jsonb[])
         ON CONFLICT (building_id, ts) DO UPDATE SET point = EXCLUDED.point
       ), old AS (
         DELETE FROM live_window USING UNNEST($7::text[], $8::float8[]) AS limits (building, oldest)
         WHERE building_id = building AND ts <= oldest
       )
       SELECT pg_notify('${NOTIFY_CHANNELS.predictions}', payload) FROM UNNEST($9::text[]) AS payload`,
      [
        [...states.keys()],
        [...states.values()].map(({ message }) => JSON.stringify(message)),
        [...states.values()].map(({ status }) => JSON.stringify(status)),
        rows.map(({ buildingId }) => buildingId),
        rows.map(({ seconds }) => seconds),
        rows.map(({ point }) => JSON.stringify(point)),
        [...newest.keys()],
        [...newest.values()].map((seconds) => seconds - this.windowSeconds),
        updates.map(({ message }) => toPayload(message)),
      ],
    )
  }
}

function toPayload(message: PredictionMessage): string {
  const whole = JSON.stringify({ b: message.building_id, m: message })
  return Buffer.byteLength(whole) <= MAX_PAYLOAD_BYTES ? whole : JSON.stringify({ b: message.building_id })
}

/** By building; a building's own updates stay in the order given. */
const inOrder = (updates: readonly LiveUpdate[]) =>
  [...updates].sort((a, b) => compare(a.message.building_id, b.message.building_id))

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
