import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { makeSite, makeUser, TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { activateHead, findHeads, rollBackHead, saveHead } from './home-heads'
import { requestJob } from './learning-jobs'
import { ensureModelVersion } from './model-versions'

const SCORE = { f1: 1, runsFound: 4, falseAlarms: 0 }
const METRICS = { runs: 4, notRuns: 0, before: SCORE, after: SCORE, restTurnedOn: 0, restTurnedOff: 0, refusal: null }
const HEAD = { appliance: 'Dryer', provisional: null, final: null, powerFactor: 1 } as const

beforeAll(() => provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET }))
afterAll(() => closePool())

describe('the heads of a home', () => {
  it('are those of the model that serves it: after a change of model none is shown in use that has no say', async () => {
    const { buildingId, buildingKey } = await makeSite([await makeUser('operator')])
    const served = (version: string) =>
      pool().query(
        `INSERT INTO session_checkpoint (building_key, position, state) VALUES ($1, 0, $2)
         ON CONFLICT (building_key) DO UPDATE SET state = EXCLUDED.state`,
        [buildingKey, JSON.stringify({ modelVersion: version })],
      )
    const [first, second] = [`first-${buildingId}`, `second-${buildingId}`]
    const modelVersionId = await ensureModelVersion('heads', first)
    const { id: jobId } = await requestJob(buildingKey, null)
    await saveHead({ buildingKey, modelVersionId, jobId, createdBy: null, head: HEAD, metrics: METRICS })

    await served(first)
    expect(await findHeads([buildingKey])).toMatchObject([{ appliance: 'Dryer', status: 'active', modelVersion: first }])
    await served(second)
    expect(await findHeads([buildingKey])).toEqual([])
    await served(first)
    expect(await findHeads([buildingKey])).toHaveLength(1)
  })

  it('stay one for an appliance while people take back and let in, and a job stores another, all at once', async () => {
    const { buildingId, buildingKey } = await makeSite([await makeUser('operator')])
    const modelVersionId = await ensureModelVersion('heads', `only-${buildingId}`)
    const { id: jobId } = await requestJob(buildingKey, null)
    const save = () => saveHead({ buildingKey, modelVersionId, jobId, createdBy: null, head: HEAD, metrics: METRICS })
    const ids = [await save(), await save(), await save()]
    for (let round = 0; round < 10; round++) {
      await rollBackHead(ids[round % 3]!, [buildingKey])
      await Promise.all([...ids.map((id) => activateHead(id, [buildingKey])), save()])
      const active = (await findHeads([buildingKey])).filter(({ status }) => status === 'active')
      expect(active).toHaveLength(1)
    }
  })
})
