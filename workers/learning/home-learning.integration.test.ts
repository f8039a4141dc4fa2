import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { GET as getLabels, POST as postLabel } from '@/app/api/v1/sites/[id]/labels/route'
import { DELETE as deleteLabel } from '@/app/api/v1/sites/[id]/labels/[labelId]/route'
import { POST as changeHead } from '@/app/api/v1/sites/[id]/learning/heads/[headId]/route'
import { GET as getLearning, POST as startLearning } from '@/app/api/v1/sites/[id]/learning/route'
import { GET as getRuns } from '@/app/api/v1/sites/[id]/runs/route'
import { homeLearningSchema, siteRunsSchema, type NewRunLabel } from '@/lib/contracts/home-learning'
import { readCheckpoint } from '@/lib/data/raw-read'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import type { SessionCheckpoint } from '@/lib/nilm/session-types'
import { makeSite, makeUser, TEST_SECRET, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'
import { homeModel, KettleHome } from '@/scripts/testing/kettle-home'
import { startLearningLoop } from './learning-loop'

const PATIENCE_MILLISECONDS = 300_000
const TRAINING_DAYS = 2

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

async function ask(handler: Handler, user: TestUser, params: Record<string, string>, body?: unknown): Promise<Response> {
  const request = new Request('http://localhost/api/v1/sites?limit=200', {
    headers: { authorization: `Bearer ${user.token}` },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
  return handler(request, { params: Promise.resolve(params) })
}

describe('a home that teaches its own heads', { timeout: PATIENCE_MILLISECONDS }, () => {
  let [person, stranger, viewer]: TestUser[] = []
  let site: TestSite
  let home: KettleHome
  /** The same mains in a building that learns nothing. */
  let control: KettleHome
  let checkpointBefore: SessionCheckpoint
  let stopLearning: (() => Promise<void>) | undefined

  const learning = async () => homeLearningSchema.parse(await (await ask(getLearning, person!, { id: site.id })).json()).buildings[0]!
  const learnNow = async () => {
    const before = (await learning()).job?.id
    expect((await ask(startLearning, person!, { id: site.id }, { buildingId: site.buildingId })).status).toBe(200)
    for (;;) {
      const { job } = await learning()
      if (job && job.id !== before && job.status === 'done') return
      if (job?.status === 'failed') throw new Error(job.error ?? 'failed')
      await sleep(200)
    }
  }

  beforeAll(async () => {
    provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET })
    ;[person, stranger, viewer] = [await makeUser('operator'), await makeUser('operator'), await makeUser('viewer')]
    site = await makeSite([person, viewer])
    const modelVersion = `steps-${site.id}`
    home = await KettleHome.open(site.buildingId, modelVersion)
    control = await KettleHome.open((await makeSite([])).buildingId, modelVersion)
    stopLearning = startLearningLoop({
      loadModel: async () => homeModel(modelVersion),
      modelVersionId: home.modelVersionId,
      isHolder: () => true,
      log: createLogger('learning'),
    })
    for (const each of [home, control]) await each.live(TRAINING_DAYS)
  }, PATIENCE_MILLISECONDS)

  afterAll(async () => {
    await stopLearning?.()
    await home?.close()
    await control?.close()
    await closePool()
  })

  it('says how many labels are missing, and does not learn from too few', async () => {
    const [run] = siteRunsSchema.parse(await (await ask(getRuns, person!, { id: site.id })).json()).runs
    // No estimate has come yet that says how well the appliance was measured.
    expect(run!.isExperimental).toBe(true)
    const label: NewRunLabel = {
      buildingId: site.buildingId,
      startedAt: run!.startedAt,
      endedAt: run!.endedAt!,
      estimatedAppliance: run!.appliance,
      trueAppliance: null,
    }
    expect((await ask(postLabel, person!, { id: site.id }, label)).status).toBe(200)
    expect((await learning()).appliances).toEqual([{ appliance: 'ElectricKettle', runs: 0, notRuns: 1, needed: 3 }])
    expect((await ask(startLearning, person!, { id: site.id }, { buildingId: site.buildingId })).status).toBe(409)
  })

  it('nobody else sees its runs and labels, or labels it; who may only look cannot label', async () => {
    const label = { buildingId: site.buildingId, startedAt: 1000, endedAt: 1100, estimatedAppliance: null, trueAppliance: 'Dryer' }
    const labels = (await (await ask(getLabels, person!, { id: site.id })).json()) as { data: { id: string }[] }
    const labelId = labels.data[0]!.id
    for (const handler of [getRuns, getLabels, getLearning]) expect((await ask(handler, stranger!, { id: site.id })).status).toBe(404)
    expect((await ask(postLabel, stranger!, { id: site.id }, label)).status).toBe(404)
    expect((await ask(deleteLabel, stranger!, { id: site.id, labelId })).status).toBe(404)
    expect((await ask(startLearning, stranger!, { id: site.id }, { buildingId: site.buildingId })).status).toBe(404)
    const foreign = await makeSite([stranger!])
    expect((await ask(postLabel, stranger!, { id: foreign.id }, label)).status).toBe(404)
    expect((await ask(deleteLabel, stranger!, { id: foreign.id, labelId })).status).toBe(404)
    expect((await ask(getRuns, viewer!, { id: site.id })).status).toBe(200)
    expect((await ask(postLabel, viewer!, { id: site.id }, label)).status).toBe(403)
    expect((await ask(getLabels, person!, { id: site.id })).status).toBe(200)
    expect(((await (await ask(getLabels, person!, { id: site.id })).json()) as typeof labels).data).toHaveLength(1)
  })

  it('learns from what a person says of past runs, and is then better on days nobody labelled', async () => {
    const { runs } = siteRunsSchema.parse(await (await ask(getRuns, person!, { id: site.id })).json())
    const ended = runs.filter((run) => run.endedAt !== null)
    const [kettles, others] = [true, false].map((is) => ended.filter((run) => home.isTrueRun(run.startedAt, run.endedAt!) === is))
    for (const run of [...kettles!.slice(0, 7), ...others!.slice(0, 7)]) {
      const label = { buildingId: site.buildingId, startedAt: run.startedAt, endedAt: run.endedAt!, estimatedAppliance: run.appliance }
      const trueAppliance = kettles!.includes(run) ? run.appliance : null
      expect((await ask(postLabel, person!, { id: site.id }, { ...label, trueAppliance })).status).toBe(200)
    }
    await learnNow()
    const [head] = (await learning()).heads
    expect(head).toMatchObject({ appliance: 'ElectricKettle', status: 'active', effectiveFrom: null })
    expect(head!.metrics.after.f1!).toBeGreaterThan(head!.metrics.before.f1!)

    checkpointBefore = (await readCheckpoint(pool(), home.buildingKey))!
    await home.followHeads()
    for (const each of [home, control]) await each.live(1)
    expect((await learning()).heads[0]!.effectiveFrom).toBe(Math.floor(checkpointBefore.positionSeconds) + 1)
    const [own, shared] = [await home.f1OfLastDay(), await control.f1OfLastDay()]
    expect(shared).toBeLessThan(0.8)
    expect(own).toBeGreaterThan(shared + 0.1)
  })

  it('gives identical rows when the readings are replayed across the second at which the head took effect', async () => {
    const rows = await home.rowsOfLastDay()
    await home.forgetEstimatesSince(checkpointBefore)
    expect(await home.rowsOfLastDay()).not.toEqual(rows)
    await home.reopen()
    expect(await home.rowsOfLastDay()).toEqual(rows)
  })

  it('is taken back for exactly the old estimates, and can be let in again', async () => {
    const [head] = (await learning()).heads
    const change = (action: string) => ask(changeHead, person!, { id: site.id, headId: head!.id }, { action })
    expect((await ask(changeHead, stranger!, { id: site.id, headId: head!.id }, { action: 'roll-back' })).status).toBe(404)
    expect((await change('roll-back')).status).toBe(200)
    expect((await change('roll-back')).status).toBe(404)
    await home.followHeads()
    for (const each of [home, control]) await each.live(1)
    expect(await home.rowsOfLastDay()).toEqual(await control.rowsOfLastDay())

    expect((await change('activate')).status).toBe(200)
    await home.followHeads()
    for (const each of [home, control]) await each.live(1)
    expect(await home.f1OfLastDay()).toBeGreaterThan(await control.f1OfLastDay())
  })
})
