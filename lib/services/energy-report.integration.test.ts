import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { EnergyReport } from '@/lib/contracts/energy'
import type { NewTariff } from '@/lib/contracts/tariffs'
import { insertTariff } from '@/lib/data/tariffs'
import { closePool, pool } from '@/lib/infra/db'
import { provideEnv } from '@/lib/env'
import { makeSite, makeUser, TEST_SECRET, type TestSite } from '@/scripts/testing/place-fixtures'
import { setCheckpoint, writeMadeUpMinutes } from '@/scripts/testing/made-up-minutes'
import { getEnergyReportOf, type EnergyQuery } from './energy-report'

const at = (iso: string) => Date.parse(iso) / 1000
const FROM = at('2025-02-20T00:00:00Z')
const TO = at('2026-04-10T00:00:00Z')
const NOW = at('2026-04-12T00:00:00Z')

let user: CurrentUser

async function makeHome(timeZone: string, hasSolar: boolean): Promise<TestSite> {
  const owner = await makeUser()
  user = { id: owner.id, username: owner.username, role: 'viewer', siteScope: 'all' }
  const site = await makeSite([owner], timeZone)
  await writeMadeUpMinutes({ buildingKey: site.buildingKey, fromSeconds: FROM, toSeconds: TO, hasSolar })
  // The newest hours are summed up from their minutes.
  await setCheckpoint(pool(), site.buildingKey, TO - 7300)
  return site
}

async function report(site: TestSite, query: Partial<EnergyQuery>): Promise<EnergyReport> {
  const answer = await getEnergyReportOf(
    user,
    site.id,
    { from: '2025-03-01', to: '2026-04-01', granularity: 'month', by: 'appliance', ...query },
    NOW,
  )
  if (!answer || 'field' in answer) throw new Error(JSON.stringify(answer))
  return answer
}

beforeAll(() =>
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET }),
)
afterAll(closePool)

/** The same sums as PostgreSQL makes them from the minutes, with its own knowledge of time zones. */
async function minutesBy(site: TestSite, unit: 'hour' | 'day' | 'month', zone: string, from: string, to: string) {
  const bounds = `minute >= ($2::timestamp AT TIME ZONE $3) AND minute < ($4::timestamp AT TIME ZONE $3)`
  // Together with its offset from UTC: an hour that the clock shows twice is two hours.
  const bucket = `(date_trunc('${unit}', minute AT TIME ZONE $3),
    CASE WHEN '${unit}' = 'hour' THEN minute AT TIME ZONE 'UTC' - minute AT TIME ZONE $3 END)`
  const values = [site.buildingKey, from, zone, to]
  const meter = await pool().query<{ imported: number; exported: number; covered: number }>(
    `SELECT sum(GREATEST(energy_wh, 0)) AS imported, -sum(LEAST(energy_wh, 0)) AS exported, sum(covered_seconds::float8) AS covered
     FROM power_minute WHERE building_key = $1 AND ${bounds} GROUP BY ${bucket} ORDER BY ${bucket}`,
    values,
  )
  const appliances = await pool().query<{ wh: number }>(
    `SELECT sum(energy_wh) AS wh FROM appliance_minute WHERE building_key = $1 AND ${bounds}
     GROUP BY ${bucket}, appliance ORDER BY ${bucket}, appliance`,
    values,
  )
  return { meter: meter.rows, appliancesWh: appliances.rows.map(({ wh }) => wh) }
}

