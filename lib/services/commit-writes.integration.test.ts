import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { APPLIANCES } from '@/lib/contracts/appliances'
import type { Sample } from '@/lib/contracts/sample'
import { ensureBuilding } from '@/lib/data/building-keys'
import { energyBetween } from '@/lib/data/energy-period'
import { acquireLeases } from '@/lib/data/leases'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import type { MinuteEstimate } from '@/lib/nilm/session-types'
import { commitWrites } from './commit-writes'
import { emptyWrites, type BuildingWrites } from './pending-writes'

const DAY_START = Date.UTC(2025, 5, 10) / 1000
let modelVersionId: number

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl') })
  modelVersionId = await ensureModelVersion('test', '1')
})
afterAll(closePool)

/** A minute in which the meter drew `meterWh` and each appliance a share of it. */
function minuteOf(minuteSeconds: number, meterWh: number, share: number): MinuteEstimate {
  return {
    minuteSeconds,
    meterEnergyWh: meterWh,
    coveredSeconds: 60,
    minWatts: 0,
    maxWatts: meterWh * 60,
    appliances: APPLIANCES.map((_, index) => ({
      energyWh: index % 3 === 0 ? (meterWh * share) / 4 : 0,
      onSeconds: index % 3 === 0 ? 60 : 0,
      confidence: 0.5,
    })),
  }
}

async function newWrites(): Promise<BuildingWrites> {
  return emptyWrites((await ensureBuilding(`commit_${randomUUID()}`)).key, '', 0n)
}

function addDay(writes: BuildingWrites): number[] {
  const meterWh = Array.from({ length: 1440 }, (_, index) => 5 + 4 * Math.sin(index / 50))
  meterWh.forEach((wh, index) => {
    const minute = minuteOf(DAY_START + index * 60, wh, 0.8)
    writes.minutes.set(minute.minuteSeconds, minute)
    writes.changedMinutes.add(minute.minuteSeconds)
  })
  writes.checkpoint = { format: 3, modelVersion: '1', positionSeconds: DAY_START + 86_400, state: {} }
  return meterWh
}

