import { describe, expect, it } from 'vitest'
import { builtIn } from './built-in'
import { sampleRequest } from './testing/sample-request'

const QUESTION = 'How much energy did the dryer use yesterday?'

describe('the embedded planner', () => {
  it('understands many who ask at once as it does one alone, and tells who comes behind 32 others that it is busy', { timeout: 120_000 }, async () => {
    const ask = () => builtIn.planner.plan(QUESTION, null, sampleRequest(), new AbortController().signal)
    const alone = await ask()
    expect(alone.plan).toMatchObject({ kind: 'calls', calls: [{ tool: 'energy_use', arguments: { subject: 'Dryer' } }] })
    const outcomes = await Promise.allSettled(Array.from({ length: 34 }, ask))
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refused.map(({ reason }) => reason as unknown)).toEqual([
      expect.objectContaining({ kind: 'busy', retryAfterSeconds: 5, message: expect.stringContaining('The built-in assistant is busy') }),
    ])
    const plans = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.plan] : []))
    expect(plans).toEqual(plans.map(() => alone.plan))
  })
})
