import { DateTime } from 'luxon'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { optimizationSchema, pricedPlanSchema, type Optimization, type Recommendation } from '@/lib/contracts/optimisation'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { closeSharedSolver } from '@/lib/insights/optimise/highs-solver'
import { callApi } from '@/scripts/testing/api-call'
import { makeSite, makeUser, TEST_SECRET, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'
import { DAY_AND_NIGHT, writeKnownHome, type WrittenRun } from '@/scripts/testing/planned-home'
import * as equipment from '../sites/[id]/equipment/route'
import * as plan from '../sites/[id]/plan/route'
import * as candidates from '../sites/[id]/tariff-candidates/route'
import * as tariffs from '../sites/[id]/tariffs/route'
import * as optimization from './route'

const ZONE = 'Europe/Berlin'
const DAY = 86_400
const today = DateTime.now().setZone(ZONE).startOf('day')
const localTime = (daysAgo: number, hour: number, minute = 0) =>
  Math.round(today.minus({ days: daysAgo }).set({ hour, minute }).toSeconds())
const dateOf = (daysAgo: number) => today.minus({ days: daysAgo }).toISODate() ?? ''
const daily = (days: number, runOf: (daysAgo: number) => WrittenRun): WrittenRun[] =>
  Array.from({ length: days }, (_, index) => runOf(days - index))

/** A dishwasher every evening at seven: an hour at 1,200 W. */
const everyDayAt = (hour: number) => daily(28, (ago) => ({ appliance: 'Dishwasher', startSeconds: localTime(ago, hour), minutes: 60, watts: 1200 }))
const EVENING = everyDayAt(19)
const FLAT = { name: 'Flat', validFrom: '2020-01-01', rate: { kind: 'flat', pricePerKwh: 0.3 } }

let owner: TestUser

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  owner = await makeUser('operator')
})
afterAll(async () => {
  await closeSharedSolver()
  await closePool()
})

async function homeWith(tariff: unknown, runs: readonly WrittenRun[] = EVENING, baseWatts: (at: number) => number = () => 120): Promise<TestSite> {
  const site = await makeSite([owner], ZONE)
  const fromSeconds = Math.floor((localTime(29, 0) - DAY) / 3600) * 3600
  await writeKnownHome({ buildingKey: site.buildingKey, fromSeconds, toSeconds: localTime(0, 0), baseWatts, runs })
  if (tariff) {
    const { status } = await callApi(tariffs.POST, { as: owner, params: { id: site.id }, body: tariff })
    expect(status).toBe(201)
  }
  return site
}

/** What a forecast needs: measured up to the last full hour. */
async function fillUntilNow(site: TestSite): Promise<void> {
  const toSeconds = Math.floor(Date.now() / 3_600_000) * 3600
  if (toSeconds <= localTime(0, 0)) return
  await writeKnownHome({ buildingKey: site.buildingKey, fromSeconds: localTime(0, 0), toSeconds, baseWatts: () => 120, runs: [] })
}

async function ask(site: TestSite, as = owner): Promise<Optimization> {
  const request = new Request(`http://localhost/api/v1/optimization?siteId=${site.id}`, { headers: { authorization: `Bearer ${as.token}` } })
  const response = await optimization.GET(request, { params: Promise.resolve({}) })
  expect(response.status).toBe(200)
  return optimizationSchema.parse(await response.json())
}

const ofType = ({ recommendations }: Optimization, type: Recommendation['type']) => recommendations.find((one) => one.type === type)
const notesOf = ({ notes }: Optimization) => notes.map(({ key }) => key)