describe('commitWrites', () => {
  it('stores a day whose appliances and other add up to the meter for any period', async () => {
    const writes = await newWrites()
    const meterWh = addDay(writes)
    await commitWrites([writes], modelVersionId, null)
    for (const [from, to] of [[0, 1440], [17, 1203], [59, 61], [60, 120], [119, 122], [0, 1], [180, 1260], [1380, 1440]] as const) {
      const energy = await energyBetween(writes.buildingKey, DAY_START + from * 60, DAY_START + to * 60)
      const expected = meterWh.slice(from, to).reduce((sum, wh) => sum + wh, 0)
      expect(energy.meterWh).toBeCloseTo(expected, 6)
      expect(energy.applianceWh.reduce((sum, wh) => sum + wh, 0) + energy.otherWh).toBeCloseTo(expected, 9)
      expect(energy.applianceWh.reduce((sum, wh) => sum + wh, 0)).toBeCloseTo(0.8 * expected, 6)
      expect(energy.coveredSeconds).toBe((to - from) * 60)
    }
  })

  it('changes nothing when the same commit is tried again', async () => {
    const writes = await newWrites()
    addDay(writes)
    await commitWrites([writes], modelVersionId, null)
    const before = await energyBetween(writes.buildingKey, DAY_START, DAY_START + 86_400)
    await commitWrites([writes], modelVersionId, null)
    expect(await energyBetween(writes.buildingKey, DAY_START, DAY_START + 86_400)).toEqual(before)
  })

  it('takes back an appliance that a later result found to have been off', async () => {
    const writes = await newWrites()
    writes.minutes.set(DAY_START, minuteOf(DAY_START, 10, 0.8))
    await commitWrites([writes], modelVersionId, null)
    writes.minutes.set(DAY_START, minuteOf(DAY_START, 10, 0))
    const off = writes.minutes.get(DAY_START)
    off?.appliances.forEach((estimate) => (estimate.onSeconds = 0))
    await commitWrites([writes], modelVersionId, null)
    const energy = await energyBetween(writes.buildingKey, DAY_START, DAY_START + 60)
    expect(energy).toMatchObject({ meterWh: 10, otherWh: 10 })
  })

  it('stores nothing of a building whose lease another worker holds, and all of the others', async () => {
    const lost = await newWrites()
    const kept = await newWrites()
    const names = { lost: `shard_${randomUUID()}`, kept: `shard_${randomUUID()}` }
    await acquireLeases([names.lost], 'other', 60)
    const epoch = (await acquireLeases([names.kept], 'me', 60)).get(names.kept) ?? 0n
    for (const writes of [lost, kept]) writes.minutes.set(DAY_START, minuteOf(DAY_START, 10, 0.5))
    Object.assign(lost, { leaseName: names.lost, leaseEpoch: 1n })
    Object.assign(kept, { leaseName: names.kept, leaseEpoch: epoch })
    expect([...(await commitWrites([lost, kept], modelVersionId, { owner: 'me' }))]).toEqual([lost])
    expect((await energyBetween(lost.buildingKey, DAY_START, DAY_START + 60)).meterWh).toBe(0)
    expect((await energyBetween(kept.buildingKey, DAY_START, DAY_START + 60)).meterWh).toBe(10)
  })

  it('integrates a minute again when a reading for it arrives late, and keeps appliances within the meter', async () => {
    const writes = await newWrites()
    const second = (offset: number, powerWatts: number, late: boolean) => ({
      buildingKey: writes.buildingKey,
      sample: { buildingId: 'b', timestampSeconds: DAY_START + offset, powerWatts, source: 'replay' as const },
      late,
    })
    // 3,601 W for a minute with second 30 missing: its neighbour stands for two seconds.
    writes.raw = Array.from({ length: 60 }, (_, index) => second(index + 1, 3601, false)).filter((_, index) => index !== 29)
    writes.minutes.set(DAY_START, minuteOf(DAY_START, 3601 / 60, 1))
    await commitWrites([writes], modelVersionId, null)
    expect((await energyBetween(writes.buildingKey, DAY_START, DAY_START + 60)).meterWh).toBeCloseTo(3601 / 60, 9)
    writes.raw = [second(30, 0, true)]
    writes.minutes.clear()
    await commitWrites([writes], modelVersionId, null)
    const energy = await energyBetween(writes.buildingKey, DAY_START, DAY_START + 60)
    const without = (59 * 3601) / 3600
    expect(energy.meterWh).toBeCloseTo(without, 9)
    expect(energy.applianceWh.reduce((sum, wh) => sum + wh, 0)).toBeCloseTo(without, 6)
    // The same late reading again is known by now.
    await commitWrites([writes], modelVersionId, null)
    expect((await energyBetween(writes.buildingKey, DAY_START, DAY_START + 60)).meterWh).toBeCloseTo(without, 9)
  })

  it('leaves a minute alone whose readings have been deleted since, when one of them comes again', async () => {
    const writes = await newWrites()
    writes.minutes.set(DAY_START, minuteOf(DAY_START, 60, 0.5))
    await commitWrites([writes], modelVersionId, null)
    writes.minutes.clear()
    const sample = { buildingId: 'b', timestampSeconds: DAY_START + 30, powerWatts: 3600, source: 'replay' as const }
    writes.raw = [{ buildingKey: writes.buildingKey, sample, late: true }]
    await commitWrites([writes], modelVersionId, null)
    expect((await energyBetween(writes.buildingKey, DAY_START, DAY_START + 60)).meterWh).toBe(60)
  })

  it('keeps the electrical quantities that came with readings: one row a second, whatever comes again', async () => {
    const writes = await newWrites()
    const reading = (offset: number, quantities: Partial<Sample>, late = false) => ({
      buildingKey: writes.buildingKey,
      sample: { buildingId: 'b', timestampSeconds: DAY_START + offset, powerWatts: 690, source: 'pubsub' as const, ...quantities },
      late,
    })
    const all = { currentAmps: 3.2, powerFactor: 0.94, reactivePowerVar: 250, frequencyHertz: 49.98, thdPercent: 2.5 }
    writes.raw = [
      reading(1.2, { voltageVolts: 230, ...all }),
      reading(1.7, { voltageVolts: 231 }),
      reading(2, {}),
      reading(0, { thdPercent: 3, reactivePowerVar: 100 }, true),
    ]
    await commitWrites([writes], modelVersionId, null)
    writes.raw = [reading(1.2, { voltageVolts: 200 }), reading(1.9, { voltageVolts: 240 })]
    await commitWrites([writes], modelVersionId, null)
    const { rows } = await pool().query(
      `SELECT extract(epoch FROM recorded_at)::float8 - $2 AS second, device_state, cluster, voltage_volts AS u, current_amperes AS i,
         real_power_watts AS p, reactive_power_var AS q, round(apparent_power_va) AS s, power_factor AS pf, frequency_hertz AS f,
         thd_percent AS thd
       FROM electrical_data WHERE building_key = $1 ORDER BY 1`,
      [writes.buildingKey, DAY_START],
    )
    const mains = { device_state: '', cluster: null, p: 690 }
    expect(rows).toEqual([
      { second: 0, ...mains, u: null, i: null, q: 100, s: 697, pf: null, f: null, thd: 3 },
      { second: 1, ...mains, u: 230, i: 3.2, q: 250, s: 736, pf: 0.94, f: 49.98, thd: 2.5 },
    ])
  })

  it('makes the monthly partitions it needs, also for years past', async () => {
    const writes = await newWrites()
    const longAgo = Date.UTC(2011, 3, 30, 23, 59) / 1000
    writes.minutes.set(longAgo, minuteOf(longAgo, 7, 0))
    writes.minutes.set(longAgo + 60, minuteOf(longAgo + 60, 8, 0))
    await commitWrites([writes], modelVersionId, null)
    expect((await energyBetween(writes.buildingKey, longAgo, longAgo + 120)).meterWh).toBe(15)
  })

  it('registers an unknown building once, in a site without members', async () => {
    const id = `commit_${randomUUID()}`
    const keys = await Promise.all(Array.from({ length: 5 }, () => ensureBuilding(id)))
    expect(new Set(keys.map(({ key }) => key)).size).toBe(1)
    const { rows } = await pool().query<{ members: number; sites: number }>(
      `SELECT count(m.user_id)::int AS members, count(DISTINCT s.id)::int AS sites FROM site s
       LEFT JOIN site_member m ON m.site_id = s.id WHERE s.name = $1`,
      [id],
    )
    expect(rows[0]).toEqual({ members: 0, sites: 1 })
  })
})
