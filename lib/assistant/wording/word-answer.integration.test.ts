import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { APPLIANCES } from '@/lib/contracts/appliances'
import type { ToolCall, ToolResult } from '@/lib/contracts/assistant'
import { findSite } from '@/lib/data/sites'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { forecastSite } from '@/lib/services/forecast'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { groundAnswer } from '../grounding/ground-answer'
import { NOW, seedHome, ZONE, type SeededHome } from '../testing/seeded-home'
import { availableTools, runTool } from '../tools/run-tool'
import { wordAnswer } from './word-answer'

const PERIODS = [
  'today',
  'yesterday',
  'last tuesday',
  'this week',
  'last week',
  'this month',
  'last month',
  'last 7 days',
  'last 24 hours',
  'march',
  'march 2026',
  '2026-03-29',
  'since easter',
  'from monday to wednesday',
  'yesterday evening',
  'last night',
  'yesterday from 18:00 to 20:00',
  'easter',
  'all time',
  'january',
  '2025',
  'last 3 months',
]
const COMPARED = [
  ['this month', 'last month'],
  ['this week', 'last week'],
  ['yesterday', 'the day before yesterday'],
  ['today', 'yesterday'],
  ['march', 'february'],
  ['last week', 'last month'],
  ['last month', '2025-03'],
  ['last 7 days', 'the period before'],
] as const
const SUBJECTS = ['total', 'ElectricOven', 'Refrigerator', 'Dryer', 'other'] as const
const QUESTIONS = ['How much?', 'What did it cost?', 'tell me more', 'and?']

let home: SeededHome
beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  home = await seedHome()
  // Made before they are asked about, however long that takes.
  const site = (await findSite(home.site.id))!
  for (const steps of [24, 168]) await forecastSite(site, 'load', steps, NOW)
}, 300_000)
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

function calls(): ToolCall[] {
  const made: ToolCall[] = [
    { tool: 'power_now', arguments: {} },
    { tool: 'devices', arguments: {} },
  ]
  for (const subject of [...APPLIANCES, 'other'] as const) made.push({ tool: 'power_now', arguments: { subject } })
  for (const appliance of APPLIANCES) made.push({ tool: 'appliance_state', arguments: { appliance } })
  for (const topic of ['all', 'tariff', 'location', 'buildings', 'rooms'] as const)
    made.push({ tool: 'site_facts', arguments: { topic } })
  for (const quantity of ['all', 'voltage', 'frequency', 'thd'] as const) {
    made.push({ tool: 'electrical_quality', arguments: { quantity, period: 'last 24 hours' } })
  }
  for (const horizonHours of [1, 6, 24, 48, 168]) made.push({ tool: 'forecast', arguments: { horizonHours } })
  for (const appliance of [undefined, ...APPLIANCES])
    made.push({ tool: 'maintenance', arguments: { appliance } }, { tool: 'savings', arguments: { appliance } })
  for (const [index, period] of PERIODS.entries()) {
    made.push({ tool: 'anomalies', arguments: { period } })
    const measure = (['energy', 'cost', 'co2'] as const)[index % 3]!
    for (const subject of SUBJECTS) made.push({ tool: 'energy_use', arguments: { subject, measure, by: 'none', period } })
    for (const by of ['appliance', 'room', 'hour', 'day', 'month'] as const) {
      made.push({ tool: 'energy_use', arguments: { subject: 'total', measure, by, period } })
    }
    made.push(
      { tool: 'peak_demand', arguments: { period } },
      { tool: 'always_on', arguments: { period } },
      { tool: 'coverage', arguments: { period } },
    )
    for (const about of ['count', 'duration', 'last', 'first', 'list', 'cost'] as const) {
      made.push({ tool: 'runs', arguments: { appliance: index % 4 === 0 ? 'Dryer' : 'ElectricKettle', period, about } })
    }
  }
  for (const [period, against] of COMPARED) {
    for (const measure of ['energy', 'cost', 'co2'] as const) {
      for (const subject of ['total', 'ElectricOven'] as const)
        made.push({ tool: 'compare_periods', arguments: { subject, measure, period, against } })
    }
  }
  return made
}

describe('answers worded from real results', () => {
  it('say nothing that the checks would mark, carry an id on every number, and have no words of a computer’s', async () => {
    const place = { timeZone: ZONE, currency: 'EUR', nowSeconds: NOW }
    const problems: string[] = []
    const seen = new Set<string>()
    for (const [index, call] of calls().entries()) {
      const outcome = await runTool(call, { user: home.owner, siteId: home.site.id, nowSeconds: NOW })
      if (!outcome || 'problem' in outcome) throw new Error(`${JSON.stringify(call)}: ${JSON.stringify(outcome)}`)
      const result: ToolResult = outcome
      for (const question of QUESTIONS) {
        const plan = { kind: 'calls' as const, calls: [call] }
        const { text, segments } = wordAnswer({
          question: `${question}${index}`,
          plan,
          outcomes: [result],
          tools: availableTools(),
          ...place,
        })
        seen.add(text)
        const { unsupported } = groundAnswer(text, [result], { ...place, names: [home.site.id] })
        const ids = new Set([...result.figures, ...result.moments].map(({ id }) => id))
        const lost = segments.filter(({ figureId }) => figureId !== undefined && !ids.has(figureId))
        const bare = segments.filter((segment) => segment.figureId === undefined && /\d/.test(withoutNames(segment.text, result)))
        if (unsupported.length > 0)
          problems.push(`${text}\n   marked: ${unsupported.map((claim) => `${claim.text}: ${claim.reason}`).join('; ')}`)
        if (lost.length > 0 || bare.length > 0)
          problems.push(`${text}\n   without an id: ${bare.map((segment) => segment.text).join(' | ')}`)
        if (/undefined|null|NaN|\[object|  |\s[.,;]|\.\.|about about/.test(text)) problems.push(`${text}\n   is no sentence`)
        if (text.length === 0 || text.length > 700) problems.push(`${JSON.stringify(call)}: has ${text.length} characters`)
      }
    }
    expect([...new Set(problems)].slice(0, 40).join('\n')).toBe('')
    expect(seen.size).toBeGreaterThan(600)
  }, 600_000)

  it('word the same question the same', async () => {
    const call: ToolCall = {
      tool: 'energy_use',
      arguments: { subject: 'total', measure: 'energy', by: 'none', period: 'yesterday' },
    }
    const outcome = await runTool(call, { user: home.owner, siteId: home.site.id, nowSeconds: NOW })
    const place = { timeZone: ZONE, currency: 'EUR', nowSeconds: NOW, tools: availableTools() }
    const word = (question: string) =>
      wordAnswer({ question, plan: { kind: 'calls', calls: [call] }, outcomes: [outcome!], ...place }).text
    expect(word('How much yesterday?')).toBe(word('how much yesterday?'))
    expect(new Set(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(word)).size).toBeGreaterThanOrEqual(3)
  })
})

/** What has a number in its name: rooms, standards, the gas. What a service says is as it says it. */
function withoutNames(text: string, { devices, table, notes }: ToolResult): string {
  const names = [...notes, ...devices, ...(table?.rows.flat().filter((cell) => typeof cell === 'string') ?? [])]
  return names.reduce((rest, name) => rest.replaceAll(name, ''), text).replace(/CO2|EN 50160/g, '')
}
