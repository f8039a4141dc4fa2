import { expect, it } from 'vitest'
import type { AssetReport, SignatureReport } from '@/lib/contracts/maintenance'
import { firstJudgement } from './maintenance-words'

const WEEK = 7 * 86_400
const signature = (state: SignatureReport['state'], weeks: readonly number[]) =>
  ({ state, leastWeeks: 8, weeks: weeks.length, points: weeks.map((week) => ({ startTimestamp: week * WEEK, value: 30 })) }) as SignatureReport
const asset = (...signatures: SignatureReport[]) => ({ signatures }) as AssetReport

it('is named for what has the fewest weeks to go, and not where time alone decides nothing', () => {
  expect(firstJudgement([asset(signature('too few weeks', [1, 2, 3])), asset(signature('too few weeks', [1, 2, 3, 4]))])).toEqual({
    at: 9 * WEEK,
    leastWeeks: 8,
  })
  // A week that was not measured has to be made up for.
  expect(firstJudgement([asset(signature('too few weeks', [1, 3, 4]))])?.at).toBe(10 * WEEK)
  expect(firstJudgement([asset(signature('needs a year', [1, 2, 3])), asset(signature('no measurements', []))])).toBeNull()
})
