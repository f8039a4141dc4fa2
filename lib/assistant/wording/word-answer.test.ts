import { describe, expect, it } from 'vitest'
import { REFUSAL_KINDS, REPLY_KINDS, UNCLEAR_KINDS, type AssistantPlan } from '@/lib/contracts/assistant'
import { groundAnswer } from '../grounding/ground-answer'
import { COMPARISON, GROUNDING, NOW, RANKING, RUNS } from '../testing/made-up-results'
import { availableTools } from '../tools/run-tool'
import { momentText, periodText, quantityText } from './quantity-text'
import { wordAnswer, type CallOutcome } from './word-answer'

const place = { timeZone: 'Europe/Berlin', currency: 'EUR', nowSeconds: NOW }
const word = (question: string, plan: AssistantPlan, outcomes: CallOutcome[] = []) =>
  wordAnswer({ question, plan, outcomes, tools: availableTools(), ...place })

const WITHOUT_TOOLS: [string, AssistantPlan][] = [
  ...REPLY_KINDS.map((reply): [string, AssistantPlan] => [reply, { kind: 'reply', reply }]),
  ...REFUSAL_KINDS.map((refusal): [string, AssistantPlan] => [refusal, { kind: 'refusal', refusal }]),
  ...UNCLEAR_KINDS.map((missing): [string, AssistantPlan] => [missing, { kind: 'unclear', missing }]),
]

describe('an answer in words', () => {
  it.each(WITHOUT_TOOLS)('has at least three ways to say %s, none of which the checks would mark', (_, plan) => {
    const texts = new Set(Array.from({ length: 40 }, (__, index) => word(`question ${index}`, plan).text))
    expect(texts.size).toBeGreaterThanOrEqual(3)
    for (const text of texts) expect(groundAnswer(text, [], GROUNDING).unsupported).toEqual([])
  })

  it('begins with the direct answer, whose number is the figure it names', () => {
    const plan: AssistantPlan = { kind: 'calls', calls: [] }
    for (const [result, unit] of [[RANKING, 'kWh'], [COMPARISON, 'percent'], [RUNS, 'count']] as const) {
      const { segments } = word('What used the most?', plan, [result])
      const named = segments.find(({ figureId, text }) => figureId !== undefined && /^\d|^once/.test(text))
      expect(result.figures.find(({ id }) => id === named?.figureId)?.unit).toBe(unit)
    }
  })

  it('says why there is no result', () => {
    const problem = 'Next week is still to come: only what is past has been measured.'
    expect(word('How much next week?', { kind: 'calls', calls: [] }, [{ problem }]).text).toBe(problem)
  })

  it('never tells an amount of another unit for what was asked', () => {
    for (const measure of ['co2', 'cost'] as const) {
      const note = 'There is no figure for it.'
      const result = { ...RANKING, arguments: { ...RANKING.arguments, measure }, notes: [note] }
      const said = { ...COMPARISON, arguments: { ...COMPARISON.arguments, measure }, notes: [note] }
      for (const outcome of [result, said]) expect(word('How much CO2?', { kind: 'calls', calls: [] }, [outcome]).text).toBe(note)
    }
  })

  it('writes “about” before what is estimated and not before what is measured', () => {
    const { text } = word('What used the most?', { kind: 'calls', calls: [] }, [RANKING])
    expect(text).toContain('about 3.12 kWh')
    expect(text).not.toContain('about 9.36 kWh')
  })
})

describe('quantities', () => {
  it.each([
    [412.4, 'W', '412 W'], [1843, 'W', '1.84 kW'], [0.2404, 'kWh', '240 Wh'], [9.364, 'kWh', '9.36 kWh'], [1234.5, 'kWh', '1,230 kWh'],
    [12_345, 'kWh', '12.3 MWh'], [3.7456, 'currency', '€3.75'], [1234.5, 'currency', '€1,235'], [0.004, 'currency', '€0.004'],
    [0.3125, 'currency/kWh', '€0.3125 per kWh'], [0.35, 'kg', '350 g'], [33.29, 'percent', '33%'], [3.44, 'percent', '3.4%'],
    [40, 'seconds', '40 s'], [5700, 'seconds', '1 h 35 min'], [190_000, 'seconds', '2 days 5 h'], [231.44, 'V', '231 V'], [50.013, 'Hz', '50.01 Hz'],
  ] as const)('writes %d %s as %s', (value, unit, text) => expect(quantityText(value, unit, place)).toBe(text))

  it('writes moments and periods as they stand in a sentence', () => {
    expect(momentText(NOW - 7200, place)).toBe('today at 13:37')
    expect(momentText(NOW - 86_400 * 3, place)).toBe('on Monday, 6 April at 15:37')
    expect(['yesterday', 'March 2026', 'Tuesday, 7 April', 'the last 7 days', 'since March 2026'].map(periodText)).toEqual([
      'yesterday', 'in March 2026', 'on Tuesday, 7 April', 'in the last 7 days', 'since March 2026',
    ])
  })
})
