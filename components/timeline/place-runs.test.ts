import { expect, it } from 'vitest'
import type { SiteRun } from '@/lib/contracts/home-learning'
import { placeRuns } from './place-runs'

const DAY = { startSeconds: 0, endSeconds: 86_400, nowSeconds: 43_200 }
const run = (appliance: SiteRun['appliance'], startedAt: number, endedAt: number | null): SiteRun => ({
  buildingId: 'b', appliance, startedAt, endedAt, pausedAt: null, energyKwh: 0.5, cost: 0.1, confidence: 0.9,
  isExperimental: false, isAdded: false, label: null,
})

it('a run that has paused is drawn up to its pause', () => {
  const [row] = placeRuns([{ ...run('Dishwasher', 36_000, null), pausedAt: 40_000 }], DAY)
  const [bar] = row?.runs ?? []
  expect(bar && bar.start + bar.length).toBeCloseTo(40_000 / 86_400, 9)
})

it('bars are cut off at the day\'s ends, and what goes on ends now', () => {
  const rows = placeRuns([run('Dryer', -3600, 3600), run('Dryer', 39_600, null), run('Dryer', 82_800, 90_000)], DAY)
  expect(rows).toHaveLength(1)
  expect(rows[0]?.runs.map(({ start, length }) => [start * 24, length * 24])).toEqual([[0, 1], [11, 1], [23, 1]])
  expect(rows[0]?.cost).toBeCloseTo(0.3, 9)
})

it('rows are in one order whatever ran first, and of what ran only', () => {
  const rows = placeRuns([run('Television', 100, 200), run('Dishwasher', 300, 400), run('Freezer', -50, 0)], DAY)
  expect(rows.map(({ appliance }) => appliance)).toEqual(['Dishwasher', 'Television'])
})
