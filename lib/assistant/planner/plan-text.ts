import type { DateTime } from 'luxon'
import { type AssistantPlan, type Subject, TOOL_ARGUMENTS, type ToolCall, type ToolName } from '@/lib/contracts/assistant'
import { keptApart, sidesSince } from './compared-periods'
import {
  periodBefore, periodOpposite, periodWords, periodYearBefore, UNSTATED_COMPARISON, UNSTATED_PERIOD,
} from './plan-periods'
import { applianceOf, subjectOf, wordOf } from './plan-words'

/** Longest forecast a tool gives, in hours. */
const MAX_HORIZON_HOURS = 168
const DAY_HOURS = 24
/** Placeholders of appliances and periods, which stand for plan words. */
const NAMED = /^[apf]\d$/

export interface PlanContext {
  /** What the question's placeholders stand for. */
  values: ReadonlyMap<string, string>
  /** The plan before, for "same" and "before". */
  previous: AssistantPlan | null
  /** In the site's time zone. */
  now: DateTime
}

interface Periods {
  period: string | undefined
  against: string | undefined
}

/** Periods of a plan's calls, by call; none where it has no calls. */
function periodsOf(plan: AssistantPlan | null): Periods[] {
  if (plan?.kind !== 'calls') return []
  return plan.calls.map((call) => ({
    period: 'period' in call.arguments ? call.arguments.period : undefined,
    against: 'against' in call.arguments ? call.arguments.against : undefined,
  }))
}

/** Whether "same" and "before" have a period to stand for. */
export function hasPeriod(plan: AssistantPlan | null): boolean {
  return periodsOf(plan).some(({ period }) => period !== undefined)
}

/**
 * Reads a plan written in plan words, such as "energy_use dryer cost none last week". The arguments of every call are checked by
 * TOOL_ARGUMENTS. Throws an Error where the text is no plan.
 */
export function parsePlan(text: string, context: PlanContext): AssistantPlan {
  const meant = (word: string): string => (NAMED.test(word) ? context.values.get(word) ?? word : word)
  const words = text.trim().split(/\s+/).map(meant).join(' ').split(' ')
  const [kind = '', word = ''] = words
  if (kind === 'reply') return { kind, reply: word as Extract<AssistantPlan, { kind: 'reply' }>['reply'] }
  if (kind === 'refuse') return { kind: 'refusal', refusal: word as Extract<AssistantPlan, { kind: 'refusal' }>['refusal'] }
  if (kind === 'unclear') return { kind, missing: word as Extract<AssistantPlan, { kind: 'unclear' }>['missing'] }
  const calls: ToolCall[] = []
  for (const part of words.join(' ').split(' ; ')) {
    const before = calls.length > 0 ? periodsOf({ kind: 'calls', calls }).at(-1) : periodsOf(context.previous)[0]
    const call = readCall(part.split(' '), before, context)
    if (!calls.some((other) => JSON.stringify(other) === JSON.stringify(call))) calls.push(call)
  }
  return { kind: 'calls', calls }
}

function readCall(words: string[], previous: Periods | undefined, context: PlanContext): ToolCall {
  const [tool = '', first = '', second = '', third = ''] = words
  const periodAt = (start: number): string | undefined => readPeriod(words.slice(start), previous?.period, context)
  const whole = (word: string): string | undefined => (word === 'all' ? undefined : applianceOf(word))
  switch (tool) {
    case 'power_now':
      return checked(tool, { subject: subjectOf(first) })
    case 'energy_use':
      return checked(tool, { subject: subjectOf(first), measure: second, by: third, period: periodAt(4) ?? UNSTATED_PERIOD })
    case 'compare_periods':
      return checked(tool, { subject: subjectOf(first), measure: second, ...comparedPeriods(words.slice(3), previous, context) })
    case 'runs':
      return checked(tool, { appliance: applianceOf(first), about: second, period: periodAt(3) ?? UNSTATED_PERIOD })
    case 'peak_demand':
      return checked(tool, { period: periodAt(1) ?? UNSTATED_PERIOD })
    case 'always_on':
    case 'coverage':
    case 'anomalies':
      return checked(tool, { period: periodAt(1) })
    case 'electrical_quality':
      return checked(tool, { quantity: first, period: periodAt(2) })
    case 'appliance_state':
      return checked(tool, { appliance: applianceOf(first) })
    case 'devices':
      return checked(tool, first === 'all' ? {} : { cluster: context.values.get(first) ?? first })
    case 'site_facts':
      return checked(tool, { topic: first })
    case 'forecast':
      return checked(tool, { horizonHours: horizonHours(words.slice(1), context.values) })
    case 'maintenance':
    case 'savings':
      return checked(tool, { appliance: whole(first) })
    default:
      throw new Error(`a plan has no tool called ${tool}`)
  }
}

