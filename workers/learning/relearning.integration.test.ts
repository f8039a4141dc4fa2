import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { lockLabels, timeOfReading } from '@/lib/data/label-changes'
import { activateHead, findHeads, rollBackHead } from '@/lib/data/home-heads'
import { findLearned, saveHead } from '@/lib/data/learned-heads'
import { finishJob, requestDueJobs, takeJob } from '@/lib/data/learning-jobs'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { deleteRunLabel, saveRunLabel } from '@/lib/data/run-labels'
import { provideEnv } from '@/lib/env'
import { closePool, pool, withTransaction } from '@/lib/infra/db'
import { waitUntil } from '@/lib/infra/private-server'
import type { SessionModel } from '@/lib/nilm/session-model'
import { learnHome } from '@/lib/services/learn-home'
import { homeModel } from '@/scripts/testing/kettle-home'
import { makeSite, makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'
import { insertRunLabel } from '@/scripts/testing/run-label'
import { takenJob } from '@/scripts/testing/taken-job'

const SCORE = { f1: 1, runsFound: 4, falseAlarms: 0 }
const METRICS = { runs: 4, notRuns: 0, before: SCORE, after: SCORE, restTurnedOn: 0, restTurnedOff: 0, refusal: null }
const HOUR = 3600

let person: TestUser
let buildingKey: number
let model: SessionModel
let modelVersionId: number
let otherVersionId: number

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  person = await makeUser('operator')
  model = homeModel('relearning')
  modelVersionId = await ensureModelVersion('steps', 'relearning')
  otherVersionId = await ensureModelVersion('steps', 'relearning-next')
})
beforeEach(async () => {
  // One queue serves all buildings, those of other tests too.
  for (const table of ['home_learning_job', 'run_label', 'run_label_change']) await pool().query(`DELETE FROM ${table}`)
  buildingKey = (await makeSite([])).buildingKey
})
afterAll(async () => {
  await model.close()
  await closePool()
})

const due = (version = modelVersionId) => requestDueJobs(version, 0)

/** What was said of four runs so many seconds ago. */
async function labelled(appliance: Appliance, secondsAgo = HOUR): Promise<string[]> {
  const ids: string[] = []
  const at = 60 * APPLIANCES.indexOf(appliance)
  for (let i = 0; i < 4; i++) ids.push(await insertRunLabel(buildingKey, secondsAgo, appliance, at + 10 * i))
  return ids
}

async function learned(appliance: Appliance): Promise<string> {
  const job = await takenJob(buildingKey)
  const head = { appliance, provisional: null, final: null, powerFactor: 1 }
  const labelsReadAt = await timeOfReading(buildingKey)
  const id = await saveHead({ buildingKey, modelVersionId, job, labelsReadAt, createdBy: null, head, metrics: METRICS })
  await finishJob(job, labelsReadAt, [])
  return id!
}

/** There are no readings, so nothing can be fitted; what would have been, says so. */
async function learnAgain(version = modelVersionId): Promise<Partial<Record<Appliance, string | null>>> {
  const result = await learnHome(await takenJob(buildingKey), model, version)
  return Object.fromEntries(result!.outcomes.map(({ appliance, refusal }) => [appliance, refusal]))
}

const statusOf = async (id: string) => (await findHeads([buildingKey])).find((head) => head.id === id)?.status

describe('what a person took back', () => {
  it('is not learned again from the same labels when others are learned, nor for another model', async () => {
    await labelled('ElectricKettle')
    const head = await learned('ElectricKettle')
    await rollBackHead(head, [buildingKey])
    await labelled('Dryer', 0)
    for (const version of [modelVersionId, otherVersionId]) {
      expect(await learnAgain(version)).toEqual({
        ElectricKettle: expect.stringContaining('was undone'),
        Dryer: expect.stringContaining('readings'),
      })
    }
    expect(await statusOf(head)).toBe('rolled_back')
  })

  it('is learned again once its own labels have changed', async () => {
    const [label] = [...(await labelled('ElectricKettle')), await insertRunLabel(buildingKey, HOUR, 'ElectricKettle', 900)]
    await rollBackHead(await learned('ElectricKettle'), [buildingKey])
    await deleteRunLabel(label!, [buildingKey])
    expect(await learnAgain()).toEqual({ ElectricKettle: expect.stringContaining('readings') })
  })

  it('leaves the older one in effect that was let in instead', async () => {
    await labelled('ElectricKettle')
    const [older] = [await learned('ElectricKettle'), await learned('ElectricKettle')]
    await activateHead(older, [buildingKey])
    await labelled('Dryer', 0)
    expect(await learnAgain()).toMatchObject({ ElectricKettle: expect.stringContaining('was undone') })
    expect(await statusOf(older)).toBe('active')
  })
})

