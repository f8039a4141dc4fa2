import { expect, it } from 'vitest'
import { powerScale, powerTickText, tickInterval, timeTicks } from './axis-scale'

it('has round ticks from zero to at least the largest value', () => {
  expect(powerScale(0, 2140).tickWatts).toEqual([0, 1000, 2000, 3000])
  expect(powerScale(0, 1900).tickWatts).toEqual([0, 500, 1000, 1500, 2000])
  expect(powerScale(0, 240).tickWatts).toEqual([0, 100, 200, 300])
})

it('does not blow noise of a few watts up to the full height', () => {
  expect(powerScale(0, 3).maxWatts).toBe(100)
})

it('reaches below zero while the building exports, with zero among the ticks', () => {
  const scale = powerScale(-1800, 900)
  expect(scale.minWatts).toBeLessThanOrEqual(-1800)
  expect(scale.tickWatts).toContain(0)
})

it('marks round times only', () => {
  expect(timeTicks(1001, 2000, 300)).toEqual([1200, 1500, 1800])
  expect(timeTicks(10, 20, 300)).toEqual([])
})

it('leaves out time labels where there is no room for them', () => {
  expect(tickInterval(1536, 280, '14:05'.length)).toBe(300)
  expect(tickInterval(1536, 280, '02:05 PM'.length)).toBe(600)
  expect(tickInterval(1536, 120, '02:05 PM'.length)).toBe(900)
})

it('names the unit once and never mixes two on an axis', () => {
  const scale = powerScale(0, 1900)
  expect(scale.tickWatts.map((watts) => powerTickText(watts, scale, 'en-GB'))).toEqual(['0', '0.5', '1', '1.5', '2\u00a0kW'])
})
