import type { BufferStatus } from '@/lib/contracts/buffer-status'
import type { WindowPoint } from '@/lib/contracts/live-events'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import { ALL_BUILDINGS } from '@/lib/live/keys'
import type { LiveUpdate, Subscription } from '@/lib/live/live-store'
import { parseJson, pointsToStore, secondsOf, toPrediction, toStatus, toWindow } from '@/lib/live/message-codec'
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
    const rows = await this.database.query('SELECT point FROM live_window WHERE building_id = $1 ORDER BY ts', [buildingId])
    return toWindow(rows.map(({ point }) => point), this.windowSeconds)
  }

  async forget(buildingId: string): Promise<void> {
    // The state first, as publishing does, so that the two cannot wait for each other.
    await this.database.query('DELETE FROM live_state WHERE building_id = $1', [buildingId])
    await this.database.query('DELETE FROM live_window WHERE building_id = $1', [buildingId])
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
    for (const update of inOrder(updates)) {
      const buildingId = update.message.building_id
      for (const point of pointsToStore(update, this.windowSeconds)) {
        points.set(`${buildingId} ${secondsOf(point)}`, { buildingId, seconds: secondsOf(point), point })
      }
    }
    // A building's last message is the truth about now, also when it is older than one before it.
    const isInWindow = ({ buildingId, seconds }: { buildingId: string; seconds: number }) => {
      const newest = states.get(buildingId)?.message.timestamp ?? 0
      return seconds <= newest && seconds > newest - this.windowSeconds
    }
    const rows = [...points.values()].filter(isInWindow)
    rows.sort((a, b) => compare(a.buildingId, b.buildingId) || a.seconds - b.seconds)
    await this.database.query(
      // The window waits for the counts of states: who writes it holds the states first, in one order, so no two can deadlock.
      `WITH state AS (
         INSERT INTO live_state (building_id, latest, status)
         SELECT * FROM UNNEST($1::text[], $2::jsonb[], $3::jsonb[])
         ON CONFLICT (building_id) DO UPDATE SET latest = EXCLUDED.latest, status = EXCLUDED.status
         RETURNING building_id
       ), fresh AS (
         INSERT INTO live_window (building_id, ts, point)
         SELECT * FROM UNNEST($4::text[], $5::float8[], $6::jsonb[]) WHERE (SELECT count(*) FROM state) >= 0
         ON CONFLICT (building_id, ts) DO UPDATE SET point = EXCLUDED.point
       ), bounds AS (
         -- live_state is seen as it was before: a message that leaps ahead does not yet cost the window its past.
         SELECT building, newest, LEAST(newest, (latest->>'timestamp')::float8) - $9::float8 AS oldest
         FROM UNNEST($7::text[], $8::float8[]) AS given (building, newest) LEFT JOIN live_state ON building_id = building
       ), void AS (
         DELETE FROM live_window USING bounds WHERE building_id = building AND (ts <= oldest OR ts > newest)
           AND (SELECT count(*) FROM state) >= 0
       )
       SELECT pg_notify('${NOTIFY_CHANNELS.predictions}', payload) FROM UNNEST($10::text[]) AS payload`,
      [
        [...states.keys()],
        [...states.values()].map(({ message }) => JSON.stringify(message)),
        [...states.values()].map(({ status }) => JSON.stringify(status)),
        rows.map(({ buildingId }) => buildingId),
        rows.map(({ seconds }) => seconds),
        rows.map(({ point }) => JSON.stringify(point)),
        [...states.keys()],
        [...states.values()].map(({ message }) => message.timestamp),
        this.windowSeconds,
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
