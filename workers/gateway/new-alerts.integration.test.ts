import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { closeSharedLiveStore, sharedLiveStore } from '@/lib/services/shared-live-store'
import { openLiveSocket } from '@/scripts/testing/live-socket'
import { makeSite, makeUser, TEST_SECRET, type TestSite } from '@/scripts/testing/place-fixtures'
import { type Gateway, startGateway } from './gateway-server'

const NEVER = 3_600_000
let gateway: Gateway

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET, LOG_LEVEL: 'fatal' })
  gateway = await startGateway({
    store: sharedLiveStore(),
    log: createLogger('gateway-test'),
    host: '127.0.0.1',
    port: 0,
    publicUrl: undefined,
    intervals: {
      heartbeatMilliseconds: NEVER,
      todayMilliseconds: NEVER,
      alertMilliseconds: 50,
      statusMilliseconds: NEVER,
      recheckMilliseconds: NEVER,
      pingMilliseconds: NEVER,
    },
  })
})
afterAll(async () => {
  await gateway.close()
  await closeSharedLiveStore()
  await closePool()
})

async function storeEvent(site: TestSite, ruleName: string): Promise<string> {
  const id = `alert_${ruleName}_${site.id}`
  const condition = { kind: 'no-readings', minutes: 10 }
  await pool().query(
    `INSERT INTO alert_event (id, site_id, rule_name, severity, condition, subject, value, started_at)
     VALUES ($1, $2, $3, 'critical', $4, $1, 12, now())`,
    [id, site.id, ruleName, JSON.stringify(condition)],
  )
  return id
}

it('an alert reaches the open sockets of its site as new_alert when it begins and when it ends, and no other site’s', async () => {
  const [member, other] = [await makeUser(), await makeUser()]
  const [site, otherSite] = [await makeSite([member]), await makeSite([other])]
  const open = (at: TestSite, token: string) =>
    openLiveSocket(`ws://127.0.0.1:${gateway.port}/ws/site/${at.id}`, { cookie: `next-auth.session-token=${token}` })
  const [own, foreign] = [await open(site, member.token), await open(otherSite, other.token)]
  await Promise.all([own, foreign].map((socket) => socket.event(({ type }) => type === 'snapshot')))
  const id = await storeEvent(site, 'Meter')
  expect(await own.event(({ type }) => type === 'new_alert')).toMatchObject({
    payload: { id, siteId: site.id, severity: 'critical', state: 'active', message: expect.stringContaining('No readings for 12 min') },
  })
  await pool().query(`UPDATE alert_event SET resolved_at = now(), sequence = nextval('alert_event_sequence') WHERE id = $1`, [id])
  await own.event((event) => event.type === 'new_alert' && event.payload.state === 'resolved')
  // What comes to the other site afterwards shows that what was not its own did not.
  await storeEvent(otherSite, 'Elsewhere')
  await foreign.event((event) => event.type === 'new_alert' && event.payload.ruleName === 'Elsewhere')
  expect(foreign.events.filter(({ type }) => type === 'new_alert')).toHaveLength(1)
  for (const { socket } of [own, foreign]) socket.terminate()
})
