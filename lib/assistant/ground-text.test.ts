import { describe, expect, it } from 'vitest'
import { type AssistantPlan, REFUSAL_KINDS, REPLY_KINDS, UNCLEAR_KINDS } from '@/lib/contracts/assistant'
import { groundText, groundWorded } from './ground-text'
import { DRYER_CALL, dryerResult, sampleRequest } from './testing/sample-request'
import { availableTools } from './tools/run-tool'
import { wordAnswer } from './wording/word-answer'

const about = sampleRequest()
const place = { timeZone: about.site.timeZone, currency: about.site.currency, nowSeconds: about.nowSeconds }
const result = dryerResult(DRYER_CALL)

describe('a checked text', () => {
  it('is what it was where results support all of it, with the figure behind each number and the devices named', () => {
    const checked = groundText('The dryer used 2.34 kWh yesterday.', [result], about)
    expect(checked).toMatchObject({ text: 'The dryer used 2.34 kWh yesterday.', ungrounded: [], confidence: 1, devices: ['Dryer'] })
    const [citation] = checked.citations
    expect(checked.text.slice(citation?.start, citation?.end)).toContain('2.34')
    expect(citation?.figure).toBe('f1')
  })

  it('loses a sentence with a false number and keeps the others; citations still point at their numbers', () => {
    const checked = groundText('The oven used 77 kWh. The dryer used 2.34 kWh yesterday.', [result], about)
    expect(checked.text).toBe('The dryer used 2.34 kWh yesterday.')
    expect(checked.ungrounded[0]).toMatchObject({ text: 'The oven used 77 kWh.', action: 'removed' })
    expect(checked.confidence).toBeLessThan(1)
    const [citation] = checked.citations
    expect(checked.text.slice(citation?.start, citation?.end)).toContain('2.34')
  })

  it('counts a sentence once, though both its number and its appliance are in no result', () => {
    const checked = groundText('All was read. The oven used 77 kWh and 88 kWh on 3 May.', [result], about)
    expect(checked.ungrounded).toEqual([{ text: 'The oven used 77 kWh and 88 kWh on 3 May.', action: 'removed' }])
  })

  it('is said by the templates where nothing of it is left', () => {
    const checked = groundText('It was 999 kWh!', [result], about)
    expect(checked.text).toContain('2.34 kWh')
    expect(checked.text).not.toContain('999')
    expect(groundText('It was 999 kWh!', [], about).text).toBe('I could not find that in your measurements.')
  })

  const plans: AssistantPlan[] = [
    ...REPLY_KINDS.map((reply) => ({ kind: 'reply' as const, reply })),
    ...REFUSAL_KINDS.map((refusal) => ({ kind: 'refusal' as const, refusal })),
    ...UNCLEAR_KINDS.map((missing) => ({ kind: 'unclear' as const, missing })),
  ]
  it.each(plans)('of the templates for %o is kept whole, in every variant', (plan) => {
    for (let variant = 0; variant < 12; variant++) {
      const { text, segments } = wordAnswer({ question: `question ${variant}`, plan, outcomes: [], tools: availableTools(), ...place })
      expect(groundWorded(segments, [], about)).toMatchObject({ text, ungrounded: [], citations: [], confidence: 1 })
    }
  })

  it('of the templates loses a number that no result has, as any other text does, and keeps why a tool had no answer', () => {
    const worded = groundWorded([{ text: 'It was 77 kWh. The dryer used ' }, { text: '2.34 kWh', figureId: 'f1' }, { text: ' yesterday.' }], [result], about)
    expect(worded).toMatchObject({ text: 'The dryer used 2.34 kWh yesterday.', ungrounded: [{ text: 'It was 77 kWh.', action: 'removed' }] })
    expect(worded.citations[0]?.figure).toBe('f1')
    const problem = 'I do not know the period “blue”. Say for instance: yesterday, or 2026-11-03.'
    expect(groundWorded([{ text: problem }], [], about, [problem])).toMatchObject({ text: problem, ungrounded: [] })
  })
})