describe('labels that are withdrawn', () => {
  it('make a building due, and what was learned from them ends when too few are left', async () => {
    const labels = await labelled('ElectricKettle')
    const head = await learned('ElectricKettle')
    await pool().query('UPDATE home_learning_job SET model_version_id = $1', [modelVersionId])
    expect(await due()).toBe(0)
    for (const id of labels) await deleteRunLabel(id, [buildingKey])
    expect(await due()).toBe(1)
    const job = (await takeJob(modelVersionId))!
    const result = (await learnHome(job, model, modelVersionId))!
    expect(await statusOf(head)).toBe('retired')
    expect(await activateHead(head, [buildingKey])).toBe(false)
    await finishJob(job, result.labelsReadAt, result.outcomes)
    // Nothing is left that could change.
    expect(await due()).toBe(0)
    expect(await due(otherVersionId)).toBe(0)
  })

  it('end what was learned from them too where enough are left but lead to nothing', async () => {
    const [label] = [...(await labelled('ElectricKettle')), await insertRunLabel(buildingKey, HOUR, 'ElectricKettle', 900)]
    const head = await learned('ElectricKettle')
    await learnAgain()
    expect(await statusOf(head)).toBe('active')
    await deleteRunLabel(label!, [buildingKey])
    await learnAgain()
    expect(await statusOf(head)).toBe('retired')
  })

  it('are those too that now say something else', async () => {
    const said = { buildingKey, startedAt: HOUR, endedAt: 2 * HOUR, estimatedAppliance: 'Dryer' as const }
    await saveRunLabel({ ...said, trueAppliance: 'ElectricKettle' }, person.id)
    const [kettle, dryer] = [await learned('ElectricKettle'), await learned('Dryer')]
    await saveRunLabel({ ...said, trueAppliance: 'ElectricKettle' }, person.id)
    await learnAgain()
    expect([await statusOf(kettle), await statusOf(dryer)]).toEqual(['active', 'active'])
    await saveRunLabel({ ...said, trueAppliance: null }, person.id)
    await learnAgain()
    expect(await statusOf(kettle)).toBe('retired')
  })

  it('are waited for until nobody has labelled for a while', async () => {
    const [label] = await labelled('ElectricKettle')
    await learned('ElectricKettle')
    await deleteRunLabel(label!, [buildingKey])
    expect(await requestDueJobs(modelVersionId, 120)).toBe(0)
  })
})

it('a job that goes on learns anew what it had learned from labels that have changed since, or for another model', async () => {
  await labelled('ElectricKettle')
  await labelled('Dryer')
  const job = await takenJob(buildingKey)
  for (const appliance of ['ElectricKettle', 'Dryer'] as const) {
    const head = { appliance, provisional: null, final: null, powerFactor: 1 }
    const labelsReadAt = await timeOfReading(buildingKey)
    await saveHead({ buildingKey, modelVersionId, job, labelsReadAt, createdBy: null, head, metrics: METRICS })
  }
  expect((await findLearned(job.id, modelVersionId)).toSorted()).toEqual(['Dryer', 'ElectricKettle'])
  await saveRunLabel({ buildingKey, startedAt: 0, endedAt: HOUR, estimatedAppliance: null, trueAppliance: 'Dryer' }, person.id)
  expect(await findLearned(job.id, modelVersionId)).toEqual(['ElectricKettle'])
  expect(await findLearned(job.id, otherVersionId)).toEqual([])
  expect(await learnAgain()).toEqual({ Dryer: expect.stringContaining('readings') })
})

it('labels that come while a job runs make another one due', async () => {
  await labelled('ElectricKettle')
  await due()
  const job = (await takeJob(modelVersionId))!
  const { labelsReadAt, outcomes } = (await learnHome(job, model, modelVersionId))!
  await labelled('Dryer', 0)
  await finishJob(job, labelsReadAt, outcomes)
  expect(await due()).toBe(1)
})

it('holds no label while it waits for its turn to delete it, so that nobody who saves it waits in a circle', async () => {
  const id = await insertRunLabel(buildingKey, 60)
  const waiting = async () => {
    const { rowCount } = await pool().query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted", [
      buildingKey,
    ])
    return (rowCount ?? 0) > 0
  }
  let deleted: Promise<boolean> | undefined
  await withTransaction(async (client) => {
    await lockLabels(client, buildingKey)
    deleted = deleteRunLabel(id, [buildingKey])
    expect(await waitUntil(waiting, 10_000, 50)).toBe(true)
    await client.query('SELECT 1 FROM run_label WHERE id = $1 FOR UPDATE NOWAIT', [id])
  })
  expect(await deleted).toBe(true)
})
