import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { DELETE as deleteBuilding } from '@/app/api/v1/sites/[id]/buildings/[buildingId]/route'
import { DELETE as deleteSite, GET as getSite, PUT as putSite } from '@/app/api/v1/sites/[id]/route'
import { GET as listSites, POST as createSite } from '@/app/api/v1/sites/route'
import { siteSchema, type Site, type SiteInput } from '@/lib/contracts/sites'
import { ensureBuilding } from '@/lib/data/building-keys'
import { deleteSeriesOfRemoved } from '@/lib/data/removed-buildings'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { closeSharedLiveStore, sharedLiveStore } from '@/lib/services/shared-live-store'
import { callApi } from '@/scripts/testing/api-call'
import { makeSite, makeUpdate, makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'

beforeAll(() =>
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET }),
)
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

const siteInput = (changes: Partial<SiteInput> = {}) => ({
  name: 'Mill', location: 'Ghent', timeZone: 'Europe/Brussels', currency: 'EUR', pricePerKwh: 0.28, ...changes,
})

async function newSite(user: TestUser, changes: Partial<SiteInput> = {}): Promise<Site> {
  const made = await callApi(createSite, { as: user, body: siteInput(changes) })
  expect(made.status).toBe(201)
  return siteSchema.strict().parse(made.body)
}

const put = (user: TestUser, id: string, body: object) => callApi(putSite, { as: user, params: { id }, body, method: 'PUT' })
const remove = (user: TestUser, id: string) => callApi(deleteSite, { as: user, params: { id }, method: 'DELETE' })
const read = async (user: TestUser, id: string) => callApi(getSite, { as: user, params: { id } })
const newId = () => `building_${randomUUID()}`

describe('a site', () => {
  it('belongs to the operator who makes it, who changes and deletes it; for other operators there is none', async () => {
    const [owner, stranger] = [await makeUser('operator'), await makeUser('operator')]
    const site = await newSite(owner, { buildings: [{ name: 'House' }] })
    expect(site).toMatchObject({ ...siteInput(), buildings: [{ name: 'House', simulated: false }] })
    const listed = (await callApi(listSites, { as: owner })).body as { data: Site[] }
    expect(listed.data).toEqual([site])
    for (const attempt of [read(stranger, site.id), put(stranger, site.id, siteInput()), remove(stranger, site.id)]) {
      expect((await attempt).status).toBe(404)
    }
    const changed = await put(owner, site.id, siteInput({ name: 'Old mill', currency: 'GBP' }))
    expect(changed.body).toEqual({ ...site, name: 'Old mill', currency: 'GBP' })
    expect((await remove(owner, site.id)).status).toBe(204)
    expect((await read(owner, site.id)).status).toBe(404)
  })

  it('is not for a viewer to make, change or delete, not even its own', async () => {
    const viewer = await makeUser()
    const site = await makeSite([viewer])
    expect((await callApi(createSite, { as: viewer, body: siteInput() })).status).toBe(403)
    expect((await put(viewer, site.id, siteInput())).status).toBe(403)
    expect((await remove(viewer, site.id)).status).toBe(403)
    const building = { id: site.id, buildingId: site.buildingId }
    expect((await callApi(deleteBuilding, { as: viewer, params: building, method: 'DELETE' })).status).toBe(403)
    expect((await read(viewer, site.id)).status).toBe(200)
  })

  it('is changed by administrators whoever it belongs to', async () => {
    const [admin, owner] = [await makeUser('admin'), await makeUser('operator')]
    const site = await newSite(owner)
    expect((await put(admin, site.id, siteInput({ name: 'Moved' }))).body).toMatchObject({ name: 'Moved' })
    expect((await remove(admin, site.id)).status).toBe(204)
  })

  it('tells which field is wrong', async () => {
    const owner = await makeUser('operator')
    const wrong = [
      [{ name: ' ' }, 'body.name'],
      [{ name: 'a\u0000b' }, 'body.name'],
      [{ timeZone: 'Europe/Atlantis' }, 'body.timeZone'],
      [{ timeZone: '+01:00' }, 'body.timeZone'],
      [{ currency: 'XYZ1' }, 'body.currency'],
      [{ currency: 'eur' }, 'body.currency'],
      [{ pricePerKwh: -1 }, 'body.pricePerKwh'],
      [{ buildings: [{ id: 'a b', name: 'House' }] }, 'body.buildings.0.id'],
      [{ buildings: [{ name: '' }] }, 'body.buildings.0.name'],
    ] as const
    for (const [changes, field] of wrong) {
      const { status, body } = await callApi(createSite, { as: owner, body: { ...siteInput(), ...changes } })
      expect([status, (body as { errors: { field: string }[] }).errors[0]?.field]).toEqual([422, field])
    }
  })
})

