import { describe, expect, it } from 'vitest'
import { REFUSAL_KINDS, REPLY_KINDS, UNCLEAR_KINDS, type AssistantPlan, type ToolResult } from '@/lib/contracts/assistant'
import { groundAnswer } from '../grounding/ground-answer'
import { COMPARISON, GROUNDING, NOW, RANKING, RUNS, STATES } from '../testing/made-up-results'
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

  it.each([
    'Wie viel Strom habe ich gestern verbraucht?', 'Was kostet der Trockner im Monat?', 'Läuft die Spülmaschine gerade?',
    "Combien d'électricité hier ?", '¿Cuánto gasté ayer?', 'Quanto ho consumato ieri?', 'Hoeveel stroom heb ik gisteren verbruikt?',
    'Сколько энергии вчера?', '昨天用了多少电',
  ])('asks for English where it was asked in another language: %s', (question) => {
    expect(word(question, { kind: 'unclear', missing: 'everything' }).text).toContain('in English')
    expect(word(question, { kind: 'refusal', refusal: 'out_of_scope' }).text).toContain('in English')
  })

  it.each(['Blah the thing with it', 'dryer', 'What was it?', 'How does the TV con more?', 'kWh des pas today how'])(
    'does not take an English question for another language: %s',
    (question) => expect(word(question, { kind: 'unclear', missing: 'everything' }).text).not.toContain('in English'),
  )

  it('names all that is on, or says that nothing is recognised as on', () => {
    const plan: AssistantPlan = { kind: 'calls', calls: [] }
    expect(word('What is on right now?', plan, [STATES]).text).toMatch(/on: the dryer \(about 1\.84 kW\)/)
    const figures = STATES.figures.filter(({ subject }) => subject === 'total')
    const off = { ...STATES, figures, states: (STATES.states ?? []).map((state) => ({ ...state, isOn: false })) }
    const { text } = word('What is on right now?', plan, [off])
    expect(text).toContain('None of the appliances is recognised as on')
    expect(groundAnswer(text, [off], GROUNDING).unsupported).toEqual([])
  })

  it('does not take a refrigerator that pauses for one that does not work', () => {
    const href = '/appliances/Refrigerator?site=site_1'
    const state = (endedSecondsAgo: number): ToolResult => ({
      ...STATES,
      tool: 'appliance_state',
      arguments: { appliance: 'Refrigerator' },
      devices: ['Refrigerator'],
      states: [{ subject: 'Refrigerator', isOn: false, at: NOW, href }],
      figures: [
        { id: 'f1', label: 'length of the last run', value: 900, unit: 'seconds', origin: 'estimated', subject: 'Refrigerator', href },
        { id: 'f2', label: 'usual pause between runs', value: 2400, unit: 'seconds', origin: 'estimated', subject: 'Refrigerator', href },
      ],
      moments: [
        { id: 'm1', label: 'start of the last run', at: NOW - endedSecondsAgo - 900, href },
        { id: 'm2', label: 'end of the last run', at: NOW - endedSecondsAgo, href },
      ],
    })
    for (const [result, said] of [[state(1200), 'idle between its runs'], [state(8 * 3600), 'longer than usual']] as const) {
      const { text } = word('Is the fridge working properly?', { kind: 'calls', calls: [] }, [result])
      expect(text).toContain(said)
      expect(text).not.toMatch(/^No\b|is off|is not on/)
      expect(groundAnswer(text, [result], GROUNDING).unsupported).toEqual([])
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
