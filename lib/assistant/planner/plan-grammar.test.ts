import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { PlanGrammar } from './plan-grammar'
import { periodBefore, periodYearBefore } from './plan-periods'
import { hasPeriod, parsePlan, previousText } from './plan-text'

const now = DateTime.fromISO('2026-11-18T14:00', { zone: 'Europe/Berlin' })
const values = new Map([
  ['n1', '14'], ['d1', '2026-11-03'], ['d2', '2026-11-05'], ['m1', 'march 2026'], ['y1', '2025'],
  ['t1', '18:00'], ['t2', '20:00'], ['c1', 'Kitchen'], ['a1', 'dryer'], ['a2', 'fridge'], ['p1', 'from d1 to d2'],
  ['p2', 'last n1 days'], ['p3', 'this month'], ['f1', '48'],
])
const plan = (text: string, previous: Parameters<typeof hasPeriod>[0] = null) => parsePlan(text, { values, previous, now })

/** Steps through the grammar by a fixed sequence of choices, so that a failure can be repeated. */
function randomPlan(grammar: PlanGrammar, seed: number): string[] {
  const words: string[] = []
  let state = seed
  for (;;) {
    const allowed = [...grammar.allowedAfter(words)].toSorted()
    expect(allowed.length).toBeGreaterThan(0)
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    const word = allowed[Math.floor((state / 0x80000000) * allowed.length)]!
    if (word === '</s>') return words
    words.push(word)
    expect(words.length).toBeLessThan(64)
  }
}

describe('the grammar of plans', () => {
  it('lets nothing through that does not parse to a plan the tools accept', () => {
    const previous = plan('energy_use dryer cost none last week')
    const grammar = new PlanGrammar({ placeholders: [...values.keys()], hasPrevious: true })
    for (let seed = 1; seed <= 400; seed += 1) {
      const text = randomPlan(grammar, seed).join(' ')
      expect(() => plan(text, previous), text).not.toThrow()
    }
  })

  it('offers no placeholder the question does not have', () => {
    const grammar = new PlanGrammar({ placeholders: [], hasPrevious: false })
    for (let seed = 1; seed <= 200; seed += 1) {
      const text = randomPlan(grammar, seed).join(' ')
      expect(text).not.toMatch(/\b[ndmytcapf]\d\b/)
      expect(() => parsePlan(text, { values: new Map(), previous: null, now }), text).not.toThrow()
    }
  })

  it('fills placeholders with what the question said', () => {
    expect(plan('energy_use a2 energy none p1')).toEqual({
      kind: 'calls',
      calls: [{
        tool: 'energy_use',
        arguments: { subject: 'Refrigerator', measure: 'energy', by: 'none', period: 'from 2026-11-03 to 2026-11-05' },
      }],
    })
    expect(plan('peak_demand yesterday at t1')).toMatchObject({
      calls: [{ arguments: { period: 'yesterday from 18:00 to 19:00' } }],
    })
    expect(plan('devices c1')).toMatchObject({ calls: [{ arguments: { cluster: 'Kitchen' } }] })
    expect(plan('forecast f1')).toMatchObject({ calls: [{ arguments: { horizonHours: 48 } }] })
    expect(plan('forecast p3')).toMatchObject({ calls: [{ arguments: { horizonHours: 168 } }] })
    expect(plan('forecast n1 days')).toMatchObject({ calls: [{ arguments: { horizonHours: 168 } }] })
  })

  it.each([
    ['yesterday', 'today'], ['last week', 'this week'], ['last month', 'this month'], ['2025', 'this year'],
    ['october', 'this month'],
  ])('sets %s against %s where a question names no other period', (against, period) => {
    const compared = plan(`compare_periods total energy default vs ${against}`)
    expect(compared).toMatchObject({ calls: [{ arguments: { period, against } }] })
  })

  it('keeps the period of the plan before where the new one says "same"', () => {
    const previous = plan('energy_use dryer cost none last week')
    expect(plan('energy_use fridge cost none same', previous)).toMatchObject({ calls: [{ arguments: { period: 'last week' } }] })
    expect(previousText(previous)).toEqual({ text: 'energy_use a0 cost none span', values: new Map([['a0', 'dryer']]) })
    const both = previousText(plan('runs dryer count default ; runs fridge count p1'))
    expect(both?.text).toBe('runs a0 count default ; runs a9 count span')
    expect(hasPeriod(plan('appliance_state dryer'))).toBe(false)
  })

  it.each([
    ['today', 'yesterday'], ['last week', '2 weeks ago'], ['last year', '2024'], ['march 2026', 'february 2026'],
    ['november', 'october 2026'],
    ['2026-11-01', '2026-10-31'], ['last 7 days', 'from 2026-11-05 to 2026-11-11'], ['yesterday evening', '2026-11-16 evening'],
    ['3 days ago', '4 days ago'], ['summer', 'summer 2025'], ['tuesday', '2026-11-10'],
    ['since monday', 'from 2026-11-09 to 2026-11-11'], ['since november', 'from 2026-10-14 to 2026-10-31'],
    ['from 2026-11-01 to 2026-11-05', 'from 2026-10-27 to 2026-10-31'], ['from march to april', 'from 2026-01-01 to 2026-02-28'],
  ])('knows the period before %s', (period, before) => {
    expect(periodBefore(period, now)).toBe(before)
  })

  it.each([
    ['this month', 'november 2025'], ['march', 'march 2025'], ['2025', '2024'], ['today', '2025-11-18'],
    ['easter 2026', 'easter 2025'],
  ])('knows %s a year before', (period, before) => {
    expect(periodYearBefore(period, now)).toBe(before)
  })
})
