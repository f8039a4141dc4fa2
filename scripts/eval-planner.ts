// npm run eval:planner: how often the assistant's own model plans what a question asks, over questions written by hand.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { DateTime } from 'luxon'
import { z } from 'zod'
import { parsePlan } from '@/lib/assistant/planner/plan-text'
import { Planner } from '@/lib/assistant/planner/planner'
import type { AssistantPlan } from '@/lib/contracts/assistant'

const HELP = `Measures the planner on questions with their right plans.

  npm run eval:planner -- [--questions training/assistant/eval/questions.jsonl] [--model models/assistant] [--wrong]

--wrong lists every question that was planned wrongly, with what the model read.`

const line = z.object({
  ask: z.string(),
  /** Plan of the question before, in plan words. */
  previous: z.string().optional(),
  /** Plans that are right, in plan words. */
  expect: z.array(z.string()).min(1),
})

/** The moment the questions are asked at. */
const NOW = DateTime.fromISO('2026-11-18T14:00', { zone: 'Europe/Berlin' })

const family = (plan: AssistantPlan): string => {
  if (plan.kind === 'calls') return plan.calls.map((call) => call.tool).join(' ; ')
  if (plan.kind === 'reply') return `reply ${plan.reply}`
  return plan.kind === 'refusal' ? `refusal ${plan.refusal}` : `unclear ${plan.missing}`
}

const share = (part: number, whole: number): string =>
  whole === 0 ? 'none asked' : `${((100 * part) / whole).toFixed(1)} % (${part} of ${whole})`

function quantile(sorted: readonly number[], fraction: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(fraction * sorted.length))] ?? Number.NaN
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      questions: { type: 'string', default: 'training/assistant/eval/questions.jsonl' },
      model: { type: 'string', default: 'models/assistant' },
      wrong: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return console.log(HELP)
  const text = await readFile(values.questions, 'utf8')
  const questions = text.split('\n').filter((row) => row.trim() !== '').map((row) => line.parse(JSON.parse(row)))
  const planner = await Planner.load(values.model)
  await planner.plan('warm up', { now: NOW })

  const read = (plan: string, previous: AssistantPlan | null): AssistantPlan =>
    parsePlan(plan, { values: new Map(), previous, now: NOW })
  const counts = {
    right: 0, tool: 0, refusal: 0, refused: 0, answerable: 0, refusedWrongly: 0, followUp: 0, followUpRight: 0, unsure: 0,
    guessRight: 0,
  }
  const confusions = new Map<string, number>()
  const milliseconds: number[] = []
  for (const question of questions) {
    const previous = question.previous === undefined ? null : read(question.previous, null)
    const expected = question.expect.map((plan) => read(plan, previous))
    const started = performance.now()
    const planned = await planner.plan(question.ask, { previous, now: NOW, timeoutMs: 60_000 })
    milliseconds.push(performance.now() - started)
    const right = expected.some((plan) => JSON.stringify(plan) === JSON.stringify(planned.plan))
    const tool = expected.some((plan) => family(plan) === family(planned.plan))
    counts.right += Number(right)
    counts.tool += Number(tool)
    counts.unsure += Number(planned.guess !== null)
    counts.guessRight += Number(expected.some((plan) => JSON.stringify(plan) === JSON.stringify(planned.guess)))
    if (expected[0]!.kind === 'refusal') {
      counts.refusal += 1
      counts.refused += Number(planned.plan.kind === 'refusal')
    } else if (expected[0]!.kind === 'calls') {
      counts.answerable += 1
      counts.refusedWrongly += Number(planned.plan.kind === 'refusal')
    }
    if (previous) {
      counts.followUp += 1
      counts.followUpRight += Number(right)
    }
    if (!tool) {
      const confusion = `${family(expected[0]!)} -> ${family(planned.plan)}`
      confusions.set(confusion, (confusions.get(confusion) ?? 0) + 1)
    }
    if (!right && values.wrong) {
      console.log(`${question.ask}\n  read      ${planner.readsAs(question.ask, { previous, now: NOW })}`)
      console.log(`  expected  ${question.expect.join(' / ')}`)
      const plan = planned.guess ?? planned.plan
      const calls = plan.kind === 'calls'
        ? plan.calls.map((call) => `${call.tool} ${JSON.stringify(call.arguments)}`).join(' ; ')
        : family(plan)
      console.log(`  planned   ${planned.guess ? 'unclear, would have been ' : ''}${calls} (${planned.probability.toFixed(2)})`)
    }
  }
  milliseconds.sort((one, other) => one - other)
  console.log(`questions                          ${questions.length}, written by hand, not drawn from the training grammar`)
  console.log(`right tool or reply                ${share(counts.tool, questions.length)}`)
  console.log(`right with every argument          ${share(counts.right, questions.length)}`)
  console.log(`of which follow-ups                ${share(counts.followUpRight, counts.followUp)}`)
  console.log(`refused where it should            ${share(counts.refused, counts.refusal)}`)
  console.log(`refused though it has the answer   ${share(counts.refusedWrongly, counts.answerable)}`)
  console.log(`too unsure, asked back             ${share(counts.unsure, questions.length)}`)
  console.log(`of which its guess was right       ${share(counts.guessRight, counts.unsure)}`)
  const [median, slow] = [0.5, 0.95].map((fraction) => quantile(milliseconds, fraction).toFixed(1))
  console.log(`milliseconds a plan                p50 ${median}, p95 ${slow}`)
  if (confusions.size > 0) console.log('confusions (expected -> planned)')
  for (const [confusion, count] of [...confusions].toSorted((one, other) => other[1] - one[1])) {
    console.log(`  ${count}  ${confusion}`)
  }
}

await main()
