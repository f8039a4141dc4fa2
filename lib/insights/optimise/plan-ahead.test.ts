import { afterAll, describe, expect, it } from 'vitest'
import { meterKwh } from '@/lib/domain/day-plan'
import { LocalCalendar, QUARTER_SECONDS } from '@/lib/domain/local-calendar'
import type { BuiltDay, SeenRun } from './build-day'
import { HighsSolver } from './highs-solver'
import { planAhead, planAheadWithin, type AheadInputs, type AheadPlan } from './plan-ahead'
import { learnWindow } from './run-windows'

const solver = new HighsSolver(10)
afterAll(() => solver.close())

const DAY = 86_400
const ZONE = 'Europe/Berlin'
/** A Saturday in winter, local midnight. */
const TODAY = Date.parse('2026-01-31T00:00:00+01:00') / 1000
const calendar = new LocalCalendar(ZONE, TODAY - 40 * DAY, TODAY + 3 * DAY)

function seen(appliance: SeenRun['appliance'], startedAt: number, quarterWh: number[]): SeenRun {
  return {
    id: `${appliance} ${startedAt}`,
    place: 1,
    appliance,
    startedAt,
    endedAt: startedAt + quarterWh.length * QUARTER_SECONDS,
    confidence: 0.8,
    quarterStartSeconds: quarterWh.map((_, index) => startedAt + index * QUARTER_SECONDS),
    quarterWh,
  }
}

function past(runsOf: (dayStart: number, daysAgo: number) => SeenRun[]): BuiltDay[] {
  return Array.from({ length: 28 }, (_, index) => {
    const startSeconds = TODAY - (28 - index) * DAY
    const runs = runsOf(startSeconds, 28 - index)
    const problem = { startSeconds, importPrices: [], exportPrices: [], baseKwh: [], runs: [], battery: null, peak: null }
    return { problem, runs: new Map(runs.map((run) => [run.id, run])), coverage: 1, feedsIn: false, isTiered: false }
  })
}

/** A dishwasher every evening at seven, an hour at 1,200 W. */
const EVENINGS = past((start) => [seen('Dishwasher', start + 19 * 3600, [300, 300, 300, 300])])
/** Cheap until five in the afternoon, then dear until eleven. */
const prices = (from: number) => Array.from({ length: 96 }, (_, slot) => {
  const hour = calendar.moment(from + slot * QUARTER_SECONDS).clockSeconds / 3600
  return hour >= 17 && hour < 23 ? 0.5 : 0.2
})

function inputs(given: Partial<AheadInputs> = {}): AheadInputs {
  const fromSeconds = given.fromSeconds ?? TODAY + 8 * 3600
  return {
    fromSeconds,
    forecastKwh: new Array<number>(96).fill(0.1),
    importPrices: prices(fromSeconds),
    exportPrices: new Array<number>(96).fill(0),
    days: EVENINGS,
    today: [],
    running: [],
    windows: new Map([['Dishwasher', learnWindow([], calendar)], ['WashingMachine', learnWindow([], calendar)], ['Dryer', learnWindow([], calendar)]]),
    calendar,
    battery: null,
    peak: null,
    plannedStarts: new Map(),
    ...given,
  }
}

const startsOf = ({ problem, plan, runs }: AheadPlan) =>
  new Map(problem.runs.map(({ id, startSlot }) =>
    [`${runs.get(id)?.run.appliance} ${id}`, problem.startSeconds + (plan.startSlots.get(id) ?? startSlot) * QUARTER_SECONDS]))
const first = (starts: ReadonlyMap<string, number>) => [...starts.values()][0] ?? NaN
const kept = ({ problem, plan }: AheadPlan) =>
  new Map([...plan.startSlots].map(([id, slot]) => [id, problem.startSeconds + slot * QUARTER_SECONDS]))

