import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { ensureModelVersion } from '@/lib/data/model-versions'
import {
  cancelLearningJob,
  finishJob,
  MOST_LEARNING_ATTEMPTS,
  releaseJob,
  requestDueJobs,
  requestJob,
  retryLearningJob,
  stopJob,
  takeJob,
} from '@/lib/data/learning-jobs'
import { insertRunLabel } from '@/scripts/testing/run-label'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { makeSite, TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { startLearningLoop } from './learning-loop'

let modelVersionId: number
let buildingKey: number

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  modelVersionId = await ensureModelVersion('wavenilm', 'attempts')
})
beforeEach(async () => {
  // One queue serves all buildings, those of other tests too.
  await pool().query('DELETE FROM home_learning_job')
  await pool().query('DELETE FROM run_label')
  await pool().query('DELETE FROM run_label_change')
  buildingKey = (await makeSite([])).buildingKey
})
afterAll(closePool)

const take = () => takeJob(modelVersionId)
const pauseIsOver = (id: string) => pool().query(`UPDATE home_learning_job SET started_at = now() - interval '1 hour' WHERE id = $1`, [id])

async function jobOf(id: string): Promise<{ status: string; error: string | null; attempts: number }> {
  return (await pool().query<{ status: string; error: string | null; attempts: number }>(
    'SELECT status, error, attempts FROM home_learning_job WHERE id = $1',
    [id],
  )).rows[0]!
}

describe('learning that stops with an error', () => {
  it('is tried again after a pause, and after the last attempt fails and says why', async () => {
    const { id } = await requestJob(buildingKey, null)
    for (let attempt = 1; attempt <= MOST_LEARNING_ATTEMPTS; attempt++) {
      const taken = await take()
      expect(taken?.id).toBe(id)
      await stopJob(taken!, 'the readings made no sense.')
      expect(await take()).toBeNull()
      await pauseIsOver(id)
    }
    expect(await take()).toBeNull()
    const { status, error } = await jobOf(id)
    expect(status).toBe('failed')
    expect(error).toContain(`${MOST_LEARNING_ATTEMPTS} times`)
    expect(error).toContain('the readings made no sense')
  })

  it('begins with all its attempts when it is started again', async () => {
    const { id } = await requestJob(buildingKey, null)
    for (let attempt = 1; attempt <= MOST_LEARNING_ATTEMPTS; attempt++) {
      await stopJob((await take())!, 'no.')
      await pauseIsOver(id)
    }
    expect(await retryLearningJob(id)).toBe(true)
    expect(await jobOf(id)).toMatchObject({ status: 'queued', attempts: 0, error: null })
    await finishJob((await take())!, new Date().toISOString(), [])
    expect((await jobOf(id)).status).toBe('done')
  })

  it('fails too when it ends its process each time', async () => {
    const { id } = await requestJob(buildingKey, null)
    for (let attempt = 1; attempt <= MOST_LEARNING_ATTEMPTS; attempt++) expect((await take())?.id).toBe(id)
    expect(await take()).toBeNull()
    expect(await jobOf(id)).toMatchObject({ status: 'failed', error: expect.stringContaining('ended its process') })
  })

  it('does not count an attempt that a restart cut short', async () => {
    const { id } = await requestJob(buildingKey, null)
    for (let restart = 0; restart < 2 * MOST_LEARNING_ATTEMPTS; restart++) {
      const taken = await take()
      expect(taken?.id).toBe(id)
      await releaseJob(taken!)
    }
  })

  it('is told by the loop what went wrong, but nothing of servers', async () => {
    const { id } = await requestJob(buildingKey, null)
    const failing = Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:5432'), { code: 'ECONNREFUSED' })
    const stop = startLearningLoop({
      loadModel: () => Promise.reject(failing),
      modelVersionId,
      isHolder: () => true,
      log: createLogger('test'),
    })
    await expect.poll(async () => (await jobOf(id)).error, { timeout: 20_000 }).toContain('ECONNREFUSED')
    await stop()
    expect(await jobOf(id)).toMatchObject({ status: 'queued', attempts: 1 })
    expect((await jobOf(id)).error).not.toContain('10.1.2.3')
  })
})

it('a home whose learning was cancelled is left alone until somebody labels again', async () => {
  const { id } = await requestJob(buildingKey, null)
  await insertRunLabel(buildingKey, 3_600)
  await cancelLearningJob(id)
  expect(await requestDueJobs(modelVersionId, 120)).toBe(0)
  await pool().query(`UPDATE home_learning_job SET finished_at = now() - interval '2 hours'`)
  expect(await requestDueJobs(modelVersionId, 120)).toBe(1)
})
