import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { questionsFor, type SiteOffers } from './suggestions'

const now = DateTime.fromISO('2026-03-18T15:00:00', { zone: 'Europe/Berlin' })
const site: SiteOffers = {
  tools: ['power_now', 'energy_use', 'compare_periods', 'runs', 'always_on', 'appliance_state', 'peak_demand', 'site_facts', 'coverage'],
  now,
  firstReadingAt: now.minus({ days: 60 }).toSeconds(),
  ran: ['kettle', 'dishwasher'],
  hasCold: true,
  hasTariff: true,
  hasRooms: false,
  wrong: null,
  hasForecast: false,
  hasSavings: false,
}

describe('questions to begin with', () => {
  it('name appliances that ran, and no others', () => {
    const asked = questionsFor(site).join(' ')
    expect(asked).toContain('the kettle')
    expect(asked).toContain('the dishwasher')
    expect(questionsFor({ ...site, ran: [] }).join(' ')).not.toMatch(/kettle|dishwasher|run in/)
  })

  it('ask about no time before the first reading', () => {
    const young = questionsFor({ ...site, firstReadingAt: now.minus({ hours: 5 }).toSeconds() }).join(' ')
    expect(young).not.toMatch(/yesterday|last month|this week|always on/)
    expect(young).toContain('right now')
  })

  it('compare months only where all of both was measured, else weeks', () => {
    const since = (days: number) => questionsFor({ ...site, firstReadingAt: now.minus({ days }).toSeconds() }).join(' ')
    expect(since(60)).toContain('this month compare with last month')
    expect(since(30)).toContain('this week compare with last week')
    expect(since(5)).not.toContain('compare')
  })

  it('ask about no figures where nothing was ever measured', () => {
    const empty = { ...site, firstReadingAt: null, ran: [], hasCold: false, hasTariff: false }
    expect(questionsFor(empty)).toEqual(['What can you do?', 'Are any readings missing?', 'What do you know about this site?'])
  })

  it('ask only what a tool answers', () => {
    expect(questionsFor({ ...site, tools: [] })).toEqual(['What can you do?'])
    expect(questionsFor({ ...site, tools: [...site.tools, 'savings'] })).toContain('When should I run the dishwasher?')
  })

  it('begin with what looks wrong, and ask for a forecast and savings only where there are some', () => {
    const tools = [...site.tools, 'anomalies', 'forecast', 'savings'] as const
    expect(questionsFor({ ...site, tools }).join(' ')).not.toMatch(/wrong|tomorrow|could I save/)
    const offered = questionsFor({ ...site, tools, wrong: { appliance: 'freezer' }, hasForecast: true, hasSavings: true, ran: [] })
    expect(offered.slice(0, 2)).toEqual(['Is anything wrong?', 'Is the freezer all right?'])
    expect(questionsFor({ ...site, tools, wrong: { appliance: null } })[0]).toBe('Is anything wrong?')
    expect(offered).toContain('What could I save?')
    const young = { ...site, tools, hasForecast: true, firstReadingAt: now.minus({ hours: 5 }).toSeconds(), ran: [], hasCold: false }
    expect(questionsFor(young)).toContain('How much will I use tomorrow?')
  })

  it('are few, and none twice', () => {
    const asked = questionsFor({ ...site, hasRooms: true })
    expect(asked.length).toBe(6)
    expect(new Set(asked).size).toBe(6)
  })
})
