import { DateTime } from 'luxon'
import { assistantParts } from '@/lib/assistant/assistant-parts'
import { builtIn } from '@/lib/assistant/built-in'
import type { AssistantParts } from '@/lib/assistant/conversation/parts'
import { EmbeddedProvider } from '@/lib/assistant/providers/embedded'
import { type AssistantPlan, TOOL_ARGUMENTS, type ToolCall } from '@/lib/contracts/assistant'
import type { AskedTurn, ExpectedCall, WrittenPeriod } from './question-file'

/** The assistant with the right plan in place of what its model understands: what is then wrong is wrong in what follows the plan. */
export function partsWithRightPlan({ expect: [right] }: AskedTurn): AssistantParts {
  const plan = (): AssistantPlan => {
    if (right?.refuse?.[0]) return { kind: 'refusal', refusal: right.refuse[0] }
    if (right?.reply?.[0]) return { kind: 'reply', reply: right.reply[0] }
    if (right?.unclear?.[0]) return { kind: 'unclear', missing: right.unclear[0] }
    return { kind: 'calls', calls: (right?.calls ?? []).map(toCall) }
  }
  const planner = { plan: async () => ({ plan: plan(), tokens: { input: 0, output: 0 } }) }
  return { ...assistantParts(), providersFor: () => [new EmbeddedProvider(planner, builtIn.word)] }
}

function toCall(call: ExpectedCall): ToolCall {
  const { tool, of: subject, measure, by, about, quantity, topic, cluster, hours, against } = call
  const needsPeriod = tool === 'energy_use' || tool === 'peak_demand' || tool === 'runs'
  const given = {
    subject,
    appliance: subject,
    measure,
    by,
    about,
    quantity,
    topic,
    cluster,
    horizonHours: hours,
    period: wordsOf(call) ?? (needsPeriod ? 'last 30 days' : undefined),
    against: against && wordsOf(against),
  }
  const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { tool, arguments: TOOL_ARGUMENTS[tool].parse(stated) } as ToolCall
}

/** A written period in words that lib/assistant/periods reads. */
function wordsOf({ on, week, month, year, from, to, last }: WrittenPeriod): string | undefined {
  const dayBefore = (date: string) => DateTime.fromISO(date).minus({ days: 1 }).toISODate()
  if (on) return on
  if (week) return `from ${week} to ${DateTime.fromISO(week).plus({ days: 6 }).toISODate()}`
  if (month ?? year) return month ?? String(year)
  if (last) return `last ${Object.entries(last).map(([unit, count]) => `${count} ${unit}`).join(' ')}`
  if (from && !to) return `since ${from}`
  if (!from || !to) return undefined
  const [day = '', clock] = from.split('T')
  return clock ? `${day} from ${clock} to ${to.split('T')[1] ?? '00:00'}` : `from ${day} to ${dayBefore(to)}`
}
