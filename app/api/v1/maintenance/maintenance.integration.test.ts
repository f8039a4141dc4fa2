import { DateTime } from 'luxon'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { GET as getMaintenance } from '@/app/api/v1/maintenance/route'
import { POST as sendVibration } from '@/app/api/v1/sites/[id]/assets/[assetId]/vibration/route'
import { DELETE as removeAsset, GET as getAsset, PUT as changeAsset } from '@/app/api/v1/sites/[id]/assets/[assetId]/route'
import { GET as listAssets, POST as createAsset } from '@/app/api/v1/sites/[id]/assets/route'
import { GET as getSiteMaintenance } from '@/app/api/v1/sites/[id]/maintenance/route'
import { assetSchema, type AssetInput } from '@/lib/contracts/assets'
import { maintenanceListSchema, siteMaintenanceSchema, vibrationStoredSchema } from '@/lib/contracts/maintenance'
import { insertDeviceReadings } from '@/lib/data/sample-electrical'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { makeMissingDeviceWeeks } from '@/lib/services/device-weeks'
import { callApi } from '@/scripts/testing/api-call'
import { makeSite, makeUser, TEST_SECRET, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'
import { writeWornRefrigerator } from '@/scripts/testing/worn-refrigerator'

const WEEKS = 20
const ZONE = 'Europe/Berlin'

let owner: TestUser
let stranger: TestUser

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  owner = await makeUser('operator')
  stranger = await makeUser('operator')
})
afterAll(closePool)

const storeWeeks = ({ buildingKey }: TestSite, growth: number) =>
  writeWornRefrigerator({ buildingKey, toSeconds: DateTime.now().setZone(ZONE).startOf('week').toSeconds(), weeks: WEEKS, growth })

const ask = (query: string, as: TestUser | undefined = owner) =>
  getMaintenance(
    new Request(`http://localhost/api/v1/maintenance?${query}`, { headers: as ? { authorization: `Bearer ${as.token}` } : {} }),
    { params: Promise.resolve({}) },
  )
const listed = async (query: string) => maintenanceListSchema.parse(await (await ask(query)).json()).data

describe('what needs maintenance', () => {
  it('is exactly what the contract says, moves with the measurements and is empty where nothing rises', async () => {
    const site = await makeSite([owner], ZONE)
    await storeWeeks(site, 0)
    expect(await (await ask(`siteId=${site.id}`)).json()).toEqual({ success: true, data: [] })
    await storeWeeks(site, 0.02)
    const [slow] = await listed(`siteId=${site.id}`)
    expect(Object.keys(slow ?? {}).toSorted()).toEqual([
      'assetId', 'assetName', 'confidence', 'daysUntilMaintenance', 'predictedFailureDate', 'priority', 'recommendation', 'type',
    ])
    expect(slow).toMatchObject({ assetId: `appliance:${site.buildingId}:Refrigerator`, assetName: 'Refrigerator', type: 'cooling_duty' })
    await storeWeeks(site, 0.03)
    const [fast] = await listed(`siteId=${site.id}&assetId=appliance:${site.buildingId}:Refrigerator`)
    expect(fast?.daysUntilMaintenance).toBeLessThan(slow?.daysUntilMaintenance ?? 0)
    expect(fast?.predictedFailureDate).not.toBe(slow?.predictedFailureDate)
    expect(fast?.recommendation).not.toBe(slow?.recommendation)
  })

  it('is listed with what is normal, by week', async () => {
    const site = await makeSite([owner], ZONE)
    await storeWeeks(site, 0.03)
    const { body } = await callApi(getSiteMaintenance, { as: owner, params: { id: site.id } })
    const { assets } = siteMaintenanceSchema.parse(body)
    expect(assets.map(({ assetName, entry }) => [assetName, entry?.type ?? null])).toEqual([
      ['Refrigerator', 'cooling_duty'],
      ['Always on', null],
    ])
    const [duty] = assets[0]?.signatures ?? []
    expect(duty?.points).toHaveLength(WEEKS)
    expect(duty?.baseline?.value).toBeCloseTo(30, 0)
    expect(assets[1]?.signatures[0]).toMatchObject({ kind: 'always_on', state: 'normal', weeks: WEEKS })
    expect(assets[1]?.signatures[0]?.points[3]?.value).toBeCloseTo(1000, 6)
  })

  it('does not exist for another tenant', async () => {
    const site = await makeSite([owner], ZONE)
    const asset = await create(site)
    const params = { id: site.id, assetId: asset.id }
    expect((await ask(`siteId=${site.id}`, stranger)).status).toBe(404)
    expect((await ask(`assetId=${asset.id}`, stranger)).status).toBe(404)
    expect((await ask(`assetId=always-on:${site.buildingId}`, stranger)).status).toBe(404)
    for (const route of [getSiteMaintenance, listAssets, getAsset])
      expect((await callApi(route, { as: stranger, params })).status).toBe(404)
    expect((await callApi(changeAsset, { as: stranger, params, method: 'PUT', body: PUMP })).status).toBe(404)
    expect((await callApi(removeAsset, { as: stranger, params, method: 'DELETE' })).status).toBe(404)
    expect((await callApi(sendVibration, { as: stranger, params, body: { snapshots: [snapshot(0, 1)] } })).status).toBe(404)
  })
})

