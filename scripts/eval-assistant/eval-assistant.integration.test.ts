import { DateTime } from 'luxon'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { assistantParts } from '@/lib/assistant/assistant-parts'
import type { ChatAnswer } from '@/lib/contracts/chat'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { type AskedHome, powerAt, writeAskedHome } from './asked-home'
import type { Truth } from './expected-answer'
import { judge } from './judge'
import { Measured } from './measured'
import { ZONE } from './prices'
import { isRight } from './print-table'
import { type Conversation, readQuestions } from './question-file'
import { partsWithRightPlan } from './right-plans'
import { askAll, type AskOptions, setClock } from './run-questions'

const FOLDER = 'scripts/eval-assistant/questions'
const at = (local: string) => DateTime.fromISO(local, { zone: ZONE }).toSeconds()
/** Two months before the moment that all questions are asked at: enough for a handful of each kind that lies within. */
const [FIRST, NOW] = [at('2026-09-21T00:00'), at('2026-11-19T20:00')]
const HANDFUL = [
  'What did we get through last week, electricity-wise?',
  'What did Sunday cost?',
  'October\'s kWh and October\'s CO2, please',
  "Yesterday's biggest consumer?",
  'Show October by room',
  'hour by hour, yesterday',
  'Is today more than yesterday so far?',
  "yesterday's peak and when?",
  "count the kettle's boils yesterday",
  'how much is a single dishwasher run',
  'How long was the heating going last night?',
  "What's my standby load?",
  'Since when has the television been running?',
  'current draw?',
  'How good is the quality of the electricity we get?',
  'how many devices are you tracking?',
  'Tell me what you know about this site',
  'Did the meter drop out this month?',
  'How much do my neighbours use?',
  'good evening',
  'how much then?',
]
/** Plain enough for any model that is worth shipping. */
const UNDERSTOOD = ['How many euros went on electricity last week?', "yesterday's peak and when?", "What's my standby load?", 'current draw?']

let home: AskedHome
let conversations: Conversation[]
beforeAll(async () => {
  const settings = { NEXTAUTH_SECRET: TEST_SECRET, LOG_LEVEL: 'silent', ENABLE_CACHE: 'false', CHAT_QUESTIONS_PER_DAY: '0' } as const
  provideEnv({ DATABASE_URL: inject('databaseUrl'), LIVE_STORE: 'postgres', LLM_PROVIDER: 'embedded', ...settings })
  conversations = await readQuestions(FOLDER)
  home = await writeAskedHome({ firstSeconds: FIRST, nowSeconds: NOW })
}, 600_000)
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

describe('the questions that the assistant is measured with', () => {
  it('are at least 400, none of them twice as a first question, and of every tool', () => {
    const turns = conversations.flatMap((conversation) => conversation.turns)
    expect(turns.length).toBeGreaterThanOrEqual(400)
    const first = conversations.map(({ turns: [one] }) => one!.ask.toLowerCase())
    expect(first.filter((question, index) => first.indexOf(question) !== index)).toEqual([])
    const tools = new Set(turns.flatMap(({ expect: [right] }) => right?.calls?.map(({ tool }) => tool) ?? []))
    expect(tools.size).toBe(15)
  })

  it('have answers that the rows and the assistant agree on, a handful of each kind, without an unsupported number', async () => {
    expect(await wrongOf(HANDFUL, partsWithRightPlan)).toEqual([])
  }, 300_000)

  it('are understood where they are plain', async () => {
    expect(await wrongOf(UNDERSTOOD, () => assistantParts())).toEqual([])
  }, 300_000)
})

async function wrongOf(questions: readonly string[], partsFor: AskOptions['partsFor']): Promise<string[]> {
  const chosen = questions.flatMap((question) => conversations.filter(({ turns }) => turns[0]?.ask === question))
  expect(chosen.map(({ turns }) => turns[0]?.ask)).toEqual(questions)
  const resetClock = setClock(NOW)
  const { asked, skipped } = await askAll(chosen, home, { partsFor }).finally(resetClock)
  expect(skipped).toEqual([])
  return asked.flatMap((one) => (isRight(one) ? [] : [`${one.turn.ask} -> ${one.answer.message} (${one.verdict.faults.join('; ')})`]))
}

describe('the judge', () => {
  const truth = (): Truth => ({ measured: new Measured(home.site.buildingKey, NOW), now: powerAt(NOW), nowSeconds: NOW })
  const lastWeek = [{ calls: [{ tool: 'energy_use' as const, week: '2026-11-09' }] }]

  it('finds a figure that is off, one of another unit, a wrong look-up, and an answer where it should refuse', async () => {
    const right = conversations.filter(({ turns }) => turns[0]?.ask === HANDFUL[0])
    const resetClock = setClock(NOW)
    const { asked } = await askAll(right, home, { partsFor: partsWithRightPlan }).finally(resetClock)
    const { answer } = asked[0]!
    const saying = (message: string): ChatAnswer => ({ ...answer, message })
    expect(await judge(lastWeek, answer, truth())).toMatchObject({ plan: true, number: true })
    const amount = /[\d.]+ kWh/.exec(answer.message)?.[0] ?? ''
    const off = (by: number) => answer.message.replace(amount, `${(Number.parseFloat(amount) * by).toPrecision(3)} kWh`)
    expect((await judge(lastWeek, saying(off(1.02)), truth())).number).toBe(false)
    expect((await judge(lastWeek, saying(answer.message.replace(amount, amount.replace('kWh', 'Wh'))), truth())).number).toBe(false)
    const otherWeek = [{ calls: [{ tool: 'energy_use' as const, week: '2026-11-02' }] }]
    expect(await judge(otherWeek, answer, truth())).toMatchObject({ plan: false, number: false })
    expect(await judge([{ refuse: ['private' as const] }], answer, truth())).toMatchObject({ plan: false, number: null })
  }, 300_000)
})