function expectToAddUp(answer: EnergyReport): void {
  for (const sum of [answer.total, ...answer.buckets]) {
    if (sum.energyKwh === null) {
      expect(sum.items).toEqual([])
      continue
    }
    const energyKwh = sum.items.reduce((total, item) => total + item.energyKwh, 0)
    const cost = sum.items.reduce((total, item) => total + (item.cost ?? 0), 0)
    expect(energyKwh).toBeCloseTo(sum.energyKwh, 9)
    expect(sum.energyKwh).toBeCloseTo(sum.importedKwh! - sum.exportedKwh!, 9)
    expect(cost).toBeCloseTo(sum.energyCost!, 9)
    expect(sum.cost).toBeCloseTo(sum.energyCost! + sum.standingCharge, 9)
    for (const item of sum.items) if (item.key !== 'export') expect(item.energyKwh).toBeGreaterThanOrEqual(-1e-9)
  }
  const over = (of: (bucket: EnergyReport['buckets'][number]) => number | null) =>
    answer.buckets.reduce((total, bucket) => total + (of(bucket) ?? 0), 0)
  expect(over((bucket) => bucket.energyKwh)).toBeCloseTo(answer.total.energyKwh!, 7)
  expect(over((bucket) => bucket.cost)).toBeCloseTo(answer.total.cost!, 7)
}

let berlin: TestSite

describe.each([
  ['Europe/Berlin', true],
  ['Asia/Kolkata', false],
] as const)('thirteen months of a home in %s (solar: %s)', (zone, hasSolar) => {
  let site: TestSite
  beforeAll(async () => {
    site = await makeHome(zone, hasSolar)
    if (zone === 'Europe/Berlin') berlin = site
  }, 300_000)

  it.each([
    ['month', '2025-03-01', '2026-04-01'],
    ['day', '2025-03-01', '2026-04-01'],
    ['hour', '2025-03-20', '2025-04-20'],
    ['hour', '2025-10-01', '2025-11-01'],
  ] as const)('appliances, other and feed-in are the meter, in total and by %s from %s', async (granularity, from, to) => {
    const answer = await report(site, { granularity, from, to })
    expectToAddUp(answer)
    expect(answer.total.energyKwh).toBeGreaterThan(10)
    expect(answer.total.exportedKwh! > 0).toBe(hasSolar)
    const expected = await minutesBy(site, granularity, zone, from, to)
    const measured = answer.buckets.filter(({ energyKwh }) => energyKwh !== null)
    expect(measured.length).toBe(expected.meter.length)
    for (const [index, bucket] of measured.entries()) {
      const { imported, exported, covered } = expected.meter[index]!
      expect(bucket.importedKwh).toBeCloseTo(imported / 1000, 9)
      expect(bucket.exportedKwh).toBeCloseTo(exported / 1000, 9)
      expect(bucket.coverage).toBeCloseTo(Math.min(1, covered / (bucket.to - bucket.from)), 6)
    }
    const appliancesKwh = measured.flatMap(({ items }) =>
      items.filter(({ key }) => key !== 'other' && key !== 'export').map(({ energyKwh }) => energyKwh),
    )
    expect(appliancesKwh.length).toBe(expected.appliancesWh.length)
    expect(appliancesKwh.reduce((a, b) => a + b, 0)).toBeCloseTo(expected.appliancesWh.reduce((a, b) => a + b, 0) / 1000, 6)
  })

  it('has days of their true length when the clocks change, and no minute twice', async () => {
    const { buckets } = await report(site, { granularity: 'day' })
    const hours = buckets.map(({ from, to }) => (to - from) / 3600)
    expect(hours.filter((length) => length !== 24)).toEqual(zone === 'Europe/Berlin' ? [23, 25, 23] : [])
    for (const [index, bucket] of buckets.slice(1).entries()) expect(bucket.from).toBe(buckets[index]!.to)
  })

  it('knows the highest mean over a quarter of an hour, within the period only', async () => {
    for (const [from, to] of [['2025-03-01', '2026-04-11'], ['2025-07-01T03:15:00Z', '2025-07-01T05:45:00Z']] as const) {
      const { peak } = await report(site, { from, to, granularity: 'month' })
      const { rows } = await pool().query<{ watts: number }>(
        `SELECT max(watts) AS watts FROM (
           SELECT 4 * sum(GREATEST(energy_wh, 0)) AS watts FROM power_minute WHERE building_key = $1
             AND minute >= to_timestamp($2) AND minute < to_timestamp($3) GROUP BY date_bin('15 minutes', minute, '2000-01-01Z')) q`,
        [site.buildingKey, from.includes('T') ? at(from) : at(`${from}T00:00:00Z`) - 86_400, to.includes('T') ? at(to) : TO],
      )
      expect(peak?.powerWatts).toBeCloseTo(rows[0]!.watts, 6)
    }
  })

  it('says the same of hours that are summed up and of those still read from their minutes', async () => {
    const query = { granularity: 'day', from: '2026-04-08', to: '2026-04-11' } as const
    await setCheckpoint(pool(), site.buildingKey, TO + 7200)
    const fromHours = await report(site, query)
    await setCheckpoint(pool(), site.buildingKey, at('2026-04-08T16:20:00Z'))
    const fromMinutes = await report(site, query)
    expectToAddUp(fromMinutes)
    expect(fromMinutes.total.energyKwh).toBeCloseTo(fromHours.total.energyKwh!, 9)
    expect(fromMinutes.buckets.map(({ coverage }) => coverage)).toEqual(
      fromHours.buckets.map(({ coverage }) => expect.closeTo(coverage, 6) as number),
    )
  })
})

