import path from 'node:path'
import { DateTime } from 'luxon'
import { beforeAll, describe, expect, it } from 'vitest'
import { type AssistantPlan, REFUSAL_KINDS, REPLY_KINDS, TOOL_ARGUMENTS, UNCLEAR_KINDS } from '@/lib/contracts/assistant'
import { parsePlan } from './plan-text'
import { Planner } from './planner'

const now = DateTime.fromISO('2026-11-18T14:00', { zone: 'Europe/Berlin' })
const folder = path.resolve(import.meta.dirname, '../../../models/assistant')
const written = (text: string, previous: AssistantPlan | null = null): AssistantPlan =>
  parsePlan(text, { values: new Map(), previous, now })

function expectValid(plan: AssistantPlan): void {
  if (plan.kind === 'reply') return expect(REPLY_KINDS).toContain(plan.reply)
  if (plan.kind === 'refusal') return expect(REFUSAL_KINDS).toContain(plan.refusal)
  if (plan.kind === 'unclear') return expect(UNCLEAR_KINDS).toContain(plan.missing)
  expect(plan.calls.length).toBeGreaterThan(0)
  for (const call of plan.calls) expect(TOOL_ARGUMENTS[call.tool].safeParse(call.arguments).success).toBe(true)
}

/** A repeatable stream of numbers in [0, 1). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 0x1_0000_0000
  }
}

describe('the embedded planner', () => {
  let planner: Planner
  beforeAll(async () => {
    planner = await Planner.load(folder)
  }, 60_000)

  it.each(QUESTIONS())('plans "%s" as "%s"', async (ask, expected) => {
    const { plan } = await planner.plan(ask, { now, timeoutMs: 60_000 })
    expect(plan).toEqual(written(expected))
  }, 60_000)

  it('gives every string a valid plan', async () => {
    const random = numbers(7)
    const words = ('how much dryer fridge cost yesterday last week n1 3 november 18:00 turn off why and compare the my ; vs </s> ' +
      '<pad> [UNK] prev none ask привет 電気 مرحبا 😀 \u0000 \u202e DROP TABLE {} " \\ 99999999999 ' +
      '-1 2026-13-45 31/02 since from to energy_use').split(' ')
    for (let round = 0; round < 500; round += 1) {
      const text = round % 2 === 0
        ? Array.from({ length: Math.floor(random() * 14) }, () => words[Math.floor(random() * words.length)]).join(' ')
        : String.fromCodePoint(...Array.from({ length: Math.floor(random() * 60) }, () => 1 + Math.floor(random() * 0xd7fe)))
      const previous = round % 3 === 0 ? written('energy_use dryer cost none from 2026-11-01 to 2026-11-05') : null
      const { plan, probability } = await planner.plan(text, { previous, now, timeoutMs: 60_000 })
      expectValid(plan)
      expect(probability).toBeGreaterThanOrEqual(0)
      expect(probability).toBeLessThanOrEqual(1)
    }
  }, 300_000)

  it('plans the same question the same way every time', async () => {
    const ask = 'How much did the dryer cost between 3 November and 5 November?'
    const first = await planner.plan(ask, { now, timeoutMs: 60_000 })
    expect(await planner.plan(ask, { now, timeoutMs: 60_000 })).toEqual(first)
  }, 60_000)

  it('comes back as unclear, not late, when its time is up', async () => {
    expect(await planner.plan('how much did the dryer use yesterday', { now, timeoutMs: 0 })).toEqual({
      plan: { kind: 'unclear', missing: 'everything' }, probability: 0, guess: null,
    })
  })

  it('names the folder when the model is not there', async () => {
    await expect(Planner.load('/nonexistent/planner')).rejects.toThrow('/nonexistent/planner')
  })
})

function QUESTIONS(): [string, string][] {
  return [
    ['How much did the dryer use yesterday?', 'energy_use dryer energy none yesterday'],
    ['what used the most yesterday?', 'energy_use total energy appliance yesterday'],
    ['why is my bill up?', 'compare_periods total cost default vs before'],
    ['is the fridge all right?', 'appliance_state fridge'],
    ['when should I run the dryer?', 'savings dryer'],
    ['turn off the heater', 'refuse control'],
    ['hello', 'reply greeting'],
    ['what can you do?', 'reply capabilities'],
    ['tell me a joke', 'refuse out_of_scope'],
    ['', 'unclear everything'],
  ]
}
