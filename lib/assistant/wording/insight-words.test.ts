import { describe, expect, it } from 'vitest'
import type { ToolCall, ToolResult } from '@/lib/contracts/assistant'
import { groundAnswer } from '../grounding/ground-answer'
import { ANOMALIES, FORECAST, GROUNDING, MAINTENANCE, NOW, SAVINGS } from '../testing/made-up-results'
import { availableTools } from '../tools/run-tool'
import { wordAnswer } from './word-answer'

function textsOf(result: ToolResult): string[] {
  const plan = { kind: 'calls' as const, calls: [{ tool: result.tool, arguments: result.arguments } as ToolCall] }
  const place = { timeZone: 'Europe/Berlin', currency: 'EUR', nowSeconds: NOW, tools: availableTools() }
  const texts = Array.from({ length: 16 }, (_, index) => wordAnswer({ question: `question ${index}`, plan, outcomes: [result], ...place }))
  const ids = new Set([...result.figures, ...result.moments].map(({ id }) => id))
  for (const { text, segments } of texts) {
    expect(groundAnswer(text, [result], GROUNDING).unsupported, text).toEqual([])
    for (const segment of segments) {
      if (segment.figureId !== undefined) expect(ids).toContain(segment.figureId)
      else expect(segment.text).not.toMatch(/\d/)
    }
  }
  return [...new Set(texts.map(({ text }) => text))]
}

describe('insights in words', () => {
  it('say a forecast with its interval, its cost and the highest hour, in several ways', () => {
    const texts = textsOf(FORECAST)
    expect(texts.length).toBeGreaterThanOrEqual(3)
    for (const text of texts) {
      expect(text).toContain('about 9.31 kWh')
      expect(text).toContain(', between 7.12 kWh and 12.4 kWh (95%)')
      expect(text).toContain('€3.72')
      expect(text).toContain('tomorrow at 18:00: about 1.24 kW')
    }
  })

  it('say no interval where none is known, and a net forecast by the side it is on', () => {
    const bare = { ...FORECAST, figures: FORECAST.figures.slice(0, 1) }
    for (const text of textsOf(bare)) expect(text).not.toMatch(/between|%|€/)
    const net = FORECAST.figures.slice(0, 4).map((figure, index) => ({
      ...figure,
      label: figure.label.replace('energy', 'energy drawn less fed in'),
      value: [-2.5, -6.2, 1.4, 95][index]!,
    }))
    expect(textsOf({ ...FORECAST, figures: net })).toEqual([
      'Tomorrow, about 2.5 kWh net will be fed in, between 6.2 kWh fed in and 1.4 kWh drawn (95%).',
    ])
  })

  it('say an anomaly with when it began, what was expected and how urgent it is', () => {
    const table = { columns: [], rows: [['an unusually long run of the kettle', 'urgent', 0, 0, 2400]] }
    const texts = textsOf({ ...ANOMALIES, table })
    expect(texts.length).toBeGreaterThanOrEqual(3)
    for (const text of texts)
      expect(text).toContain(
        'An unusually long run of the kettle began yesterday at 07:10: about 1 h 15 min, where 3 min was expected (urgent).',
      )
  })

  it('say since when was looked where nothing was found, and when it will be known where it is not yet', () => {
    const none = { ...ANOMALIES, figures: [{ ...ANOMALIES.figures[0]!, value: 0 }], devices: [] }
    const since = { id: 'm9', label: 'looked at since', at: NOW - 7 * 86_400, href: '/insights?site=s' }
    const look = { id: 'm10', label: 'last look', at: NOW - 1800, href: '/insights?site=s' }
    for (const text of textsOf({ ...none, moments: [since, look] }))
      expect(text).toContain('The readings have been looked at since Thursday, 2 April. The last look was today at 15:07.')
    const judged = { id: 'm11', label: 'first full judgement', at: NOW + 9 * 86_400, href: '/insights?site=s' }
    const note = 'Not enough history yet: what is usual here is still being learnt, until about 18 April 2026 if readings go on.'
    for (const text of textsOf({ ...none, moments: [since, judged], notes: [note] })) {
      expect(text).toMatch(/cannot be told yet/)
      expect(text).toContain(note)
    }
  })

  it('say what rises to which limit, and the date within its interval', () => {
    expect(textsOf(MAINTENANCE)).toEqual([
      'The share of the time for which the refrigerator cools has risen from 30% to about 38%. It reaches its limit of 45% about ' +
        'Sunday, 14 June, between Wednesday, 20 May and Sunday, 2 August (95%), if this goes on.',
    ])
  })

  it('say when a run costs least, what it would cost now, and what was to be saved', () => {
    const texts = textsOf(SAVINGS)
    expect(texts.length).toBeGreaterThanOrEqual(3)
    for (const text of texts) {
      expect(text).toMatch(/dryer (is best begun |is )?tomorrow at 13:00: a run then costs about €0\.31\. Begun now, it would be about €0\.52\./)
      expect(text).toContain('would have saved about €4.20')
    }
  })
})
