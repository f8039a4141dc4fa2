import { expect } from 'vitest'
import { toolResultSchema, type ToolCall, type ToolResult } from '@/lib/contracts/assistant'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { makeUser, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'
import { groundAnswer } from '../grounding/ground-answer'
import { availableTools, runTool } from '../tools/run-tool'
import { wordAnswer } from '../wording/word-answer'
import { NOW, ZONE } from './seeded-home'

export interface Askers {
  user: TestUser
  stranger: TestUser
}

export const makeAskers = async (): Promise<Askers> => ({ user: await makeUser(), stranger: await makeUser() })

const member = ({ id, username }: TestUser): CurrentUser => ({ id, username, role: 'viewer', siteScope: 'member' })

/** What a tool answers a member; that it answers nobody else is looked at each time. */
export async function askInsight({ user, stranger }: Askers, site: TestSite, call: ToolCall, nowSeconds = NOW): Promise<ToolResult> {
  expect(await runTool(call, { user: member(stranger), siteId: site.id, nowSeconds })).toBeNull()
  const outcome = await runTool(call, { user: member(user), siteId: site.id, nowSeconds })
  if (!outcome || 'problem' in outcome) throw new Error(JSON.stringify(outcome))
  expect(toolResultSchema.parse(outcome)).toEqual(outcome)
  for (const { href } of [...outcome.figures, ...outcome.moments]) expect(href).toMatch(/^\/[a-z]+(\/[\w%.-]+)*\?site=site_/)
  return outcome
}

/** In the words of the built-in templates, of which the checks mark none. */
export function worded(result: ToolResult, nowSeconds = NOW): string {
  const call = { tool: result.tool, arguments: result.arguments } as ToolCall
  const place = { timeZone: ZONE, currency: 'EUR', nowSeconds }
  const texts = ['how?', 'what?', 'tell me', 'and?'].map((question) => {
    const plan = { kind: 'calls' as const, calls: [call] }
    const { text } = wordAnswer({ question, plan, outcomes: [result], tools: availableTools(), ...place })
    const { unsupported } = groundAnswer(text, [result], { ...place, names: [] })
    expect(unsupported.map((claim) => `${claim.text}: ${claim.reason}`), text).toEqual([])
    return text
  })
  return texts[0]!
}

export function valueOf(result: ToolResult, label: string, period?: string): number {
  const found = result.figures.find((figure) => figure.label === label && (period === undefined || figure.period?.label === period))
  if (!found) throw new Error(`${label} is not among ${result.figures.map((figure) => figure.label).join('; ')}`)
  return found.value
}

export const momentOf = (result: ToolResult, label: string | RegExp): number | undefined =>
  result.moments.find((moment) => (typeof label === 'string' ? moment.label === label : label.test(moment.label)))?.at
