import { expect, it } from 'vitest'
import type { AssistantPlan } from '@/lib/contracts/assistant'
import { askedWhen, atStatedTime, overSharedPeriod, timesLeftOut } from './stated-times'

const question = (words: string, values: Record<string, string> = {}) => ({ words: words.split(' '), values: new Map(Object.entries(values)) })
const energy = (period: string): AssistantPlan => ({
  kind: 'calls', calls: [{ tool: 'energy_use', arguments: { subject: 'total', measure: 'energy', by: 'none', period } }],
})
const state: AssistantPlan = { kind: 'calls', calls: [{ tool: 'appliance_state', arguments: { appliance: 'Dryer' } }] }

it('names no time that the plan is about', () => {
  expect(timesLeftOut(energy('yesterday'), question('how much p1', { p1: 'yesterday' }))).toEqual([])
})

it.each([
  [energy('last 30 days'), question('how much p1', { p1: 'yesterday' }), ['yesterday']],
  [state, question('is a1 on p1', { p1: 'last week' }), ['last week']],
  [energy('yesterday'), question('how much p1 between n1 and n2', { p1: 'yesterday', n1: '17', n2: '21' }), ['']],
  [energy('last 30 days'), question('how much t1', { t1: '18:00' }), ['']],
])('names a time that the plan is not about, or could not be read', (plan, asked, leftOut) => {
  expect(timesLeftOut(plan, asked)).toEqual(leftOut)
})

it('lets an answer about now stand for today', () => {
  expect(timesLeftOut(state, question('is a1 on p1', { p1: 'today' }))).toEqual([])
})

it('takes the power of a time that is over for the energy of that time', () => {
  const plan: AssistantPlan = { kind: 'calls', calls: [{ tool: 'power_now', arguments: { subject: 'total' } }] }
  expect(atStatedTime(plan, question('power p1', { p1: 'wednesday at t1', t1: '18:20' }))).toEqual(energy('wednesday from 18:20 to 19:20'))
  expect(atStatedTime(plan, question('power p1', { p1: 'today' }))).toEqual(plan)
})

it('looks over the time of the other question only where a call looks over none of its own', () => {
  const runs = (about: 'count' | 'last') => ({
    tool: 'runs' as const, arguments: { appliance: 'Dryer' as const, about, period: 'last 30 days' },
  })
  const base = { tool: 'always_on' as const, arguments: { period: 'last 7 days' } }
  const own = { tool: 'peak_demand' as const, arguments: { period: 'yesterday' } }
  expect(overSharedPeriod([runs('count'), runs('last'), base, own], 'last week')).toEqual([
    { tool: 'runs', arguments: { appliance: 'Dryer', about: 'count', period: 'last week' } }, runs('last'), base, own,
  ])
})

it('asks back which days are meant where the only time is one that no calendar knows', () => {
  const asked = (vagueTime: string | null, values: Record<string, string> = {}) =>
    ({ ...question('how much', values), vagueTime, clauses: [], knownShare: 1 })
  expect(askedWhen(energy('last 30 days'), asked('at half term'))).toEqual({ kind: 'unclear', missing: 'period' })
  expect(askedWhen(energy('last 30 days'), asked(null))).toEqual(energy('last 30 days'))
  expect(askedWhen(energy('october'), asked('at half term', { p1: 'october' }))).toEqual(energy('october'))
  expect(timesLeftOut(energy('october'), asked('at half term', { p1: 'october' }))).toEqual([''])
  expect(askedWhen(state, asked('the other day'))).toEqual(state)
})
