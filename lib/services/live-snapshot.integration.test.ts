import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { liveSnapshotSchema } from '@/lib/contracts/live-events'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { upsertActivations, upsertMinutes } from '@/lib/data/series-write'
import { insertTariff } from '@/lib/data/tariffs'
import { provideEnv } from '@/lib/env'
import { closePool, pool, withTransaction } from '@/lib/infra/db'
import type { MinuteEstimate } from '@/lib/nilm/session-types'
import { addBuilding, makeSite, makeUpdate, TEST_SECRET, type TestSite } from '@/scripts/testing/place-fixtures'
import { getLiveSnapshot } from './live-snapshot'
import { closeSharedLiveStore, sharedLiveStore } from './shared-live-store'

const at = (iso: string) => Date.parse(iso) / 1000
let modelVersionId: number

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  modelVersionId = await ensureModelVersion('live-snapshot-test', '1')
  await pool().query(`SELECT ensure_partitions('2025-10-01', '2025-11-30')`)
})
afterAll(async () => {
  vi.useRealTimers()
  await closeSharedLiveStore()
  await closePool()
})

/** A minute with energy on the meter and, for the appliances in `drawing` (index to Wh), in them. */
function minuteAt(minuteSeconds: number, meterEnergyWh: number, drawing: Record<number, number> = {}): MinuteEstimate {
  return {
    minuteSeconds,
    meterEnergyWh,
    coveredSeconds: 60,
    minWatts: 0,
    maxWatts: 1000,
    appliances: Array.from({ length: 11 }, (_, index) => ({
      energyWh: drawing[index] ?? 0,
      onSeconds: drawing[index] === undefined ? 0 : 60,
      confidence: 0.8,
    })),
  }
}

function store(site: TestSite, minutes: readonly MinuteEstimate[]): Promise<void> {
  return withTransaction((client) =>
    upsertMinutes(client, minutes.map((minute) => ({ buildingKey: site.buildingKey, modelVersionId, minute }))),
  )
}

async function todayAt(site: TestSite, iso: string) {
  const building = (await snapshotAt(site, iso)).buildings[0]
  if (!building) throw new Error('the site has lost its building')
  return building.today
}

async function snapshotAt(site: TestSite, iso: string) {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(iso) })
  try {
    const snapshot = await getLiveSnapshot(site.id)
    if (!snapshot) throw new Error('the site is gone')
    return snapshot
  } finally {
    vi.useRealTimers()
  }
}

