import { DateTime } from 'luxon'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { newTariffSchema } from '@/lib/contracts/tariffs'
import { replaceTariffCandidates } from '@/lib/data/site-equipment'
import { findSite } from '@/lib/data/sites'
import { insertTariff } from '@/lib/data/tariffs'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { makeSite, makeUser, TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { writeKnownHome } from '@/scripts/testing/planned-home'
import { findTariffChoice } from './tariff-finding'

const ZONE = 'Pacific/Auckland'

beforeAll(() => provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET }))
afterAll(closePool)

it('compares with the tariff of the site’s own day, which may have begun before the day of Greenwich', async () => {
  const morning = DateTime.fromISO('2026-02-20T08:00', { zone: ZONE })
  expect(morning.toUTC().toISODate()).toBe('2026-02-19')
  const { id, buildingKey } = await makeSite([await makeUser()], ZONE)
  const midnight = morning.startOf('day').toSeconds()
  await writeKnownHome({ buildingKey, fromSeconds: midnight - 20 * 86_400, toSeconds: midnight, baseWatts: () => 500, runs: [] })
  const flat = (name: string, validFrom: string, pricePerKwh: number) =>
    newTariffSchema.parse({ name, validFrom, rate: { kind: 'flat', pricePerKwh } })
  await insertTariff(id, `tariff_${id}_old`, flat('Old', '2020-01-01', 0.3), 'EUR')
  await insertTariff(id, `tariff_${id}_new`, flat('New', '2026-02-20', 0.1), 'EUR')
  await replaceTariffCandidates(id, [flat('Another', '2026-02-20', 0.2)])
  const site = (await findSite(id))!
  const { recommendations, notes } = await findTariffChoice(site, morning.toSeconds())
  expect([recommendations.length, notes.map(({ key }) => key)]).toEqual([0, ['noCheaperTariff']])
})
