import type { PUT } from '@/app/api/v1/sites/[id]/alerts/quiet-hours/route'
import { POST as postChannel } from '@/app/api/v1/sites/[id]/alerts/channels/route'
import { GET as getEvents } from '@/app/api/v1/sites/[id]/alerts/events/route'
import { POST as postRule } from '@/app/api/v1/sites/[id]/alerts/rules/route'
import { alertHistorySchema, type AlertCondition, type AlertHistory } from '@/lib/contracts/alerts'
import { pool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { makeSite, makeUser, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'
import { evaluateSite } from '../evaluate-rules'

/** A full minute, noon at the site. */
export const START = Date.parse('2026-06-01T10:00:00Z') / 1000
export const WEBHOOK_SECRET = 'a-secret-of-at-least-16'

export async function ask(handler: typeof PUT, user: TestUser, params: Record<string, string>, body?: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${user.token}` }
  const request = new Request('http://localhost/api', body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) })
  return handler(request, { params: Promise.resolve(params) })
}

/** A site whose alerts are looked at when a test says so; those of other tests are gone. */
export class AlertSite {
  private readonly log = createLogger('test')

  private constructor(
    readonly site: TestSite,
    readonly person: TestUser,
    readonly viewer: TestUser,
    readonly stranger: TestUser,
  ) {}

  static async open(): Promise<AlertSite> {
    await pool().query(`SELECT ensure_partitions(to_timestamp($1), to_timestamp($1) + interval '2 days')`, [START - 86_400])
    await pool().query('DELETE FROM alert_rule')
    await pool().query('DELETE FROM alert_channel')
    return AlertSite.another()
  }

  /** One more beside those that are there. */
  static async another(): Promise<AlertSite> {
    const [person, viewer, stranger] = await Promise.all([makeUser('operator'), makeUser('viewer'), makeUser('operator')])
    return new AlertSite(await makeSite([person, viewer]), person, viewer, stranger)
  }

  /** Mean watts of minutes in a row. @param from Unix seconds */
  async storeMinutes(from: number, watts: readonly number[]): Promise<void> {
    for (const [index, value] of watts.entries()) {
      await pool().query(
        `INSERT INTO power_minute (building_key, minute, energy_wh, covered_seconds, min_watts, max_watts)
         VALUES ($1, to_timestamp($2), $3, 60, $4, $4) ON CONFLICT (building_key, minute) DO UPDATE SET energy_wh = $3`,
        [this.site.buildingKey, from + index * 60, value / 60, value],
      )
    }
  }

  async storeReading(atSeconds: number): Promise<void> {
    await pool().query(`INSERT INTO power_raw (building_key, ts, power_watts, source) VALUES ($1, to_timestamp($2), 1, 'test')`, [
      this.site.buildingKey,
      atSeconds,
    ])
  }

  async addChannel(config: unknown, language = 'en'): Promise<string> {
    return this.#created(await ask(postChannel, this.person, { id: this.site.id }, { name: 'Channel', language, config }))
  }

  async addRule(condition: AlertCondition, channelIds: string[], more: object = {}): Promise<string> {
    const rule = { name: 'A rule', condition, channelIds, cooldownMinutes: 0, ...more }
    const id = await this.#created(await ask(postRule, this.person, { id: this.site.id }, rule))
    await pool().query('UPDATE alert_rule SET armed_at = to_timestamp($2) WHERE id = $1', [id, START])
    return id
  }

  async history(): Promise<AlertHistory['data']> {
    return alertHistorySchema.parse(await (await ask(getEvents, this.person, { id: this.site.id })).json()).data
  }

  /** Looks at the rules as if START were so many minutes ago. */
  look(minute: number): Promise<void> {
    return evaluateSite(this.site.id, this.log, START + minute * 60)
  }

  async #created(answer: Response): Promise<string> {
    if (answer.status !== 201) throw new Error(await answer.text())
    return ((await answer.json()) as { id: string }).id
  }
}
