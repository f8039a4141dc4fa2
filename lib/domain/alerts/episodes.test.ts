import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareEpisodes, thresholdEpisodes, type Step } from './episodes'

const minutes = (...values: (number | null)[]): Step[] => values.map((value, index) => ({ startSeconds: index * 60, value }))
const above = { direction: 'above', limit: 1000, margin: 50, steps: 3 } as const

describe('a limit that must be passed for some minutes', () => {
  it('is an episode from the first of them on, with the furthest value, and not before', () => {
    expect(thresholdEpisodes(minutes(900, 1100, 1200), above, null)).toEqual([])
    expect(thresholdEpisodes(minutes(900, 1100, 1300, 1200), above, null)).toEqual([{ startedAt: 60, endedAt: null, value: 1300 }])
  })

  it('is not passed by minutes that a quieter or an unmeasured one parts', () => {
    expect(thresholdEpisodes(minutes(1100, 1100, 900, 1100, 1100), above, null)).toEqual([])
    expect(thresholdEpisodes(minutes(1100, 1100, null, 1100, 1100), above, null)).toEqual([])
  })

  it('ends only behind the margin, for as many minutes as it took to begin', () => {
    const high = [1100, 1100, 1100]
    expect(thresholdEpisodes(minutes(...high, 990, 990, 990, 990), above, null)).toMatchObject([{ endedAt: null }])
    expect(thresholdEpisodes(minutes(...high, 900, 900, 990, 900), above, null)).toMatchObject([{ endedAt: null }])
    expect(thresholdEpisodes(minutes(...high, 900, 900, 900), above, null)).toMatchObject([{ startedAt: 0, endedAt: 180 }])
    expect(thresholdEpisodes(minutes(...high, null, null, null, null), above, null)).toMatchObject([{ endedAt: null }])
  })

  it('works downwards as upwards', () => {
    const values = fc.array(fc.oneof(fc.integer({ min: 800, max: 1200 }), fc.constant(null)), { maxLength: 60 })
    fc.assert(
      fc.property(values, (given) => {
        const up = thresholdEpisodes(minutes(...given), above, null)
        const mirrored = given.map((value) => (value === null ? null : -value))
        const down = thresholdEpisodes(minutes(...mirrored), { ...above, direction: 'below', limit: -1000 }, null)
        expect(down.map(({ value, ...rest }) => ({ ...rest, value: -value }))).toEqual(up)
      }),
    )
  })

  it('goes on with the episode that was open', () => {
    expect(thresholdEpisodes(minutes(1100, 900, 900, 900), above, -600)).toEqual([{ startedAt: -600, endedAt: 60, value: 1100 }])
  })
})

describe('what is new', () => {
  const looked = { sinceSeconds: 0, clearedAt: 900 }
  const episode = { startedAt: 100, endedAt: null, value: 1 }

  it('is an episode once, even where late readings moved its beginning', () => {
    expect(compareEpisodes([episode], [], looked).fired).toEqual([episode])
    expect(compareEpisodes([episode], [{ id: 'a', startedAt: 160, resolvedAt: null }], looked)).toEqual({ fired: [], resolved: [] })
  })

  it('is nothing that was over before the rule was made', () => {
    expect(compareEpisodes([{ ...episode, endedAt: 200 }], [], { ...looked, sinceSeconds: 200 }).fired).toEqual([])
    expect(compareEpisodes([episode], [], { ...looked, sinceSeconds: 200 }).fired).toEqual([episode])
  })

  it('is the end of an alert, when the data say it ended or when nothing is found of it any more', () => {
    const known = [{ id: 'a', startedAt: 100, resolvedAt: null }]
    expect(compareEpisodes([{ ...episode, endedAt: 500 }], known, looked).resolved).toEqual([{ id: 'a', resolvedAt: 500 }])
    expect(compareEpisodes([], known, looked).resolved).toEqual([{ id: 'a', resolvedAt: 900 }])
  })

  it('is the next episode right after one that ended', () => {
    const next = { startedAt: 500, endedAt: null, value: 1 }
    expect(compareEpisodes([next], [{ id: 'a', startedAt: 100, resolvedAt: 500 }], looked).fired).toEqual([next])
  })
})
