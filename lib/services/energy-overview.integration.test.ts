import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { TariffRate } from '@/lib/contracts/tariffs'
import { insertTariff } from '@/lib/data/tariffs'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { setCheckpoint, writeMadeUpMinutes } from '@/scripts/testing/made-up-minutes'
import { makeSite, makeUser, TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { getEnergyOverviewOf } from './energy-overview'
import { closeSharedLiveStore } from './shared-live-store'

beforeAll(() =>
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET }),
)
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

const [WORKDAY, WEEKEND] = [0.5, 0.1]
/** A Saturday at 0:00, with a Sunday after it before the month ends. */
const NOW = Date.UTC(2026, 4, 30) / 1000
const WEEKEND_CHEAP: TariffRate = {
  kind: 'time_of_use',
  windows: [{ name: 'Weekend', weekdays: [6, 7], from: '00:00', to: '24:00', pricePerKwh: WEEKEND }],
  defaultPricePerKwh: WORKDAY,
}
const TARIFF = { standingChargePerDay: 0, exportCreditPerKwh: 0 }

async function overviewUnder(validFrom: string) {
  const member = await makeUser()
  const { id, buildingKey } = await makeSite([member], 'UTC')
  await writeMadeUpMinutes({ buildingKey, fromSeconds: NOW - 30 * 86_400, toSeconds: NOW, hasSolar: false })
  await setCheckpoint(pool(), buildingKey, NOW)
  const old = { ...TARIFF, name: 'Old', validFrom: '2026-01-01', rate: { kind: 'flat', pricePerKwh: 3 } as const }
  await insertTariff(id, randomUUID(), old, 'EUR')
  await insertTariff(id, randomUUID(), { ...TARIFF, name: 'New', validFrom, rate: WEEKEND_CHEAP }, 'EUR')
  const user: CurrentUser = { id: member.id, username: member.username, role: 'viewer', siteScope: 'member' }
  return (await getEnergyOverviewOf(user, id, NOW))!
}

it.each([
  ['has held for weeks', '2026-03-01'],
  ['begins today', '2026-05-30'],
])('what is always on and the rest of the month cost what the tariff of now says, which %s', async (_, validFrom) => {
  const { alwaysOn, expected, month } = await overviewUnder(validFrom)
  const mean = (5 * WORKDAY + 2 * WEEKEND) / 7
  expect(alwaysOn?.tariffName).toBe('New')
  expect(alwaysOn?.costPerMonth).toBeCloseTo((alwaysOn!.powerWatts / 1000) * 730.5 * mean, 9)
  const restKwh = expected!.energyKwh - month.total.energyKwh!
  expect(restKwh).toBeGreaterThan(0)
  expect(expected?.cost).toBeCloseTo(month.total.cost! + restKwh * WEEKEND, 9)
})
