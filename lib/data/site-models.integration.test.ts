import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { activateSiteModel, findSiteModels, OtherVersionError, saveSiteModel, takeBackSiteModel } from '@/lib/data/site-models'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { makeSite, TEST_SECRET, type TestSite } from '@/scripts/testing/place-fixtures'

beforeAll(() => provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET }))
afterAll(closePool)

const save = ({ id, buildingId, buildingKey }: TestSite, comparedWith: string | null) =>
  saveSiteModel({
    siteId: id, model: 'anomalies', part: buildingId, format: 1, buildingKey, isActive: true, comparedWith,
    metrics: {}, content: {}, fittedUntil: 0, jobId: null, createdBy: null,
  })
const versionsOf = async ({ id }: TestSite) => findSiteModels(id, { forecast: 1, anomalies: 1 })

it('people who choose versions at once, and a job that promotes one meanwhile, leave exactly one in effect', async () => {
  const site = await makeSite([])
  let last: string | null = null
  const ids: string[] = []
  for (let count = 0; count < 5; count++) ids.push((last = await save(site, last)))
  for (let round = 0; round < 6; round++) {
    const active = (await versionsOf(site)).find(({ status }) => status === 'active')!.id
    const changes = await Promise.allSettled([
      ...ids.map((id) => activateSiteModel(id, site.id)),
      takeBackSiteModel(active, site.id, { needsAnother: () => true }),
      save(site, active),
      ...ids.toReversed().map((id) => activateSiteModel(id, site.id)),
    ])
    const failed = changes.flatMap((change) => (change.status === 'rejected' ? [change.reason as unknown] : []))
    // Only a job may be told that another version took effect: it compares again.
    for (const reason of failed) expect(reason).toBeInstanceOf(OtherVersionError)
    expect((await versionsOf(site)).filter(({ status }) => status === 'active')).toHaveLength(1)
  }
})