const PUMP = { name: 'Pump', kind: 'pump', vibrationSensor: 'drive end' } satisfies Partial<AssetInput>

async function create(site: TestSite, changes: object = {}) {
  const { status, body } = await callApi(createAsset, { as: owner, params: { id: site.id }, body: { ...PUMP, ...changes } })
  expect(status, JSON.stringify(body)).toBe(201)
  return assetSchema.parse(body)
}

describe('an asset', () => {
  it('stands for the appliance it is linked to, by its own id and name; a second one may not', async () => {
    const site = await makeSite([owner], ZONE)
    await storeWeeks(site, 0.03)
    const link = { name: 'Kitchen fridge', kind: 'refrigerator', buildingId: site.buildingId, appliance: 'Refrigerator' }
    const asset = await create(site, { ...link, vibrationSensor: null })
    expect(await listed(`assetId=${asset.id}`)).toMatchObject([{ assetId: asset.id, assetName: 'Kitchen fridge' }])
    expect((await ask(`assetId=appliance:${site.buildingId}:Refrigerator`)).status).toBe(404)
    expect((await callApi(createAsset, { as: owner, params: { id: site.id }, body: link })).status).toBe(409)
    // A new refrigerator has no history of the old one.
    const params = { id: site.id, assetId: asset.id }
    const installedOn = DateTime.now().minus({ weeks: 3 }).toISODate()
    expect((await callApi(changeAsset, { as: owner, params, method: 'PUT', body: { ...link, installedOn } })).status).toBe(200)
    expect(await listed(`assetId=${asset.id}`)).toEqual([])
    expect((await callApi(removeAsset, { as: owner, params, method: 'DELETE' })).status).toBe(200)
    expect(await listed(`siteId=${site.id}`)).toMatchObject([{ assetId: `appliance:${site.buildingId}:Refrigerator` }])
  })

  it('cannot stand in a building of another site, nor be written by a viewer', async () => {
    const [site, other] = [await makeSite([owner]), await makeSite([stranger])]
    const link = { ...PUMP, buildingId: other.buildingId }
    expect((await callApi(createAsset, { as: owner, params: { id: site.id }, body: link })).status).toBe(404)
    const viewer = await makeUser('viewer')
    expect((await callApi(createAsset, { as: viewer, params: { id: site.id }, body: PUMP })).status).toBe(403)
    const unlinked = { ...PUMP, appliance: 'Freezer' }
    expect((await callApi(createAsset, { as: owner, params: { id: site.id }, body: unlinked })).status).toBe(422)
  })
})

describe('a device with a meter of its own', () => {
  /** A pump that draws more each week from the eighth on: a reading an hour, and one every other hour while it waits. */
  async function storePump({ buildingKey }: TestSite, growth: number): Promise<void> {
    const to = DateTime.now().setZone(ZONE).startOf('week').toSeconds()
    const rows = Array.from({ length: WEEKS * 168 }, (_, hour) => ({
      deviceState: 'Pump',
      cluster: 1,
      timestampSeconds: to - (WEEKS * 168 - hour) * 3600 + 60,
      powerWatts: hour % 2 ? 2 : 300 * (1 + growth * Math.max(0, Math.floor(hour / 168) - 8)) + Math.sin(hour),
      voltageVolts: 230,
      frequencyHertz: 50,
      powerFactor: 0.9,
      thdPercent: 2,
    }))
    await insertDeviceReadings(buildingKey, rows)
  }
  const never = new AbortController().signal

  it('is judged by weeks that the background makes once; readings that come later change them', async () => {
    const site = await makeSite([owner], ZONE)
    const asset = await create(site, { vibrationSensor: null, buildingId: site.buildingId, device: 'Pump' })
    await storePump(site, 0.05)
    expect(await listed(`assetId=${asset.id}`)).toEqual([])
    expect(await makeMissingDeviceWeeks(never)).toBeGreaterThanOrEqual(WEEKS)
    expect(await makeMissingDeviceWeeks(never)).toBe(0)
    const [due] = await listed(`assetId=${asset.id}`)
    expect(due).toMatchObject({ assetId: asset.id, assetName: 'Pump', type: 'running_power' })
    const points = async () => {
      const { body } = await callApi(getSiteMaintenance, { as: owner, params: { id: site.id } })
      return siteMaintenanceSchema.parse(body).assets.find(({ assetId }) => assetId === asset.id)?.signatures[0]?.points ?? []
    }
    const before = await points()
    expect(before).toHaveLength(WEEKS)
    expect(before[0]?.value).toBeCloseTo(300, 0)
    const middle = before[5]?.startTimestamp ?? 0
    const late = Array.from({ length: 400 }, (_, index) => ({
      deviceState: 'Pump', cluster: 1, timestampSeconds: middle + 3600 + index * 60, powerWatts: 900, voltageVolts: 230,
      frequencyHertz: 50, powerFactor: null, thdPercent: null,
    }))
    await insertDeviceReadings(site.buildingKey, late)
    expect(await makeMissingDeviceWeeks(never)).toBeGreaterThan(0)
    const after = await points()
    expect(after[5]?.value).toBeCloseTo(900, 0)
    expect(after.filter((point, index) => point.value !== before[index]?.value)).toHaveLength(1)
  })
})