/** Of "p1 vs p2", "default vs p1", "same vs before" and the like. */
function comparedPeriods(words: string[], previous: Periods | undefined, context: PlanContext): Required<Periods> {
  const versus = words.indexOf('vs')
  const stated = readPeriod(words.slice(0, versus), previous?.period, context)
  // "has it come down since last month?" compares with last month, not with all the time since.
  const other = words.slice(versus + 1).filter((word) => word !== 'since')
  const start = stated?.startsWith('since ') ? stated.slice('since '.length) : undefined
  if (start !== undefined && other[0] === 'before') return sidesSince(start, context.now)
  const period = stated ?? periodOpposite(readPeriod(other, undefined, context)) ?? UNSTATED_COMPARISON
  if (other[0] === 'year_before') return { period, against: periodYearBefore(period, context.now) }
  const isBefore = other[0] === 'before' || (other[0] === 'same' && !previous?.against)
  const against = isBefore ? undefined : readPeriod(other, previous?.against, context)
  return keptApart({ period, against: against ?? periodBefore(period, context.now) }, stated !== undefined, context.now)
}

function checked<Name extends ToolName>(tool: Name, values: Record<string, unknown>): ToolCall {
  const stated = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
  return { tool, arguments: TOOL_ARGUMENTS[tool].parse(stated) } as ToolCall
}

/** Undefined where no period was named. */
function readPeriod(words: string[], previous: string | undefined, context: PlanContext): string | undefined {
  if (words.length === 0 || words[0] === 'default') return undefined
  if (words[0] === 'same') return previous
  if (words[0] === 'before') return previous === undefined ? undefined : periodBefore(previous, context.now)
  return periodWords(words, context.values)
}

/** Of "48", "n1 days", or a period in progress. */
function horizonHours([first = '', unit = '']: string[], values: ReadonlyMap<string, string>): number {
  const count = Number(values.get(first) ?? first)
  if (Number.isNaN(count)) return /week|month|quarter|year/.test(`${first} ${unit}`) ? MAX_HORIZON_HOURS : DAY_HOURS
  return Math.max(1, Math.min(MAX_HORIZON_HOURS, Math.round(count * (unit === 'days' ? DAY_HOURS : 1))))
}

/** Periods that stand for "no period was named", as the model was taught to see them. */
const UNSTATED = new Set([UNSTATED_PERIOD, 'last 7 days', 'last 24 hours'])

/** What the appliances of the plan before are called. */
const PREVIOUS_APPLIANCES = ['a0', 'a9']

/**
 * What the model reads of the plan before: its first calls, with its appliances as a0 and a9 and every period that was named as
 * "span"; null without calls. `values`: what those placeholders stand for.
 */
export function previousText(plan: AssistantPlan | null): { text: string; values: Map<string, string> } | null {
  if (plan?.kind !== 'calls') return null
  const values = new Map<string, string>()
  const named = (subject: Subject): string => {
    const word = wordOf(subject)
    if (subject === 'total' || subject === 'other') return word
    const name = PREVIOUS_APPLIANCES.find((candidate) => (values.get(candidate) ?? word) === word) ?? 'a0'
    if (!values.has(name)) values.set(name, word)
    return name
  }
  return { text: plan.calls.slice(0, 2).map((call) => callText(call, named)).join(' ; '), values }
}

function callText(call: ToolCall, named: (subject: Subject) => string): string {
  switch (call.tool) {
    case 'power_now':
      return `power_now ${named(call.arguments.subject ?? 'total')}`
    case 'energy_use': {
      const { subject, measure, by, period } = call.arguments
      return `energy_use ${named(subject)} ${measure} ${by} ${periodText(period)}`
    }
    case 'compare_periods':
      return `compare_periods ${named(call.arguments.subject)} ${call.arguments.measure}`
    case 'runs':
      return `runs ${named(call.arguments.appliance)} ${call.arguments.about} ${periodText(call.arguments.period)}`
    case 'electrical_quality':
      return `electrical_quality ${call.arguments.quantity} ${periodText(call.arguments.period)}`
    case 'peak_demand':
    case 'always_on':
    case 'coverage':
    case 'anomalies':
      return `${call.tool} ${periodText(call.arguments.period)}`
    case 'appliance_state':
      return `appliance_state ${named(call.arguments.appliance)}`
    case 'maintenance':
    case 'savings':
      return `${call.tool} ${call.arguments.appliance ? named(call.arguments.appliance) : 'all'}`
    case 'site_facts':
      return `site_facts ${call.arguments.topic}`
    case 'devices':
    case 'forecast':
      return call.tool
  }
}

const periodText = (period: string): string => (UNSTATED.has(period) ? 'default' : 'span')
