import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Appliance } from '@/lib/contracts/appliances'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { makeSite, makeUser, TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { takenJob } from '@/scripts/testing/taken-job'
import { activateHead, findHeads, rollBackHead } from './home-heads'
import { saveHead } from './learned-heads'
import { finishJob, releaseJob, stopJob, type TakenJob } from './learning-jobs'
import { ensureModelVersion } from './model-versions'

const SCORE = { f1: 1, runsFound: 4, falseAlarms: 0 }
const METRICS = { runs: 4, notRuns: 0, before: SCORE, after: SCORE, restTurnedOn: 0, restTurnedOff: 0, refusal: null }
const NOW = new Date().toISOString()
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
    const job = await takenJob(buildingKey)
    await saveHead({ buildingKey, modelVersionId, job, labelsReadAt: NOW, createdBy: null, head: HEAD, metrics: METRICS })

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
    const job = await takenJob(buildingKey)
    const save = () => saveHead({ buildingKey, modelVersionId, job, labelsReadAt: NOW, createdBy: null, head: HEAD, metrics: METRICS })
    const ids = [(await save())!, (await save())!, (await save())!]
    for (let round = 0; round < 10; round++) {
      await rollBackHead(ids[round % 3]!, [buildingKey])
      await Promise.all([...ids.map((id) => activateHead(id, [buildingKey])), save()])
      const active = (await findHeads([buildingKey])).filter(({ status }) => status === 'active')
      expect(active).toHaveLength(1)
    }
  })

  it('are all listed that are in effect, however many of the same site came later', async () => {
    const person = await makeUser('operator')
    const [first, second] = [await makeSite([person]), await makeSite([person])]
    const modelVersionId = await ensureModelVersion('heads', `many-${first.buildingId}`)
    const save = async (buildingKey: number, appliance: Appliance) => {
      const job = await takenJob(buildingKey)
      const head = { ...HEAD, appliance }
      return saveHead({ buildingKey, modelVersionId, job, labelsReadAt: NOW, createdBy: null, head, metrics: METRICS })
    }
    const ids = [await save(first.buildingKey, 'Dryer'), await save(second.buildingKey, 'Dryer')]
    await pool().query(
      `INSERT INTO home_head (id, building_key, appliance, model_version_id, status, metrics, weights, created_at)
       SELECT gen_random_uuid(), $1, 0, $2, 'rejected', $3, '{}', now() + make_interval(secs => i)
       FROM generate_series(1, 150) AS i`,
      [first.buildingKey, modelVersionId, JSON.stringify({ ...METRICS, refusal: 'no' })],
    )
    const listed = await findHeads([first.buildingKey, second.buildingKey])
    expect(listed.filter(({ status }) => status === 'active').map(({ id }) => id).sort()).toEqual(ids.toSorted())
    expect(listed).toHaveLength(102)
  })

  it('are not stored by a process whose job another one has taken over', async () => {
    const { buildingId, buildingKey } = await makeSite([await makeUser('operator')])
    const modelVersionId = await ensureModelVersion('heads', `fence-${buildingId}`)
    const [late, current] = [await takenJob(buildingKey), await takenJob(buildingKey)]
    const save = (job: TakenJob) => {
      return saveHead({ buildingKey, modelVersionId, job, labelsReadAt: NOW, createdBy: null, head: HEAD, metrics: METRICS })
    }
    expect(await save(late)).toBeNull()
    expect(await findHeads([buildingKey])).toEqual([])
    expect(await finishJob(late, NOW, [])).toBe(false)
    await stopJob(late, 'it was late.')
    await releaseJob(late)
    expect(await save(current)).not.toBeNull()
    expect(await finishJob(current, NOW, [])).toBe(true)
    expect(await save(current)).toBeNull()
    expect(await findHeads([buildingKey])).toHaveLength(1)
  })
})