describe('the money of the same home', () => {
  let site: TestSite
  beforeAll(() => {
    site = berlin
  })
  const enter = (tariff: Partial<NewTariff> & Pick<NewTariff, 'validFrom' | 'rate'>) =>
    insertTariff(
      site.id,
      `tariff_${tariff.validFrom}_${site.id}`,
      { name: 'T', standingChargePerDay: 0, exportCreditPerKwh: 0, ...tariff },
      'EUR',
    )

  it('follows each tariff over its own time: plain, changed in mid-month, by time of use, in blocks', async () => {
    await enter({
      validFrom: '2025-06-15',
      rate: { kind: 'flat', pricePerKwh: 0.4 },
      standingChargePerDay: 0.5,
      exportCreditPerKwh: 0.08,
    })
    await enter({
      validFrom: '2025-10-01',
      exportCreditPerKwh: 0.08,
      rate: {
        kind: 'time_of_use',
        defaultPricePerKwh: 0.35,
        windows: [{ name: 'Night', weekdays: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00', pricePerKwh: 0.2 }],
      },
    })
    await enter({
      validFrom: '2026-01-10',
      rate: {
        kind: 'tiered',
        blocks: [
          { upToKwh: 50, pricePerKwh: 0.2 },
          { upToKwh: 120, pricePerKwh: 0.3 },
          { upToKwh: null, pricePerKwh: 0.5 },
        ],
      },
    })
    const answer = await report(site, { granularity: 'month' })
    expectToAddUp(answer)

    const local = `minute AT TIME ZONE 'Europe/Berlin'`
    const { rows } = await pool().query<{ month: string; cost: number }>(
      `SELECT to_char(${local}, 'YYYY-MM') AS month, sum(CASE
         WHEN ${local} < '2025-06-15' THEN energy_wh * 0.31
         WHEN ${local} < '2025-10-01' THEN GREATEST(energy_wh, 0) * 0.4 + LEAST(energy_wh, 0) * 0.08
         WHEN date_part('hour', ${local}) BETWEEN 6 AND 21 THEN GREATEST(energy_wh, 0) * 0.35 + LEAST(energy_wh, 0) * 0.08
         ELSE GREATEST(energy_wh, 0) * 0.2 + LEAST(energy_wh, 0) * 0.08 END) / 1000 AS cost
       FROM power_minute WHERE building_key = $1 AND ${local} >= '2025-03-01' AND ${local} < '2026-01-01' GROUP BY 1 ORDER BY 1`,
      [site.buildingKey],
    )
    expect(answer.buckets.slice(0, 10).map(({ energyCost }) => energyCost)).toEqual(
      rows.map(({ cost }) => expect.closeTo(cost, 8) as number),
    )
    const charges = answer.buckets.map(({ standingCharge }) => standingCharge)
    expect(charges.slice(0, 8)).toEqual([0, 0, 0, 8, 15.5, 15.5, 15, 0].map((charge) => expect.closeTo(charge, 9) as number))

    const inBlocks = (kwh: number) =>
      Math.min(kwh, 50) * 0.2 + Math.min(Math.max(kwh - 50, 0), 70) * 0.3 + Math.max(kwh - 120, 0) * 0.5
    for (const month of answer.buckets.slice(11)) expect(month.energyCost).toBeCloseTo(inBlocks(month.importedKwh!), 8)
  })

  it('counts the blocks of a month from its first day, wherever the period begins, and anew in the next', async () => {
    const month = await report(site, { from: '2026-02-01', to: '2026-03-01', granularity: 'month' })
    const days = await report(site, { from: '2026-02-01', to: '2026-03-01', granularity: 'day' })
    const tail = await report(site, { from: '2026-02-17T07:45:00+01:00', to: '2026-03-05', granularity: 'day' })
    expectToAddUp(tail)
    expect(days.total.energyCost).toBeCloseTo(month.total.energyCost!, 8)
    expect(tail.buckets[1]!.energyCost).toBeCloseTo(days.buckets[17]!.energyCost!, 9)
    const march = await report(site, { from: '2026-03-01', to: '2026-03-02', granularity: 'day' })
    expect(march.total.energyCost! / march.total.importedKwh!).toBeCloseTo(0.2, 9)
  })

  it('shares an hour that runs through blocks by energy, so that every appliance pays the same price in it', async () => {
    const { buckets } = await report(site, { from: '2026-02-05', to: '2026-02-12', granularity: 'hour' })
    for (const { items } of buckets) {
      const prices = items
        .filter(({ key, energyKwh }) => key !== 'export' && energyKwh > 1e-6)
        .map(({ cost, energyKwh }) => cost! / energyKwh)
      for (const price of prices) expect(price).toBeCloseTo(prices[0]!, 9)
    }
  })

  it('leaves out what has no price, and says how much that is', async () => {
    await enter({
      validFrom: '2026-04-01',
      rate: { kind: 'dynamic', multiplier: 1, surchargePerKwh: 0.1, fallbackPricePerKwh: null },
    })
    const before = await report(site, { from: '2026-04-01', to: '2026-04-03', granularity: 'day' })
    expect([before.total.cost, before.total.pricedShare < 1]).toEqual([0, true])
    await pool().query(
      `INSERT INTO site_hourly_value (site_id, kind, starts_at, value)
       SELECT $1, 'price', h, date_part('hour', h AT TIME ZONE 'UTC') / 100
       FROM generate_series('2026-03-31T22:00:00Z'::timestamptz, '2026-04-01T21:00:00Z', '1 hour') h`,
      [site.id],
    )
    const [first, second] = (await report(site, { from: '2026-04-01', to: '2026-04-03', granularity: 'day' })).buckets
    const { rows } = await pool().query<{ cost: number }>(
      `SELECT sum(GREATEST(energy_wh, 0) * (date_part('hour', minute AT TIME ZONE 'UTC') / 100 + 0.1)) / 1000 AS cost FROM power_minute
       WHERE building_key = $1 AND minute >= '2026-03-31T22:00:00Z' AND minute < '2026-04-01T22:00:00Z'`,
      [site.buildingKey],
    )
    expect(first!.energyCost).toBeCloseTo(rows[0]!.cost, 9)
    expect(first!.pricedShare).toBe(1)
    expect(second!.items.filter(({ key }) => key !== 'export').every(({ cost }) => cost === null)).toBe(true)
  })
})
