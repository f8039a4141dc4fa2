import { randomUUID } from 'node:crypto'
import { APPLIANCES } from '@/lib/contracts/appliances'
import type { Role } from '@/lib/contracts/current-user'
import type { WindowPoint } from '@/lib/contracts/live-events'
import { encodeSessionToken, SESSION_SECONDS } from '@/lib/auth/session-token'
import { prisma } from '@/lib/data/prisma'
import type { LiveUpdate } from '@/lib/live/live-store'

/** A secret for tests, long enough to pass outside demo mode. */
export const TEST_SECRET = 'a-secret-of-the-tests-0123456789-abcdefghij'

export interface TestUser {
  id: string
  username: string
  token: string
}

export async function makeUser(role: Role = 'viewer', passwordHash = 'no-password'): Promise<TestUser> {
  const id = `user_${randomUUID()}`
  await prisma().user.create({ data: { id, username: id, passwordHash, role } })
  return { id, username: id, token: await issueSessionToken({ id, username: id }) }
}

/** A session with its token, as next-auth puts it into its cookie; REST callers send the same as `Authorization: Bearer`. */
export async function issueSessionToken(user: { id: string; username: string }, maxAgeSeconds = SESSION_SECONDS): Promise<string> {
  const sessionId = `session_${randomUUID()}`
  const expiresAt = new Date(Date.now() + SESSION_SECONDS * 1000)
  await prisma().userSession.create({ data: { id: sessionId, userId: user.id, kind: 'token', expiresAt } })
  return encodeSessionToken({ userId: user.id, username: user.username, sessionId }, maxAgeSeconds)
}

export interface TestSite {
  id: string
  buildingId: string
  buildingKey: number
}

/** A site with one building and these members. */
export async function makeSite(members: readonly TestUser[], timeZone = 'Europe/Berlin'): Promise<TestSite> {
  const id = `site_${randomUUID()}`
  const buildingId = `building_${randomUUID()}`
  const site = await prisma().site.create({
    data: {
      id,
      name: id,
      timeZone,
      currency: 'EUR',
      pricePerKwh: 0.31,
      members: { create: members.map((user) => ({ userId: user.id })) },
      buildings: { create: { id: buildingId, name: 'House' } },
    },
    select: { buildings: { select: { key: true } } },
  })
  return { id, buildingId, buildingKey: site.buildings[0]?.key ?? NaN }
}

/** Another building of a site; its time series are its own. */
export async function addBuilding(site: TestSite): Promise<TestSite> {
  const { id, key } = await prisma().building.create({ data: { id: `building_${randomUUID()}`, name: 'Annexe', siteId: site.id } })
  return { id: site.id, buildingId: id, buildingKey: key }
}

/** A second of a building as a worker publishes it, with its point of the window. */
export function makeUpdate(buildingId: string, timestamp: number, modelVersion = 'test-1'): LiveUpdate {
  const watts = APPLIANCES.map((_, index) => 10 * (index + 1))
  const appliancesWatts = watts.reduce((total, value) => total + value, 0)
  const point: WindowPoint = [timestamp, appliancesWatts + 40, ...watts, 40]
  return {
    message: {
      timestamp,
      window_start: timestamp - 1536,
      window_end: timestamp,
      total_power: appliancesWatts + 40,
      inference_time_ms: 1,
      predictions: APPLIANCES.map((appliance, index) => ({
        appliance,
        power_watts: watts[index] ?? 0,
        probability: 0.9,
        is_on: true,
        confidence: 0.8,
        available: true,
        experimental: false,
      })),
      building_id: buildingId,
      other_watts: 40,
      model_version: modelVersion,
      ready: true,
      simulated: false,
    },
    status: {
      building_id: buildingId,
      buffer_size: 1536,
      window_size: 1536,
      ready: true,
      fill_percent: 100,
      last_sample_time: timestamp,
      last_inference_time: timestamp,
      lag_seconds: 0,
      model_version: modelVersion,
      meter_interval_seconds: 1,
      duplicate_samples: 0,
      late_samples: 0,
      rejected_samples: 0,
      worker: 'test',
    },
    points: [point],
  }
}