const NOW = Math.floor(Date.now() / 1000)
const snapshot = (index: number, growth: number) => ({
  timestamp: NOW - (200 - index) * 600,
  horizontal: { rms: 0.5 * growth, kurtosis: 3 + growth / 5, peak: 2 * growth },
  vertical: { rms: 0.4 * growth, kurtosis: 3 + growth / 5, peak: 1.6 * growth },
})

describe('vibration snapshots', () => {
  it('are stored once and judged from sixty on; a bearing that shakes ever more has less life left', async () => {
    const site = await makeSite([owner], ZONE)
    const { id } = await create(site)
    const send = async (snapshots: object[]) => {
      const { status, body } = await callApi(sendVibration, { as: owner, params: { id: site.id, assetId: id }, body: { snapshots } })
      expect(status, JSON.stringify(body)).toBe(200)
      return vibrationStoredSchema.parse(body)
    }
    const calm = Array.from({ length: 60 }, (_, index) => snapshot(index, 1 + 0.02 * Math.sin(index)))
    expect(await send(calm.slice(0, 59))).toMatchObject({ stored: 59, repeated: 0, vibration: { snapshots: 59, judged: null } })
    const well = await send(calm)
    expect(well).toMatchObject({ stored: 1, repeated: 59 })
    const ill = await send(Array.from({ length: 60 }, (_, index) => snapshot(60 + index, Math.exp(index / 25))))
    expect(ill.vibration.judged?.remainingShare.value).toBeLessThan(well.vibration.judged?.remainingShare.value ?? 0)
    expect(ill.vibration.points.length).toBeGreaterThan(60)
    const late = await send([{ ...snapshot(0, 1), timestamp: NOW + 86_400 }])
    expect(late).toMatchObject({ stored: 0, rejected: [{ timestamp: NOW + 86_400 }] })
  })

  it('of what was there before it was installed are none of its own', async () => {
    const site = await makeSite([owner], ZONE)
    const { id } = await create(site)
    const send = async (snapshots: object[]) =>
      vibrationStoredSchema.parse((await callApi(sendVibration, { as: owner, params: { id: site.id, assetId: id }, body: { snapshots } })).body)
    const worn = Array.from({ length: 60 }, (_, index) => {
      const late = snapshot(index, Math.exp(index / 25))
      return { ...late, timestamp: late.timestamp - 10 * 86_400 }
    })
    expect((await send(worn)).vibration).toMatchObject({ snapshots: 60, judged: {} })
    const installed = DateTime.fromSeconds(worn.at(-1)!.timestamp, { zone: ZONE }).plus({ days: 1 }).startOf('day')
    await pool().query('UPDATE asset SET installed_on = $2 WHERE id = $1', [id, installed.toISODate()])
    const fresh = worn.map((_, index) => ({ ...snapshot(index, 1), timestamp: installed.toSeconds() + index * 60 }))
    expect((await send(fresh.slice(0, 59))).vibration).toMatchObject({ snapshots: 59, judged: null })
  })

  it('may be raw samples, and are refused where there is no sensor', async () => {
    const site = await makeSite([owner], ZONE)
    const { id } = await create(site)
    const samples = Array.from({ length: 256 }, (_, index) => Math.sin(index / 3))
    const raw = { timestamp: NOW, horizontalSamples: samples, verticalSamples: samples }
    await callApi(sendVibration, { as: owner, params: { id: site.id, assetId: id }, body: { snapshots: [raw] } })
    const { rows } = await pool().query<{ rms_h: number }>('SELECT rms_h FROM vibration_snapshot WHERE asset_id = $1', [id])
    expect(rows[0]?.rms_h).toBeCloseTo(Math.SQRT1_2, 2)
    const { id: without } = await create(site, { vibrationSensor: null })
    const refused = { as: owner, params: { id: site.id, assetId: without }, body: { snapshots: [raw] } }
    expect((await callApi(sendVibration, refused)).status).toBe(409)
  })
})
