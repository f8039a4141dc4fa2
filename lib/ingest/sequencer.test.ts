import { describe, expect, it } from 'vitest'
import { Sequencer } from './sequencer'

const SECOND = 1_000

/** Classifies samples of these times that arrive `every` milliseconds apart. */
function feed(sequencer: Sequencer, times: readonly number[], { redelivered = false, every = 0 } = {}) {
  return times.map((timestampSeconds, index) => {
    const verdict = sequencer.classify({ timestampSeconds, powerWatts: timestampSeconds }, redelivered, index * every)
    if (verdict.kind === 'clockSetBack') sequencer.followClock(timestampSeconds)
    return verdict.kind
  })
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)

describe('Sequencer', () => {
  it('passes increasing times on, calls equal ones duplicates and older ones late', () => {
    const expected = ['inOrder', 'inOrder', 'duplicate', 'inOrder', 'late', 'inOrder']
    expect(feed(new Sequencer(null), [10, 11, 11, 13, 12, 14])).toEqual(expected)
  })

  it('continues after the newest stored reading, so a redelivered sample is not counted twice', () => {
    const sequencer = new Sequencer(100)
    expect(feed(sequencer, range(40, 61), { redelivered: true })).not.toContain('inOrder')
    expect(feed(sequencer, [101])).toEqual(['inOrder'])
  })

  it('never takes redelivered samples for a clock that was set back, however many', () => {
    expect(feed(new Sequencer(10_000), range(1, 5_000), { redelivered: true, every: SECOND })).not.toContain('clockSetBack')
  })

  it('follows a clock that was set back once a minute of older samples has come in, and nothing newer', () => {
    const kinds = feed(new Sequencer(10_000), range(5_000, 100), { every: SECOND })
    expect(kinds.indexOf('clockSetBack')).toBe(60)
    expect(kinds.slice(61)).toEqual(Array.from({ length: 39 }, () => 'inOrder'))
  })

  it('does not take a backlog that a meter sends at once for a clock that was set back', () => {
    const sequencer = new Sequencer(10_000)
    expect(feed(sequencer, range(1, 3_000))).not.toContain('clockSetBack')
    expect(feed(sequencer, [10_001])).toEqual(['inOrder'])
  })

  it('hands the streak over with its watts, so that a repeat can be told from a wrong clock', () => {
    const sequencer = new Sequencer(10_000)
    const verdicts = range(5_000, 61).map((timestampSeconds, index) =>
      sequencer.classify({ timestampSeconds, powerWatts: 7 }, false, index * SECOND),
    )
    const last = verdicts.at(-1)
    expect(last?.kind === 'clockSetBack' && last.streak).toHaveLength(61)
    expect(last?.kind === 'clockSetBack' && last.streak[0]).toEqual({ timestampSeconds: 5_000, powerWatts: 7 })
    expect(sequencer.classify({ timestampSeconds: 10_001, powerWatts: 7 }, false).kind).toBe('inOrder')
  })

  it('keeps the clock when late stragglers mix with samples in order', () => {
    const sequencer = new Sequencer(null)
    const times = range(0, 300).flatMap((index) => [1_000 + index, 500 + index])
    expect(feed(sequencer, times, { every: SECOND })).not.toContain('clockSetBack')
  })
})
