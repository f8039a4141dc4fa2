import { expect, it } from 'vitest'
import type { PowerQuality, QualitySeries } from '@/lib/contracts/power-quality'
import { limitStops, prepareQuality, qualityTable, timeMarks } from './prepare-quality'

const value = (mean: number) => ({ mean, min: mean - 1, max: mean + 1 })
const series = (values: QualitySeries['values']): QualitySeries => {
  return { quantity: 'voltage', unit: 'V', latest: 230, limits: null, unjudged: null, judged: null, values }
}
const quality = (values: QualitySeries['values']): PowerQuality => ({
  buildingId: 'b', buildingName: 'B', simulated: false, range: '24h', basis: 'meter', fromTimestamp: 600,
  toTimestamp: 600 + 600 * values.length, binSeconds: 600, series: [series(values)],
})
const LIMITS = {
  nominal: 230, usual: { low: 207, high: 253 }, usualShare: 0.95, extreme: { low: 195.5, high: 253 },
}

it('a bin without measurements is a gap, in the chart and in the table', () => {
  const values = [value(230), null, null, value(234)]
  expect(prepareQuality(quality(values), series(values)).rows.map(({ mean }) => mean)).toEqual([230, null, null, 234])
  expect(qualityTable(quality(values), series(values), 'hour', 'UTC')).toEqual([
    { startSeconds: 600, value: { mean: 232, min: 229, max: 235 } },
  ])
  expect(qualityTable(quality([null, null]), series([null, null]), 'hour', 'UTC')[0]?.value).toBeNull()
})

it('the table goes by the site\'s own hours and days', () => {
  const values = Array.from({ length: 144 }, (_, index) => value(index < 72 ? 230 : 240))
  // From 0:10 UTC, which is 19:10 the evening before in New York.
  const byDay = qualityTable(quality(values), series(values), 'day', 'America/New_York')
  expect(byDay.map(({ startSeconds }) => startSeconds)).toEqual([600, 5 * 3600])
  expect(byDay[0]?.value?.mean).toBe(230)
  expect(qualityTable(quality(values), series(values), 'hour', 'UTC')).toHaveLength(25)
})

it('the scale holds every reading, and does not make much of a little', () => {
  const { scale } = prepareQuality(quality([value(230), value(230.2)]), series([value(230), value(230.2)]))
  expect(scale.max - scale.min).toBeGreaterThanOrEqual(10)
  expect(scale.min).toBeLessThanOrEqual(229)
  expect(scale.max).toBeGreaterThanOrEqual(231.2)
})

it('the line changes its colour exactly at the limits', () => {
  expect(limitStops([190, 210, 230], LIMITS)).toEqual([
    { share: 0, color: 'var(--good)' }, { share: 23 / 40, color: 'var(--good)' },
    { share: 23 / 40, color: 'var(--warn)' }, { share: 34.5 / 40, color: 'var(--warn)' },
    { share: 34.5 / 40, color: 'var(--bad)' }, { share: 1, color: 'var(--bad)' },
  ])
  expect(limitStops([230, 230], LIMITS)).toBeNull()
})

it('a time axis is marked at the site\'s own hours and midnights', () => {
  const start = Date.UTC(2025, 2, 28, 15, 20) / 1000
  const hoursOf = (marks: number[]) => marks.map((seconds) => new Date(seconds * 1000).toISOString().slice(5, 13))
  expect(hoursOf(timeMarks(start, start + 86_400, 'Europe/Berlin'))).toEqual(['03-28T17', '03-28T23', '03-29T05', '03-29T11'])
  expect(hoursOf(timeMarks(start, start + 7 * 86_400, 'Europe/Berlin'))).toEqual(['03-29T23', '03-31T22', '04-02T22'])
})