describe('GET /api/v1/optimization', () => {
  it('says which runs would have cost less at another time, and exactly how much', async () => {
    const answer = await ask(await homeWith(DAY_AND_NIGHT))
    const shift = ofType(answer, 'load_shifting')
    expect(shift?.appliance).toBe('Dishwasher')
    expect(shift?.runs).toHaveLength(28)
    // 1.2 kWh a day at 0.10 rather than 0.50.
    expect(shift?.potentialSavings).toBeCloseTo(28 * 1.2 * 0.4, 5)
    expect(shift?.runs.reduce((sum, { savings }) => sum + savings, 0)).toBeCloseTo(shift?.potentialSavings ?? NaN, 9)
    expect(shift?.savingsPercentage).toBeCloseTo((100 * (shift?.potentialSavings ?? NaN)) / (shift?.currentCost ?? NaN), 9)
    // The nearest cheap time within the day: done when the evening begins.
    for (const run of shift?.runs ?? []) expect(DateTime.fromSeconds(run.suggestedStart, { zone: ZONE }).toFormat('HH:mm')).toBe('16:00')
    expect(shift?.assumptions.map(({ key }) => key)).toContain('window')
    expect(answer.recommendations.map(({ potentialSavings }) => potentialSavings > 0)).not.toContain(false)
  })

  it('recommends no shifting where energy costs the same all day, and says why', async () => {
    const answer = await ask(await homeWith(FLAT))
    expect(ofType(answer, 'load_shifting')).toBeUndefined()
    expect(notesOf(answer)).toContain('flatPrice')
  })

  it('changes with the tariff and with the runs', async () => {
    const twice = { ...DAY_AND_NIGHT, rate: { ...DAY_AND_NIGHT.rate, defaultPricePerKwh: 0.3 } }
    expect(ofType(await ask(await homeWith(twice)), 'load_shifting')?.potentialSavings).toBeCloseTo(28 * 1.2 * 0.2, 5)
    const fewer = await ask(await homeWith(DAY_AND_NIGHT, EVENING.slice(18)))
    expect(ofType(fewer, 'load_shifting')?.potentialSavings).toBeCloseTo(10 * 1.2 * 0.4, 5)
    const atNoon = EVENING.map((run) => ({ ...run, startSeconds: run.startSeconds - 7 * 3600 }))
    expect(notesOf(await ask(await homeWith(DAY_AND_NIGHT, atNoon)))).toContain('alreadyBest')
    expect(notesOf(await ask(await homeWith(DAY_AND_NIGHT, [])))).toContain('noRuns')
  })

  it('keeps to its last plan where another is no better by more than a trifle', async () => {
    const site = await homeWith(DAY_AND_NIGHT)
    const before = ofType(await ask(site), 'load_shifting')
    // A fifth of a cent less at noon: enough for a home without a plan.
    const noon = { name: 'Noon', weekdays: [1, 2, 3, 4, 5, 6, 7], from: '12:00', to: '13:00', pricePerKwh: 0.098 }
    const changed = { ...DAY_AND_NIGHT, validFrom: '2021-01-01', rate: { ...DAY_AND_NIGHT.rate, windows: [...DAY_AND_NIGHT.rate.windows, noon] } }
    expect((await callApi(tariffs.POST, { as: owner, params: { id: site.id }, body: changed })).status).toBe(201)
    const after = ofType(await ask(site), 'load_shifting')
    const startsOf = (one: typeof before) => one?.runs.map(({ id, suggestedStart }) => `${id} ${suggestedStart}`).toSorted()
    expect(startsOf(after)).toEqual(startsOf(before))
    const unplanned = ofType(await ask(await homeWith(changed)), 'load_shifting')
    expect(unplanned?.runs).toHaveLength(28)
    for (const { suggestedStart } of unplanned?.runs ?? []) expect(DateTime.fromSeconds(suggestedStart, { zone: ZONE }).hour).toBe(12)
  })

  it('leaves a run in progress and one that was something else alone', async () => {
    const site = await homeWith(DAY_AND_NIGHT, EVENING.slice(26))
    const { rows } = await pool().query<{ started_at: Date }>('SELECT started_at FROM activation WHERE building_key = $1 ORDER BY 1', [site.buildingKey])
    await pool().query('UPDATE activation SET ended_at = NULL WHERE building_key = $1 AND started_at = $2', [site.buildingKey, rows[1]?.started_at])
    expect(ofType(await ask(site), 'load_shifting')?.runs).toHaveLength(1)
    await pool().query(
      `INSERT INTO run_label (id, building_key, started_at, ended_at, estimated_appliance, true_appliance)
       VALUES ($1, $2, $3::timestamptz, $3::timestamptz + interval '1 hour', 1, 6)`,
      [`label_${site.id}`, site.buildingKey, rows[0]?.started_at],
    )
    expect(notesOf(await ask(site))).toContain('noRuns')
  })

  it('moves runs into the sun, valued at the credit they forgo', async () => {
    const noon = (at: number) => {
      const { hour } = DateTime.fromSeconds(at, { zone: ZONE })
      return hour >= 11 && hour < 14 ? -2000 : 120
    }
    const answer = await ask(await homeWith({ ...FLAT, exportCreditPerKwh: 0.08 }, EVENING, noon))
    expect(ofType(answer, 'load_shifting')?.potentialSavings).toBeCloseTo(28 * 1.2 * (0.3 - 0.08), 4)
  })

  it('recommends another tariff only if one is entered and would have cost less', async () => {
    const site = await homeWith(FLAT)
    expect(notesOf(await ask(site))).toContain('noOtherTariff')
    const enter = (data: unknown[]) => callApi(candidates.PUT, { as: owner, params: { id: site.id }, body: { data }, method: 'PUT' })
    const cheaper = { name: 'Cheaper', validFrom: dateOf(0), rate: { kind: 'flat', pricePerKwh: 0.2 } }
    const dearer = { name: 'Dearer', validFrom: dateOf(0), standingChargePerDay: 1, rate: { kind: 'flat', pricePerKwh: 0.29 } }
    expect((await enter([dearer])).status).toBe(200)
    expect(notesOf(await ask(site))).toContain('noCheaperTariff')
    await enter([dearer, cheaper])
    const choice = ofType(await ask(site), 'tariff_choice')
    expect(choice?.subject).toBe('Cheaper')
    expect(choice?.potentialSavings).toBeCloseTo((choice?.currentCost ?? NaN) / 3, 5)
  })

  it('charges a battery when energy is cheap, and only if there is one', async () => {
    const site = await homeWith(DAY_AND_NIGHT, [])
    expect(notesOf(await ask(site))).toContain('noBattery')
    const body = { battery: { capacityKwh: 0.36, powerKw: 1, roundTripEfficiency: 1 }, peakLimitWatts: null, demandChargePerKw: null }
    await callApi(equipment.PUT, { as: owner, params: { id: site.id }, body, method: 'PUT' })
    const schedule = ofType(await ask(site), 'battery_schedule')
    // Half of the evening's 0.72 kWh comes out of it.
    expect(schedule?.potentialSavings).toBeCloseTo(28 * 0.36 * 0.4, 3)
    expect(schedule?.batteryWattsByHour?.slice(17, 23).reduce((sum, watts) => sum + watts, 0)).toBeCloseTo(-360, 0)
  })

  it('lowers the highest demand where that is charged', async () => {
    const together = EVENING.flatMap((run): WrittenRun[] => [run, { ...run, appliance: 'WashingMachine', watts: 2000 }])
    const site = await homeWith(FLAT, together)
    expect(notesOf(await ask(site))).toContain('noDemandCharge')
    await callApi(equipment.PUT, { as: owner, params: { id: site.id }, body: { battery: null, peakLimitWatts: null, demandChargePerKw: 10 }, method: 'PUT' })
    const shaving = ofType(await ask(site), 'peak_shaving')
    expect(shaving?.power).toEqual({ currentWatts: expect.closeTo(3320, 3), plannedWatts: expect.closeTo(2120, 3) })
    expect(shaving?.potentialSavings).toBeCloseTo(12, 3)
  })

  it('measures standby against the best weeks of the home', async () => {
    const site = await makeSite([owner], ZONE)
    const fromSeconds = localTime(70, 0)
    const crept = (at: number) => (at > localTime(28, 0) ? 160 : 100)
    await writeKnownHome({ buildingKey: site.buildingKey, fromSeconds, toSeconds: localTime(0, 0), baseWatts: crept, runs: [] })
    const cut = ofType(await ask(site), 'standby_cut')
    expect(cut?.power).toEqual({ currentWatts: expect.closeTo(160, 3), plannedWatts: expect.closeTo(100, 3) })
    const hours = (localTime(0, 0) - localTime(28, 0)) / 3600
    expect(cut?.potentialSavings).toBeCloseTo(0.06 * hours * 0.31, 3)
  })

  it('plans the coming 24 hours from forecast, prices and usual runs, keeps to its plan, and says why where it cannot', async () => {
    // Another evening hour while the one of every evening is on: today's would be past and tomorrow's not over within 24 hours.
    const isOn = Math.abs(Date.now() / 1000 - localTime(0, 19, 30)) < 45 * 60
    const site = await homeWith(DAY_AND_NIGHT, everyDayAt(isOn ? 21 : 19))
    await fillUntilNow(site)
    const { ahead } = await ask(site)
    if (!ahead) throw new Error('There is no plan.')
    expect(ahead.importPrices).toHaveLength(96)
    expect(ahead.baseKwh).toHaveLength(96)
    // What is always on, 120 W; its forecast knows nothing else beside the dishwasher.
    expect(ahead.baseKwh.reduce((sum, kwh) => sum + kwh, 0)).toBeGreaterThan(0.7 * 24 * 0.12)
    expect(ahead.baseKwh.reduce((sum, kwh) => sum + kwh, 0)).toBeLessThan(1.3 * 24 * 0.12)
    const next = ahead.runs.filter(({ isRunning }) => !isRunning)
    expect(next.length).toBeGreaterThan(0)
    for (const run of next) {
      expect(run).toMatchObject({ appliance: 'Dishwasher', buildingId: site.buildingId, seenOn: 4, ofDays: 4 })
      expect(run.energyKwh).toBeCloseTo(1.2, 5)
      const hour = DateTime.fromSeconds(run.plannedStart, { zone: ZONE }).hour
      expect(run.plannedStart).toBeGreaterThanOrEqual(ahead.from)
      if (run.usualStart - ahead.from > 4 * 3600) expect(hour).toBeLessThanOrEqual(16)
    }
    expect(ahead.runs.reduce((sum, { savings }) => sum + savings, 0)).toBeCloseTo(ahead.savings, 6)
    expect(ahead.currentCost - ahead.plannedCost).toBeCloseTo(ahead.savings, 9)
    const again = (await ask(site)).ahead
    const startsOf = (plan: typeof ahead | null) => plan?.runs.map(({ id, plannedStart }) => `${id} ${plannedStart}`)
    expect(startsOf(again)).toEqual(startsOf(ahead))
    const dearer = { ...DAY_AND_NIGHT, validFrom: '2021-01-01', rate: { ...DAY_AND_NIGHT.rate, defaultPricePerKwh: 0.2 } }
    await callApi(tariffs.POST, { as: owner, params: { id: site.id }, body: dearer })
    expect((await ask(site)).ahead?.plannedCost).toBeGreaterThan(ahead.plannedCost)

    const dynamic = { name: 'Hourly', validFrom: dateOf(0), rate: { kind: 'dynamic', surchargePerKwh: 0, multiplier: 1 } }
    expect((await callApi(tariffs.POST, { as: owner, params: { id: site.id }, body: dynamic })).status).toBe(201)
    const unknown = await ask(site)
    expect(unknown.ahead).toBeNull()
    expect(notesOf(unknown)).toContain('aheadNoPrices')
    const silent = await ask(await homeWith(DAY_AND_NIGHT, []))
    expect(silent.ahead).toBeNull()
    expect(notesOf(silent)).toContain('aheadNothing')
  }, 120_000)

  it('answers 404 to who may not see the site, and asks for a site', async () => {
    const site = await homeWith(null, [])
    const stranger = await makeUser()
    const headers = { authorization: `Bearer ${stranger.token}` }
    const get = (url: string) => optimization.GET(new Request(url, { headers }), { params: Promise.resolve({}) })
    expect((await get(`http://localhost/api/v1/optimization?siteId=${site.id}`)).status).toBe(404)
    expect((await get('http://localhost/api/v1/optimization')).status).toBe(422)
    for (const [route, method, body] of [
      [plan.POST, 'POST', { day: dateOf(1), moves: [] }],
      [equipment.GET, 'GET', undefined],
      [candidates.GET, 'GET', undefined],
    ] as const) {
      expect((await callApi(route, { as: stranger, params: { id: site.id }, method, body })).status).toBe(404)
    }
  })
})

