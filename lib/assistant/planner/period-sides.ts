import type { DateTime } from 'luxon'
import type { AssistantPlan } from '@/lib/contracts/assistant'
import { MONTHS, WEEKDAYS } from './lexicon'
import { daysOf, periodWords } from './plan-periods'

/** What one period of a question means because of another one in it. */

const COMPARED = /\b(?:than|vs|compare|compared|comparison|contrast|better|worse)\b/
const MONTH = new RegExp(`^(${MONTHS.join('|')})(?: \\d{4})?$`)
const LAST_WEEKDAY = new RegExp(`^last (?:${WEEKDAYS.join('|')})$`)
const CHANGE = new RegExp(
  '\\b(?:changed?|drop|dropped|rise|risen|rose|fall|fallen|fell|increased?|decreased?|jump|jumped|grow|grew|grown|shrink|shrank|' +
    'shrunk|crept|delta|up|down|difference)\\b',
)
const FROM_ONE_TO_OTHER = /\b(p\d) (?:and|to|until|till|through) (p\d)\b/

/**
 * Puts right, in `values`, periods that lean on another one: "last wednesday" beside that very day is the one a week earlier, and
 * "october" compared with "2025" is compared with the October of 2025.
 */
export function settleSides(words: readonly string[], values: Map<string, string>, now: DateTime): void {
  const names = words.filter((word, at) => /^p\d$/.test(word) && words.indexOf(word) === at)
  const filled = (name: string) => periodWords((values.get(name) ?? '').split(' '), values)
  const isCompared = COMPARED.test(words.join(' '))
  for (const name of names) {
    const period = filled(name)
    const others = names.filter((other) => other !== name).map(filled)
    const days = daysOf(period, now)
    if (LAST_WEEKDAY.test(period) && days && others.some((other) => +(daysOf(other, now)?.from ?? 0) === +days.from)) {
      values.set(name, days.from.minus({ weeks: 1 }).toISODate()!)
    }
    const year = yearCalled(period, now)
    const month = others.map((other) => MONTH.exec(other) && daysOf(other, now)?.from).find(Boolean)
    if (isCompared && year && month && month.year !== year) values.set(name, `${MONTHS[month.month - 1]} ${year}`)
  }
}

function yearCalled(period: string, now: DateTime): number | null {
  if (period === 'last year') return now.year - 1
  return /^\d{4}$/.test(period) ? Number(period) : null
}

/** Of "what changed between september and october?" the later period is the one asked about, the earlier what it is compared with. */
export function laterFirst(plan: AssistantPlan, words: readonly string[], values: ReadonlyMap<string, string>, now: DateTime) {
  const text = words.join(' ')
  const range = CHANGE.test(text) ? FROM_ONE_TO_OTHER.exec(text) : null
  if (plan.kind !== 'calls' || !range) return plan
  const [one, other] = [range[1]!, range[2]!].map((name) => periodWords((values.get(name) ?? '').split(' '), values))
  const begins = (period: string) => +(daysOf(period, now)?.from ?? Number.NaN)
  if (!(begins(one!) < begins(other!))) return plan
  const calls = plan.calls.map((call) => {
    const isTurned = call.tool === 'compare_periods' && call.arguments.period === one && call.arguments.against === other
    return isTurned ? { ...call, arguments: { ...call.arguments, period: other, against: one! } } : call
  })
  return { kind: 'calls' as const, calls }
}
