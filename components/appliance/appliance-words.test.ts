import { createTranslator } from 'use-intl/core'
import { expect, it } from 'vitest'
import { MESSAGES } from '@/components/i18n/messages'
import { dutyText, runsPerWeek, trendText } from './appliance-words'

const t = createTranslator({ locale: 'en-GB', messages: MESSAGES.en, namespace: 'appliance' })
const percent = (share: number) => `${Math.round(100 * share)} %`
const week = (runs: number, coverage: number) => ({ startTimestamp: 0, runs, energyKwh: 0, cost: 0, coverage, duty: null })

it('runs a week leave out the week in progress and weeks that were hardly measured, and make up for gaps', () => {
  expect(runsPerWeek([week(4, 1), week(3, 0.6), week(0, 0.2), week(1, 0.3)])).toBeCloseTo(4.5, 9)
  expect(runsPerWeek([week(9, 1)])).toBeNull()
})

it('a trend says how much more or less, and nothing where nothing is known', () => {
  const trend = (change: number | null) => ({ recentKwhPerDay: 1, beforeKwhPerDay: 1, change })
  expect(trendText(trend(0.3), percent, t)).toBe('About 30 % more than in the four weeks before.')
  expect(trendText(trend(-0.12), percent, t)).toBe('About 12 % less than in the four weeks before.')
  expect(trendText(trend(0.02), percent, t)).toBe('About as much as in the four weeks before.')
  expect(trendText(null, percent, t)).toMatch(/needs/)
  expect(dutyText({ recent: null, before: 0.2 }, percent, t)).toMatch(/Not measured/)
})