describe('POST /api/v1/sites/{id}/plan', () => {
  it('prices a plan made by hand as the optimiser prices its own', async () => {
    const site = await homeWith(DAY_AND_NIGHT)
    const shift = ofType(await ask(site), 'load_shifting')
    const run = shift?.runs.find(({ startedAt }) => startedAt === localTime(3, 19))
    if (!run) throw new Error('The run of three days ago is missing.')
    const price = async (body: unknown) => callApi(plan.POST, { as: owner, params: { id: site.id }, body })
    const shiftMinutes = (run.suggestedStart - run.startedAt) / 60
    const priced = pricedPlanSchema.parse((await price({ day: dateOf(3), moves: [{ runId: run.id, shiftMinutes }] })).body)
    expect(priced.savings).toBeCloseTo(run.savings, 9)
    expect(priced.runs[0]).toMatchObject({ plannedStart: run.suggestedStart, isUsualTime: true })
    const half = pricedPlanSchema.parse((await price({ day: dateOf(3), moves: [{ runId: run.id, shiftMinutes: -150 }] })).body)
    expect(half.savings).toBeCloseTo(0.6 * 0.4, 5)
    expect((await price({ day: dateOf(3), moves: [{ runId: run.id, shiftMinutes: 600 }] })).status).toBe(422)
    expect((await price({ day: dateOf(3), moves: [{ runId: 'none', shiftMinutes: 15 }] })).status).toBe(422)
    expect((await price({ day: '2026-02-31', moves: [] })).status).toBe(422)
    expect((await price({ day: dateOf(0), moves: [] })).status).toBe(409)
  })

  it('prices no plan in which an appliance runs twice at once', async () => {
    const site = await homeWith(DAY_AND_NIGHT, [...EVENING, { appliance: 'Dishwasher', startSeconds: localTime(3, 10), minutes: 60, watts: 1200 }])
    const runId = `${site.buildingId}:Dishwasher:${localTime(3, 19)}`
    const price = (shiftMinutes: number) =>
      callApi(plan.POST, { as: owner, params: { id: site.id }, body: { day: dateOf(3), moves: [{ runId, shiftMinutes }] } })
    expect(await price(-540)).toMatchObject({ status: 422, body: { errors: [{ field: 'body.moves.0.shiftMinutes' }] } })
    expect((await price(-480)).status).toBe(200)
  })
})