describe('the plan of the coming hours', () => {
  it('puts the usual run of the weekday where energy costs less, at a time at which the home runs it', async () => {
    const result = await planAhead(inputs(), solver)
    expect(result.isProven).toBe(true)
    expect([...startsOf(result).values()]).toEqual([TODAY + 16 * 3600])
    const [run] = result.runs.values()
    expect(run).toMatchObject({ usualStart: TODAY + 19 * 3600, usual: { seenOn: 4, ofDays: 4 } })
  })

  it.each([
    ['2026-03-29T00:00:00+01:00', '2026-03-29T19:00:00+02:00'],
    ['2026-10-25T00:00:00+02:00', '2026-10-25T19:00:00+01:00'],
  ])('expects the usual run at its time of day also where the clocks change: %s', async (midnight, evening) => {
    const [today, seven] = [Date.parse(midnight) / 1000, Date.parse(evening) / 1000]
    const calendar = new LocalCalendar(ZONE, today - 40 * DAY, today + 3 * DAY)
    const days = EVENINGS.map(({ problem, runs, ...day }) => {
      const [run] = runs.values()
      const startSeconds = problem.startSeconds - TODAY + today
      const moved = seen('Dishwasher', startSeconds + 19 * 3600, [...run!.quarterWh])
      return { ...day, problem: { ...problem, startSeconds }, runs: new Map([[moved.id, moved]]) }
    })
    const fromSeconds = today + 8 * 3600
    const importPrices = new Array<number>(96).fill(0.2)
    const result = await planAhead(inputs({ fromSeconds, days, calendar, importPrices }), solver)
    expect([...result.runs.values()].map(({ usualStart }) => usualStart)).toContain(seven)
  })

  it('plans nothing that is not usual on that weekday', async () => {
    const onTuesdays = past((start) => (calendar.moment(start).weekday === 2 ? [seen('Dishwasher', start + 19 * 3600, [300])] : []))
    expect((await planAhead(inputs({ days: onTuesdays }), solver)).problem.runs).toEqual([])
    const once = past((start, ago) => (ago === 7 ? [seen('Dishwasher', start + 19 * 3600, [300])] : []))
    expect((await planAhead(inputs({ days: once }), solver)).problem.runs).toEqual([])
  })

  it('takes what the usual runs draw out of the forecast before it adds them', async () => {
    const forecastKwh = prices(TODAY + 8 * 3600).map((_, slot) => {
      const hour = Math.floor(calendar.moment(TODAY + 8 * 3600 + slot * QUARTER_SECONDS).clockSeconds / 3600)
      return hour === 19 ? 0.4 : 0.1
    })
    const { problem } = await planAhead(inputs({ forecastKwh }), solver)
    for (const kwh of problem.baseKwh) expect(kwh).toBeCloseTo(0.1, 9)
  })

  it('leaves a cycle that runs as it is, keeps the next of its kind behind it, and expects no second one', async () => {
    const washes = past((start) => [seen('WashingMachine', start + 10 * 3600, [500, 400, 300, 200])])
    const startedAt = TODAY + 9.5 * 3600
    const fromSeconds = TODAY + 10 * 3600
    const cycle = { place: 1, appliance: 'WashingMachine' as const, startedAt }
    const both = washes.map((day, index) => ({ ...day, runs: new Map([...day.runs, ...(EVENINGS[index]?.runs ?? [])]) }))
    const result = await planAhead(inputs({ fromSeconds, days: both, today: [cycle], running: [cycle] }), solver)
    const running = result.problem.runs.filter(({ candidateSlots }) => candidateSlots.length === 1)
    expect(running).toHaveLength(1)
    // Half an hour of it is over.
    expect(running[0]).toMatchObject({ startSlot: 0, slotKwh: [0.3, 0.2] })
    expect(result.problem.runs.filter(({ id }) => id.includes('WashingMachine'))).toHaveLength(1)
    expect(result.plan.startSlots.get(running[0]?.id ?? '')).toBe(0)
  })

  it('plans a run no more once it has begun', async () => {
    const today = [{ place: 1, appliance: 'Dishwasher' as const, startedAt: TODAY + 16 * 3600 }]
    const fromSeconds = TODAY + 18 * 3600
    expect((await planAhead(inputs({ fromSeconds, today }), solver)).problem.runs).toEqual([])
  })

  it('plans a run only once all of it lies within the hours planned', async () => {
    const at = (hour: number) => planAhead(inputs({ fromSeconds: TODAY + hour * 3600 }), solver)
    expect((await at(19.25)).problem.runs).toEqual([])
    expect([...startsOf(await at(20)).values()]).toEqual([TODAY + DAY + 16 * 3600])
  })

  it('still expects a run that the last plan put later than usual', async () => {
    const cheapLate = inputs().importPrices.map((_, slot) => (slot >= 4 * 12 ? 0.1 : 0.5))
    const windows = new Map([['Dishwasher' as const, { fromClockSeconds: 6 * 3600, toClockSeconds: DAY }]])
    const before = await planAhead(inputs({ importPrices: cheapLate, windows }), solver)
    const planned = first(startsOf(before))
    expect(planned).toBeGreaterThanOrEqual(TODAY + 20 * 3600)
    const later = { fromSeconds: TODAY + 19.5 * 3600, importPrices: cheapLate.map((_, slot) => (slot >= 2 ? 0.1 : 0.5)), windows }
    expect((await planAhead(inputs(later), solver)).problem.runs).toEqual([])
    const after = await planAhead(inputs({ ...later, plannedStarts: kept(before) }), solver)
    expect([...startsOf(after).values()]).toEqual([planned])
  })

  it('keeps to its plan where the next solve has slightly other prices and forecasts, and leaves it for a real gain', async () => {
    const one = await planAhead(inputs(), solver)
    // From noon to one the kWh costs a cent less now, and a little more is drawn all day.
    const changed = {
      forecastKwh: inputs().forecastKwh.map((kwh) => kwh * 1.05),
      importPrices: inputs().importPrices.map((price, slot) => (slot >= 16 && slot < 20 ? price - 0.01 : price)),
    }
    const without = startsOf(await planAhead(inputs(changed), solver))
    const stayed = startsOf(await planAhead(inputs({ ...changed, plannedStarts: kept(one) }), solver))
    expect(stayed).toEqual(startsOf(one))
    // Without the plan to keep to it would have been another one.
    expect(without).not.toEqual(stayed)
    const free = inputs().importPrices.map((price, slot) => (slot >= 20 && slot < 24 ? 0 : price))
    const moved = startsOf(await planAhead(inputs({ importPrices: free, plannedStarts: kept(one) }), solver))
    expect(first(moved)).toBe(TODAY + 13 * 3600)
  })

  it('charges a battery beside the runs and never plans beyond the known prices', async () => {
    const known = inputs()
    const battery = { capacityKwh: 2, slotKwh: 0.5, roundTripEfficiency: 0.9 }
    const short = { importPrices: known.importPrices.slice(0, 60), exportPrices: known.exportPrices.slice(0, 60), forecastKwh: known.forecastKwh.slice(0, 60) }
    const { plan, problem } = await planAhead(inputs({ ...short, battery }), solver)
    expect(plan.batteryKwh).toHaveLength(60)
    expect(Math.max(...(plan.batteryKwh ?? []))).toBeGreaterThan(0.1)
    for (const run of problem.runs) for (const slot of run.candidateSlots) expect(slot + run.slotKwh.length).toBeLessThanOrEqual(60)
  })

  it('never lays a run on another one of its appliance, also where their usual times of day come from different days', async () => {
    const long = new Array<number>(8).fill(300)
    // Seven and a quarter past nine on every second day, eleven on the others: on the whole nine, and a quarter past.
    const days = past((start, ago) => (ago % 14 < 7
      ? [seen('Dishwasher', start + 7 * 3600, long), seen('Dishwasher', start + 9.25 * 3600, long)]
      : [seen('Dishwasher', start + 11 * 3600, long)]))
    const fromSeconds = TODAY + 6 * 3600
    for (const cheapHour of [8, 9, 15, 20]) {
      const importPrices = inputs().importPrices.map((_, slot) => (Math.abs(slot / 4 + 6 - cheapHour) < 1 ? 0.05 : 0.5))
      const starts = [...startsOf(await planAhead(inputs({ fromSeconds, days, importPrices }), solver)).values()].toSorted((a, b) => a - b)
      expect(starts).toHaveLength(2)
      expect(starts[1]! - starts[0]!).toBeGreaterThanOrEqual(2 * 3600)
    }
  })

  it('begins no run while a cycle of its appliance goes on, however long that has lasted', async () => {
    const days = past((start) => [seen('Dishwasher', start + 9 * 3600, [300, 300]), seen('Dishwasher', start + 19 * 3600, [300, 300])])
    const fromSeconds = TODAY + 11 * 3600
    const cycle = { place: 1, appliance: 'Dishwasher' as const, startedAt: TODAY + 9 * 3600 }
    const importPrices = inputs().importPrices.map((_, slot) => (slot < 2 ? 0.01 : 0.5))
    const result = await planAhead(inputs({ fromSeconds, days, importPrices, today: [cycle], running: [cycle] }), solver)
    const next = result.problem.runs.find(({ candidateSlots }) => candidateSlots.length > 1)
    expect(result.plan.startSlots.get(next?.id ?? '')).toBeGreaterThanOrEqual(1)
    // What it still draws is not known; what is known is that it runs.
    expect([...result.runs.values()].find(({ usual }) => usual === null)?.run.endedAt).toBeGreaterThan(fromSeconds)
  })

  it('keeps below the limit of the connection also where a charge for the highest demand would be worth paying', async () => {
    const both = past((start) => [seen('Dishwasher', start + 19 * 3600, [500, 500]), seen('WashingMachine', start + 20 * 3600, [500, 500])])
    const importPrices = inputs().importPrices.map((_, slot) => (slot === 16 || slot === 17 ? 0.01 : 1))
    const given = inputs({ days: both, importPrices, peak: { aboveKwh: 0.3, costPerKwh: 0.1 } })
    const highest = ({ problem, plan }: AheadPlan) => Math.max(...meterKwh(problem, plan))
    expect(highest(await planAheadWithin(given, null, solver))).toBeGreaterThan(1)
    expect(highest(await planAheadWithin(given, { aboveKwh: 0.8, costPerKwh: 50 }, solver))).toBeLessThanOrEqual(0.8)
  })
})
