import { ENERGY_MEASURES, REFUSAL_KINDS, REPLY_KINDS, TOOL_ARGUMENTS, UNCLEAR_KINDS } from '@/lib/contracts/assistant'
import { PLAN_APPLIANCES } from './plan-words'

/** A finite grammar over plan words: what the model may write about one question. */
type Rule = string | { sequence: Rule[] } | { choice: Rule[] }

/** Most calls of one plan. */
export const MAX_CALLS = 3
const HOURS = ['1', '6', '12', '24', '48', '72', '168']

const all = (...sequence: Rule[]): Rule => ({ sequence })
const any = (...choice: Rule[]): Rule => ({ choice })
const maybe = (rule: Rule): Rule => any(rule, all())

export interface GrammarContext {
  /** Placeholders that stand in the question and may stand in its plan. */
  placeholders: readonly string[]
  /** Whether the plan before has a period, so that "same" and "before" mean something. */
  hasPrevious: boolean
}

function periodRule({ placeholders, hasPrevious }: GrammarContext, isFirst: boolean): Rule {
  const named = placeholders.filter((name) => name.startsWith('p'))
  const relative = isFirst && !hasPrevious ? [] : ['same']
  return any('default', ...relative, ...(hasPrevious ? ['before'] : []), 'now', 'today', all('this', 'month'), ...named)
}

function callRule(context: GrammarContext, isFirst: boolean): Rule {
  const period = periodRule(context, isFirst)
  const named = (kind: string): string[] => context.placeholders.filter((name) => name.startsWith(kind))
  const appliances = [...named('a'), ...PLAN_APPLIANCES]
  const appliance = any(...appliances)
  const subject = any(...appliances, 'other', 'total')
  const measure = any(...ENERGY_MEASURES)
  const enumeration = (schema: { def: { innerType: { options: string[] } } }): Rule => any(...schema.def.innerType.options)
  return any(
    all('power_now', subject),
    all('energy_use', subject, measure, enumeration(TOOL_ARGUMENTS.energy_use.shape.by), period),
    all('compare_periods', subject, measure, period, 'vs', any(period, 'before', 'year_before')),
    all('peak_demand', period),
    all('runs', appliance, enumeration(TOOL_ARGUMENTS.runs.shape.about), period),
    all('always_on', period),
    all('appliance_state', appliance),
    all('electrical_quality', enumeration(TOOL_ARGUMENTS.electrical_quality.shape.quantity), period),
    all('devices', any('all', ...named('c'))),
    all('site_facts', enumeration(TOOL_ARGUMENTS.site_facts.shape.topic)),
    all('coverage', period),
    all('forecast', any(...HOURS, ...named('f'), ...named('p'))),
    all('anomalies', period),
    all('maintenance', any(appliance, 'all')),
    all('savings', any(appliance, 'all')),
  )
}

interface State {
  /** Places a word leads to. */
  next: Map<string, State[]>
  /** Places reached without a word. */
  free: State[]
}

const END = '</s>'

function compile(rule: Rule, from: State): State {
  if (typeof rule === 'string') {
    const to: State = { next: new Map(), free: [] }
    from.next.set(rule, [...(from.next.get(rule) ?? []), to])
    return to
  }
  if ('sequence' in rule) return rule.sequence.reduce((state, part) => compile(part, state), from)
  const to: State = { next: new Map(), free: [] }
  for (const choice of rule.choice) {
    const start: State = { next: new Map(), free: [] }
    from.free.push(start)
    compile(choice, start).free.push(to)
  }
  return to
}

function reach(states: Iterable<State>): Set<State> {
  const reached = new Set<State>()
  const pending = [...states]
  for (let state = pending.pop(); state; state = pending.pop()) {
    if (reached.has(state)) continue
    reached.add(state)
    pending.push(...state.free)
  }
  return reached
}

/** Words a plan may go on with. A plan whose every word was allowed, the last being "</s>", parses to a valid plan. */
export class PlanGrammar {
  readonly #start: Set<State>

  constructor(context: GrammarContext) {
    const start: State = { next: new Map(), free: [] }
    const more = Array.from({ length: MAX_CALLS - 1 }).reduceRight<Rule>(
      (rest) => maybe(all(';', callRule(context, false), rest)), all(),
    )
    const plan = any(
      all(callRule(context, true), more),
      all('reply', any(...REPLY_KINDS)),
      all('refuse', any(...REFUSAL_KINDS)),
      all('unclear', any(...UNCLEAR_KINDS)),
    )
    compile(all(plan, END), start)
    this.#start = reach([start])
  }

  /** Empty where `words` is no beginning of a plan. */
  allowedAfter(words: readonly string[]): Set<string> {
    let states = this.#start
    for (const word of words) {
      states = reach([...states].flatMap((state) => state.next.get(word) ?? []))
    }
    const allowed = new Set<string>()
    for (const state of states) for (const [word] of state.next) allowed.add(word)
    return allowed
  }
}
