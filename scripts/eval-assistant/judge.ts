import { TOOL_ARGUMENTS, type ToolCall, type ToolResult } from '@/lib/contracts/assistant'
import type { ChatAnswer } from '@/lib/contracts/chat'
import { expectedAnswer, type ExpectedAnswer, momentPattern, type Truth } from './expected-answer'
import { comparedSpans, spanOf, type Span } from './local-periods'
import { ZONE } from './prices'
import type { ExpectedCall, ExpectedOutcome } from './question-file'
import { readQuantities, says } from './read-quantities'

export interface Verdict {
  /** Whether the right look-ups were made, or the right reply, refusal or question back was given. */
  plan: boolean
  /** Whether the figures and the device of the answer are right; null where it has none to judge. */
  number: boolean | null
  /** What is wrong, for a person. */
  faults: string[]
}

const MINUTE = 60
/** These round their time to whole quarters of an hour, or ten minutes. */
const ROUNDED = new Set<string>(['always_on', 'electrical_quality'])

/** Judges an answer by the outcome that it fits best. */
export async function judge(expect: readonly ExpectedOutcome[], answer: ChatAnswer, truth: Truth): Promise<Verdict> {
  let best: Verdict | null = null
  for (const outcome of expect) {
    const verdict = await judgeBy(outcome, answer, truth)
    if (!best || worth(verdict) > worth(best)) best = verdict
  }
  return best ?? { plan: false, number: null, faults: ['nothing is expected'] }
}

const worth = ({ plan, number }: Verdict) => 2 * Number(number !== false) + Number(plan)

async function judgeBy(outcome: ExpectedOutcome, answer: ChatAnswer, truth: Truth): Promise<Verdict> {
  const { plan, results } = answer.grounding
  if (outcome.refuse) return spoken(plan?.kind === 'refusal' && outcome.refuse.includes(plan.refusal))
  if (outcome.reply) return spoken(plan?.kind === 'reply' && outcome.reply.includes(plan.reply))
  if (outcome.unclear) return spoken(plan?.kind === 'unclear' && outcome.unclear.includes(plan.missing))
  const expected = outcome.calls ?? []
  const calls = plan?.kind === 'calls' ? plan.calls : []
  // In whatever order.
  const made = expected.map((call) => calls.find((one) => fits(call, one, resultOf(results, one), truth.nowSeconds)))
  const isPlanned = calls.length === expected.length && made.every(Boolean)
  const faults: string[] = []
  let isJudged = false
  for (const [index, call] of expected.entries()) {
    const said = await expectedAnswer(call, truth, resultOf(results, made[index] ?? calls[index])?.period ?? null)
    if (!said) continue
    isJudged = true
    faults.push(...faultsOf(said, answer.message, expected.length === 1, truth.nowSeconds))
  }
  return { plan: isPlanned, number: isJudged ? faults.length === 0 : null, faults }
}

const spoken = (plan: boolean): Verdict => ({ plan, number: null, faults: [] })

const resultOf = (results: readonly ToolResult[], call: ToolCall | undefined): ToolResult | undefined =>
  call && results.find((result) => result.tool === call.tool && sameArguments(result.arguments, call.arguments))

const sameArguments = (a: object, b: object) => JSON.stringify(Object.entries(a).toSorted()) === JSON.stringify(Object.entries(b).toSorted())

/** Whether a planned look-up is the one asked for; of its time counts what it came to, not the words. */
function fits(expected: ExpectedCall, call: ToolCall, result: ToolResult | undefined, nowSeconds: number): boolean {
  if (call.tool !== expected.tool) return false
  const given: Record<string, unknown> = TOOL_ARGUMENTS[call.tool].parse(call.arguments)
  const { of: subject, measure, by, about, quantity, topic, cluster, hours } = expected
  const wanted: Record<string, unknown> = {
    subject: subject ?? 'total',
    appliance: subject,
    measure: measure ?? 'energy',
    by: by ?? 'none',
    about: about ?? 'count',
    quantity: quantity ?? 'all',
    topic: topic ?? 'all',
    cluster,
    horizonHours: hours ?? 24,
  }
  const isSame = Object.entries(TOOL_ARGUMENTS[call.tool].shape).every(([name]) => {
    if (!(name in wanted)) return true
    if (name === 'cluster') return `${given[name] ?? ''}`.toLowerCase() === `${wanted[name] ?? ''}`.toLowerCase()
    // Both are told alike, with every run in the table.
    if (name === 'about' && isCounted(given[name]) && isCounted(wanted[name])) return true
    return (given[name] ?? (name === 'subject' ? 'total' : undefined)) === wanted[name]
  })
  if (!isSame) return false
  const span = spanOf(expected, nowSeconds, ZONE)
  if (!span || !('period' in given)) return true
  // Without a result, such as of a time to come, the time that was meant is not known.
  if (!result) return false
  const tolerance = ROUNDED.has(call.tool) ? 15 * MINUTE : MINUTE
  if (call.tool !== 'compare_periods') return result.period !== null && isNear(span, result.period, tolerance, nowSeconds)
  const against = expected.against && spanOf(expected.against, nowSeconds, ZONE)
  if (!against) return true
  const { first, second } = comparedSpans(span, against, nowSeconds, ZONE)
  const [own, other] = result.figures.filter(({ label }) => !label.startsWith('measured share')).map(({ period }) => period)
  return Boolean(own && other && isNear(first, own, tolerance, nowSeconds) && isNear(second, other, tolerance, nowSeconds))
}

const isCounted = (about: unknown) => about === 'list' || about === 'count'

function isNear(a: Span, b: Span, tolerance: number, nowSeconds: number): boolean {
  const end = ({ to }: Span) => Math.min(to, nowSeconds)
  return Math.abs(a.from - b.from) <= tolerance && Math.abs(end(a) - end(b)) <= tolerance
}

function faultsOf(said: ExpectedAnswer, text: string, isOnly: boolean, nowSeconds: number): string[] {
  const quantities = readQuantities(text)
  const faults: string[] = []
  const write = ({ dimension, value }: { dimension: string; value: number }) => `${Number(value.toPrecision(5))} (${dimension})`
  if (said.main) {
    const own = quantities.filter(({ dimension }) => dimension === said.main?.dimension)
    const { value } = said.main
    if (!(isOnly ? own.slice(0, 1) : own).some((quantity) => says(quantity, value))) faults.push(`not ${write(said.main)}`)
  }
  for (const other of said.also) {
    if (!quantities.some((quantity) => quantity.dimension === other.dimension && says(quantity, other.value))) {
      faults.push(`without ${write(other)}`)
    }
  }
  for (const moment of said.moments) {
    const pattern = momentPattern(moment, nowSeconds)
    if (!pattern.test(text)) faults.push(`without “${pattern.source}”`)
  }
  for (const words of said.words) if (!words.test(text)) faults.push(`without “${words.source}”`)
  return faults
}
