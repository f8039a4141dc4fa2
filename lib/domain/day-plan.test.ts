import { expect, it } from 'vitest'
import { overlappingRuns } from './day-plan'

/** @param startedAt minutes after midnight, as the length */
const run = (kind: string, startedAt: number, minutes: number) =>
  ({ id: `house:${kind}:${startedAt}`, startedAt: startedAt * 60, durationSeconds: minutes * 60, startSlot: Math.floor(startedAt / 15) })

it('a plan lays a run upon another one of the same appliance, though their quarters alone would not say so', () => {
  // They share the quarter from 20:00 on, one after the other.
  const runs = [run('Dishwasher', 19 * 60 + 5, 58), run('Dishwasher', 20 * 60 + 5, 60), run('Dryer', 19 * 60 + 5, 60)]
  const [first, second, dryer] = runs.map(({ id }) => id) as [string, string, string]
  expect(overlappingRuns(runs, new Map())).toEqual([])
  expect(overlappingRuns(runs, new Map([[first, 10], [second, 14]]))).toEqual([])
  expect(overlappingRuns(runs, new Map([[second, 79]]))).toEqual([first, second])
  expect(overlappingRuns(runs, new Map([[first, 80], [second, 76]]))).toEqual([])
  expect(overlappingRuns(runs, new Map([[dryer, 80]]))).toEqual([])
})

it('runs that were seen to overlap, as estimates may, stay possible as they were', () => {
  const runs = [run('Dryer', 600, 60), run('Dryer', 630, 60)]
  expect(overlappingRuns(runs, new Map())).toEqual([])
  expect(overlappingRuns([run('Dryer', 600, 60), { ...run('Dryer', 630, 60), id: 'annexe:Dryer:630' }], new Map([['annexe:Dryer:630', 40]]))).toEqual([])
})
