import type { AssistantPlan, ToolResult } from '@/lib/contracts/assistant'
import type { AssistantParts, CheckedText } from '../conversation/parts'
import { openTools } from '../open-tools'
import { EmbeddedProvider, type Wording } from '../providers/embedded'
import type { Planner } from '../providers/planned-answer'
import type { AssistantProvider } from '../providers/provider'
import { availableTools } from '../tools/run-tool'

/** Understands a handful of questions, by their words. */
export const keywordPlanner: Planner = {
  async plan(question, previous): Promise<{ plan: AssistantPlan; tokens: { input: number; output: number } }> {
    const tokens = { input: 10, output: 5 }
    const again = previous?.kind === 'calls' ? previous.calls[0] : undefined
    if (/hello/i.test(question)) return { plan: { kind: 'reply', reply: 'greeting' }, tokens }
    if (/tariff/i.test(question)) return { plan: { kind: 'calls', calls: [{ tool: 'site_facts', arguments: { topic: 'tariff' } }] }, tokens }
    if (/and last week/i.test(question) && again?.tool === 'energy_use') {
      return { plan: { kind: 'calls', calls: [{ ...again, arguments: { ...again.arguments, period: 'last week' } }] }, tokens }
    }
    const call = { tool: 'energy_use', arguments: { subject: 'total', measure: 'energy', by: 'none', period: 'yesterday' } } as const
    return { plan: { kind: 'calls', calls: [call] }, tokens }
  },
}

export const plainWording: Wording = ({ plan, outcomes }) => {
  if (plan.kind !== 'calls') return [{ text: 'Hello. Ask me about your electricity.' }]
  const said = outcomes.flatMap((outcome) => {
    if ('problem' in outcome) return [outcome.problem]
    return [...outcome.figures.map(({ label, value, unit }) => `${label}: ${value} ${unit}.`), ...outcome.notes]
  })
  return [{ text: said.join(' ') || 'Nothing was measured.' }]
}

/** Takes out each sentence with a number that is no figure. */
export function groundNumbers(text: string, results: readonly ToolResult[]): CheckedText {
  const known = new Set(results.flatMap(({ figures, notes, period }) => [
    ...figures.map(({ value }) => value),
    ...numbersOf(notes.join(' ')),
    ...figures.flatMap(({ label }) => numbersOf(label)),
    ...numbersOf(period?.label ?? ''),
  ]))
  const sentences = text.match(/[\s\S]+?(?:[.!?](?=\s|$)\s*|$)/g) ?? []
  const wrong = sentences.filter((sentence) => numbersOf(sentence).some((value) => !known.has(value)))
  return {
    text: sentences.filter((sentence) => !wrong.includes(sentence)).join('').trimEnd() || 'There is no confirmed answer.',
    citations: [],
    ungrounded: wrong.map((sentence) => ({ text: sentence.trim(), action: 'removed' as const })),
    confidence: sentences.length > 0 ? 1 - wrong.length / sentences.length : 0,
    devices: [...new Set(results.flatMap(({ devices }) => devices))],
  }
}

const numbersOf = (text: string) => (text.match(/\d+(?:\.\d+)?(?:e[-+]?\d+)?/g) ?? []).map(Number)

/** Real tools and database; who plans, words and checks is simple enough to know what must come out. */
export function testParts(providers: AssistantProvider[] = [embeddedForTests()]): AssistantParts {
  return {
    providersFor: () => providers,
    models: async () => [],
    availableTools,
    clusterNames: async () => [],
    openTools,
    ground: groundNumbers,
    groundWorded: (segments, results) => groundNumbers(segments.map(({ text }) => text).join(''), results),
  }
}

export const embeddedForTests = (planner = keywordPlanner) => new EmbeddedProvider(planner, plainWording)
