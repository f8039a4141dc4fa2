import { createTranslator } from 'use-intl/core'
import { describe, expect, it } from 'vitest'
import { MESSAGES } from '@/components/i18n/messages'
import type { HomeHeadInfo } from '@/lib/contracts/home-learning'
import { REFUSALS } from '@/lib/contracts/home-learning'
import { gainText, labelText, learningText, lengthText } from './run-words'

const english = createTranslator({ locale: 'en-GB', messages: MESSAGES.en, namespace: 'runs' })
const german = createTranslator({ locale: 'de-DE', messages: MESSAGES.de, namespace: 'runs' })
const words = { day: 'Monday', name: 'dryer', locale: 'en-GB' }

const metrics: HomeHeadInfo['metrics'] = {
  runs: 8,
  notRuns: 4,
  before: { f1: 0.62, runsFound: 5, falseAlarms: 4 },
  after: { f1: 0.91, runsFound: 7, falseAlarms: 0 },
  restTurnedOn: 0,
  restTurnedOff: 0,
  refusal: null,
}
const head = (status: HomeHeadInfo['status'], refusal: string | null = null): HomeHeadInfo => ({
  id: 'h', buildingId: 'b', appliance: 'ElectricKettle', modelVersion: '1', status, metrics: { ...metrics, refusal },
  createdAt: 0, statusAt: 0, effectiveFrom: null,
})
const counts = { appliance: 'Dryer' as const, runs: 1, notRuns: 0, needed: 3 }

describe('the words about runs', () => {
  it('give a length in its two largest units', () => {
    expect([40, 59.6, 200, 3600, 5100].map(lengthText)).toEqual(['40 s', '60 s', '3 min', '1 h', '1 h 25 min'])
  })

  it('say what is missing, what was gained and why something is not used', () => {
    expect(learningText(counts, undefined, words, english)).toBe('3 more dryer labels needed; 1 label so far.')
    expect(learningText({ ...counts, needed: 0 }, head('active'), words, english)).toBe(
      'Learned on Monday: F1 0.62 → 0.91, 7 of 8 runs recognised instead of 5, false alarms 4 → 0, on runs it had not seen.',
    )
    expect(learningText({ ...counts, needed: 0 }, head('rejected', 'It is no better.'), words, english))
      .toContain('not used. It is no better.')
    expect(learningText(counts, head('retired'), words, english)).toBe(
      'No longer used: labels it was learned from were taken back or changed. 3 more dryer labels needed; 1 label so far.',
    )
    expect(gainText({ ...metrics, runs: 0 }, 'en-GB', english)).toBe('false alarms 4 → 0, on runs it had not seen')
  })

  it('tell what a person said, with the right article', () => {
    const label = { id: 'l', buildingId: 'b', startedAt: 0, endedAt: 1, createdAt: 0 }
    expect(labelText({ ...label, estimatedAppliance: 'Dryer', trueAppliance: 'ElectricOven' }, english))
      .toBe('It was an electric oven, you said')
    expect(labelText({ ...label, estimatedAppliance: 'Dryer', trueAppliance: null }, english)).toBe('Not a dryer, you said')
    expect(english('withArticle.Microwave')).toBe('a microwave')
  })

  it('are German where the reader is', () => {
    const inGerman = { day: 'Montag', name: 'Trockner', locale: 'de-DE' }
    expect(learningText(counts, undefined, inGerman, german)).toBe('Noch 3 Angaben nötig (Trockner); bisher 1 Angabe.')
    expect(learningText({ ...counts, needed: 0 }, head('active'), inGerman, german))
      .toContain('F1 0,62 → 0,91, 7 von 8 Läufen erkannt')
    expect(learningText({ ...counts, needed: 0 }, head('rejected', REFUSALS.losesRuns), inGerman, german))
      .toContain('übersieht Läufe')
    const label = { id: 'l', buildingId: 'b', startedAt: 0, endedAt: 1, createdAt: 0 }
    expect(labelText({ ...label, estimatedAppliance: 'Microwave', trueAppliance: null }, german)).toMatch(/^Keine Mikrowelle/)
  })
})

it('every reason for not using what was learned reads in English as it is stored', () => {
  expect(MESSAGES.en.runs.learning.refusals).toEqual(REFUSALS)
})
