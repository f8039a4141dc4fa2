import type { AssistantPlan, ToolCall } from '@/lib/contracts/assistant'
import type { NormalisedQuestion, ReadableQuestion } from './normalise'
import { periodWords, UNSTATED_PERIOD } from './plan-periods'

/** Keeps an answer from being for another time than the question names. */

/** What still goes on, which an answer about now is about as well. */
const GOES_ON = /^(?:today(?: (?:morning|afternoon|evening|night))?|this \w+|last \d+ (?:minutes|hours)|all time)$/
const UNREAD_DATE = /^[dmyt]\d$/
/** A number where an hour or a day would stand: "between 17 and 21", "at 6". */
const UNREAD_NUMBER = /\b(?:at|around|since|until|till|between|from) n\d(?= (?:and|to|until|till|p\d)\b|$)/

/** What a plan looks over where a question names no time, by tool. Those left out look over a time of their own. */
const UNSTATED: Partial<Record<ToolCall['tool'], string>> = {
  energy_use: UNSTATED_PERIOD, runs: UNSTATED_PERIOD, peak_demand: UNSTATED_PERIOD, anomalies: 'last 7 days', coverage: 'last 7 days',
}

const periodsOf = ({ arguments: given }: ToolCall): string[] =>
  [('period' in given ? given.period : undefined), ('against' in given ? given.against : undefined)].filter((one) => one !== undefined)

/** Periods that a question names, in words. */
function statedPeriods({ values }: ReadableQuestion): string[] {
  return [...values].filter(([name]) => /^p\d$/.test(name)).map(([, plan]) => periodWords(plan.split(' '), values))
}

/** What was drawn at a time that is over is not drawn now: the power of then is the energy of that time. */
export function atStatedTime(plan: AssistantPlan, question: ReadableQuestion): AssistantPlan {
  const [period, ...others] = statedPeriods(question)
  if (plan.kind !== 'calls' || !period || others.length > 0 || GOES_ON.test(period)) return plan
  if (plan.calls.some((call) => periodsOf(call).includes(period))) return plan
  const calls = plan.calls.map((call): ToolCall => {
    if (call.tool !== 'power_now') return call
    return { tool: 'energy_use', arguments: { subject: call.arguments.subject ?? 'total', measure: 'energy', by: 'none', period } }
  })
  return { kind: 'calls', calls }
}

/** A question whose only time is one that no calendar here knows ("at half term", "the other day") is asked back, not answered. */
export function askedWhen(plan: AssistantPlan, { vagueTime, values }: NormalisedQuestion): AssistantPlan {
  if (vagueTime === null || plan.kind !== 'calls' || [...values.keys()].some((name) => /^[pf]\d$/.test(name))) return plan
  const isOfThen = plan.calls.some((call) => periodsOf(call).length > 0)
  return isOfThen ? { kind: 'unclear', missing: 'period' } : plan
}

/**
 * One of two joined questions names the time of both: "what did the dryer cost last week and how often did the oven run". `period`:
 * what the other one looks over.
 */
export function overSharedPeriod(calls: readonly ToolCall[], period: string): ToolCall[] {
  return calls.map((call) => {
    const isLast = call.tool === 'runs' && call.arguments.about === 'last'
    if (isLast || !('period' in call.arguments) || call.arguments.period !== UNSTATED[call.tool]) return call
    return { ...call, arguments: { ...call.arguments, period } } as ToolCall
  })
}

/**
 * Times that a question names and the plan is not about, in words; an empty text stands for one that could not be read. None for a
 * plan without calls.
 */
export function timesLeftOut(plan: AssistantPlan, question: ReadableQuestion & { vagueTime?: string | null }): string[] {
  if (plan.kind !== 'calls') return []
  // Of what is to come, "overnight" and "on saturday" are the next ones, within the hours ahead that are looked at.
  if (plan.calls.some(({ tool }) => tool === 'forecast' || tool === 'savings')) return []
  const asked = plan.calls.flatMap(periodsOf)
  const isOfNow = plan.calls.some((call) => periodsOf(call).length === 0)
  const leftOut = statedPeriods(question).filter((period) => {
    if (isOfNow && GOES_ON.test(period)) return false
    return !asked.some((other) => other.includes(period) || period.includes(other))
  })
  const isUnread = question.words.some((word) => UNREAD_DATE.test(word)) || UNREAD_NUMBER.test(question.words.join(' '))
  return isUnread || question.vagueTime ? [...leftOut, ''] : leftOut
}