describe('buildings of a site', () => {
  it('are added and renamed with it, never taken from another, and the whole change is left when one is', async () => {
    const [owner, other] = [await makeUser('operator'), await makeUser('operator')]
    const [site, foreign] = [await newSite(owner, { buildings: [{ id: newId(), name: 'House' }] }), await makeSite([other])]
    const [house] = site.buildings
    const added = newId()
    const both = { buildings: [{ id: house?.id, name: 'Main house' }, { id: added, name: 'Barn' }] }
    const changed = siteSchema.parse((await put(owner, site.id, { ...siteInput(), ...both })).body)
    expect(changed.buildings.map(({ id, name }) => [id, name])).toEqual([[house?.id, 'Main house'], [added, 'Barn']])
    const taking = { ...siteInput({ name: 'Taken' }), buildings: [{ id: newId(), name: 'New' }, { id: foreign.buildingId, name: 'Mine' }] }
    expect((await put(owner, site.id, taking)).status).toBe(409)
    expect((await read(owner, site.id)).body).toEqual(changed)
    expect((await read(other, foreign.id)).body).toMatchObject({ buildings: [{ id: foreign.buildingId, name: 'House' }] })
  })

  it('that a meter was only heard of are an administrator’s to assign, and no operator’s to take', async () => {
    const [admin, operator] = [await makeUser('admin'), await makeUser('operator')]
    const id = newId()
    const { key } = await ensureBuilding(id)
    const buildings = [{ id, name: 'Found' }]
    expect((await callApi(createSite, { as: operator, body: siteInput({ buildings }) })).status).toBe(409)
    const site = await newSite(admin, { buildings })
    expect(await ensureBuilding(id)).toEqual({ key, simulated: false })
    expect(site.buildings).toEqual([{ id, name: 'Found', simulated: false }])
    expect((await read(admin, `site_of_${id}`)).status).toBe(404)
    expect((await callApi(createSite, { as: admin, body: siteInput({ buildings }) })).status).toBe(409)
  })

  it('are removed one by one, of one’s own sites only', async () => {
    const [owner, stranger] = [await makeUser('operator'), await makeUser('operator')]
    const site = await newSite(owner, { buildings: [{ name: 'House' }, { name: 'Barn' }] })
    const [house, barn] = site.buildings.map(({ id }) => id)
    const params = { id: site.id, buildingId: house ?? '' }
    expect((await callApi(deleteBuilding, { as: stranger, params, method: 'DELETE' })).status).toBe(404)
    const left = siteSchema.parse((await callApi(deleteBuilding, { as: owner, params, method: 'DELETE' })).body)
    expect(left.buildings.map(({ id }) => id)).toEqual([barn])
    expect((await callApi(deleteBuilding, { as: owner, params, method: 'DELETE' })).status).toBe(404)
  })
})

it('what was measured in a removed site is deleted, and nothing of another; who uses the id next begins anew', async () => {
  const owner = await makeUser('operator')
  const [removed, kept] = [await makeSite([owner]), await makeSite([owner])]
  for (const { buildingId, buildingKey } of [removed, kept]) {
    await pool().query(`SELECT ensure_partitions('2026-01-01', '2026-03-01')`)
    await pool().query(
      `INSERT INTO power_raw (building_key, ts, power_watts, source)
       SELECT $1, t, 100, 'test' FROM generate_series('2026-01-20'::timestamptz, '2026-02-10', '1 hour') t`,
      [buildingKey],
    )
    await pool().query(
      `INSERT INTO power_hour (building_key, hour, energy_wh, covered_seconds, min_watts, max_watts)
       SELECT $1, t, 100, 3600, 100, 100 FROM generate_series('2026-01-20'::timestamptz, '2026-02-10', '1 hour') t`,
      [buildingKey],
    )
    await sharedLiveStore().publish(makeUpdate(buildingId, 1_770_000_000))
  }
  expect((await remove(owner, removed.id)).status).toBe(204)
  expect(await sharedLiveStore().latest(removed.buildingId)).toBeNull()
  expect(await sharedLiveStore().latest(kept.buildingId)).not.toBeNull()
  await deleteSeriesOfRemoved()
  for (const table of ['power_raw', 'power_hour']) {
    const { rows } = await pool().query<{ building_key: number }>(
      `SELECT DISTINCT building_key FROM ${table} WHERE building_key = ANY($1)`,
      [[removed.buildingKey, kept.buildingKey]],
    )
    expect(rows).toEqual([{ building_key: kept.buildingKey }])
  }
  expect((await ensureBuilding(removed.buildingId)).key).not.toBe(removed.buildingKey)
  expect((await read(owner, `site_of_${removed.buildingId}`)).status).toBe(404)
})
