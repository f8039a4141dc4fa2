import { expect, it } from 'vitest'
import { withoutProgrammes } from './programme-mix'

const [COTTON, QUICK] = [20, 5]

it('a week of other programmes is no change', () => {
  const weeks = [[COTTON, QUICK, COTTON], [QUICK, COTTON, QUICK], [COTTON, QUICK], [QUICK, QUICK], [COTTON, COTTON]]
  for (const value of withoutProgrammes(weeks, 3)) expect(value).toBeCloseTo(12.5, 6)
})

it('runs that all take longer are, by as much, whichever was chosen', () => {
  const first = [[COTTON, QUICK, COTTON, QUICK], [QUICK, COTTON, QUICK, COTTON]]
  const [, , cotton, quick] = withoutProgrammes([...first, [22, 22], [5.5, 5.5]], 2)
  expect(cotton).toBeCloseTo(12.5 * 1.1, 6)
  expect(quick).toBeCloseTo(12.5 * 1.1, 6)
})

it('a week with one run and a history of few say nothing', () => {
  expect(withoutProgrammes([[20, 20, 20, 20], [20, 20, 20, 20], [20]], 2)[2]).toBeNull()
  expect(withoutProgrammes([[20, 20], [21, 20]], 2)).toEqual([null, null])
})