describe('the live snapshot', () => {
  it('adds up: appliances and other are the meter to a billionth of a kWh', async () => {
    const site = await makeSite([])
    const start = at('2025-10-14T22:00:00Z')
    await store(
      site,
      Array.from({ length: 300 }, (_, n) => minuteAt(start + n * 60, 7.1 + (n % 13) / 3, { 0: (n % 7) / 3, 5: 0.7, 8: n % 2 })),
    )
    const today = await todayAt(site, '2025-10-15T03:00:00Z')
    const appliancesKwh = today.appliances.reduce((total, item) => total + item.energyKwh, 0)
    const { rows } = await pool().query<{ kwh: number }>(
      'SELECT sum(energy_wh) / 1000 AS kwh FROM power_minute WHERE building_key = $1',
      [site.buildingKey],
    )
    expect(appliancesKwh).toBeGreaterThan(0)
    expect(Math.abs(appliancesKwh + today.otherEnergyKwh - today.meterEnergyKwh)).toBeLessThan(1e-9)
    expect(Math.abs(today.meterEnergyKwh - (rows[0]?.kwh ?? NaN))).toBeLessThan(1e-9)
    expect(today.cost).toBeCloseTo(today.meterEnergyKwh * 0.31, 9)
    expect(today.coverage).toBeCloseTo(1, 9)
    expect(today.bins).toHaveLength(30)
  })

  it('lets buildings share the blocks of a tiered tariff, each by its energy, and adds up to the site', async () => {
    const site = await makeSite([])
    const second = await addBuilding(site)
    await insertTariff(
      site.id,
      `tariff_${site.id}`,
      {
        name: 'Blocks',
        validFrom: '2025-10-10',
        standingChargePerDay: 0,
        exportCreditPerKwh: 0,
        rate: { kind: 'tiered', blocks: [{ upToKwh: 4, pricePerKwh: 0.2 }, { upToKwh: null, pricePerKwh: 0.5 }] },
      },
      'EUR',
    )
    const start = at('2025-10-15T00:00:00Z')
    await store(site, [minuteAt(start, 3000, { 3: 1000 })])
    await store(second, [minuteAt(start + 60, 3000)])
    const snapshot = await snapshotAt(site, '2025-10-15T01:00:00Z')
    // 4 kWh at 0.2 and 2 kWh at 0.5: 0.3 a kWh on average for both.
    expect(snapshot.pricePerKwh).toBe(0.5)
    expect(snapshot.buildings.map(({ today }) => today.cost)).toEqual([expect.closeTo(0.9, 9), expect.closeTo(0.9, 9)])
    expect(snapshot.buildings[0]!.today.appliances[3]!.cost).toBeCloseTo(0.3, 9)
  })

  it('says no cost where the tariff has no price for the hour', async () => {
    const site = await makeSite([])
    await insertTariff(
      site.id,
      `tariff_${site.id}`,
      { name: 'Hourly', validFrom: '2025-10-10', standingChargePerDay: 0, exportCreditPerKwh: 0, rate: { kind: 'dynamic', multiplier: 1, surchargePerKwh: 0, fallbackPricePerKwh: null } },
      'EUR',
    )
    await store(site, [minuteAt(at('2025-10-15T00:00:00Z'), 3000, { 3: 1000 })])
    const snapshot = await snapshotAt(site, '2025-10-15T01:00:00Z')
    expect(snapshot.pricePerKwh).toBeNull()
    expect(snapshot.buildings[0]!.today.cost).toBeNull()
    expect(snapshot.buildings[0]!.today.appliances.map(({ cost }) => cost)).toEqual(APPLIANCES.map((_, index) => (index === 3 ? null : 0)))
  })

  it('starts its day at local midnight when the clocks go back during it', async () => {
    const site = await makeSite([], 'Europe/Berlin')
    const midnight = at('2025-10-25T22:00:00Z')
    await store(site, [
      minuteAt(midnight - 60, 1000),
      minuteAt(midnight, 1),
      minuteAt(midnight + 3 * 3600, 2),
      minuteAt(midnight + 25 * 3600 - 60, 4),
      minuteAt(midnight + 25 * 3600, 1000),
    ])
    const today = await todayAt(site, '2025-10-26T22:59:30Z')
    expect(today.startTimestamp).toBe(midnight)
    expect(today.meterEnergyKwh).toBeCloseTo(0.007, 12)
    expect(today.bins).toHaveLength(150)
    expect(today.bins.flatMap((bin, index) => (bin.totalWatts === null ? [] : [index]))).toEqual([0, 18, 149])
  })

  it('starts its day at the first instant of a date whose midnight happens twice', async () => {
    const site = await makeSite([], 'America/Havana')
    const firstMidnight = at('2025-11-02T04:00:00Z')
    await store(site, [minuteAt(firstMidnight - 60, 1000), minuteAt(firstMidnight, 1), minuteAt(firstMidnight + 3600, 2)])
    const today = await todayAt(site, '2025-11-02T17:00:00Z')
    expect(today.startTimestamp).toBe(firstMidnight)
    expect(today.meterEnergyKwh).toBeCloseTo(0.003, 12)
  })

  it('says since when an appliance is on, also when it was switched on before midnight', async () => {
    const site = await makeSite([])
    const startedAtSeconds = at('2025-10-14T20:30:00Z')
    const run = { energyWh: 1, peakWatts: 2000, confidence: 0.9 }
    await withTransaction((client) =>
      upsertActivations(client, [
        {
          buildingKey: site.buildingKey,
          modelVersionId,
          activation: { ...run, appliance: 'Dryer', startedAtSeconds, endedAtSeconds: null },
        },
        {
          buildingKey: site.buildingKey,
          modelVersionId,
          activation: { ...run, appliance: 'Microwave', startedAtSeconds, endedAtSeconds: startedAtSeconds + 60 },
        },
      ]),
    )
    const today = await todayAt(site, '2025-10-15T03:00:00Z')
    const since = Object.fromEntries(today.appliances.map((item) => [item.appliance, item.onSinceTimestamp]))
    expect(since.Dryer).toBe(startedAtSeconds)
    expect(since.Microwave).toBeNull()
  })

  it('carries the live window up to the newest prediction, and the status', async () => {
    const site = await makeSite([])
    const live = sharedLiveStore()
    const start = Math.floor(Date.now() / 1000) - 3
    for (const n of [0, 1, 2]) await live.publish(makeUpdate(site.buildingId, start + n))
    const snapshot = await getLiveSnapshot(site.id)
    const building = snapshot?.buildings[0]
    expect(building?.window.map(([timestamp]) => timestamp)).toEqual([start, start + 1, start + 2])
    expect(building?.latest?.timestamp).toBe(start + 2)
    expect(building?.status?.buffer_size).toBe(1536)
    expect(liveSnapshotSchema.parse(snapshot)).toEqual(snapshot)
  })

  it('is null for a site that does not exist', async () => {
    expect(await getLiveSnapshot('site_missing')).toBeNull()
  })
})
