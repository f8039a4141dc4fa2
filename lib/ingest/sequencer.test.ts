import { describe, expect, it } from 'vitest'
import { Sequencer } from './sequencer'

const feed = (sequencer: Sequencer, times: number[], redelivered = false) =>
  times.map((timestampSeconds) => sequencer.classify({ timestampSeconds }, redelivered).kind)

const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)

describe('Sequencer', () => {
  it('passes increasing times on, calls equal ones duplicates and older ones late', () => {
    expect(feed(new Sequencer(null), [10, 11, 11, 13, 12, 14])).toEqual([
      'inOrder', 'inOrder', 'duplicate', 'inOrder', 'late', 'inOrder',
    ])
  })

  it('continues after the newest stored reading, so a redelivered sample is not counted twice', () => {
    const sequencer = new Sequencer(100)
    expect(feed(sequencer, range(40, 61), true).includes('inOrder')).toBe(false)
    expect(feed(sequencer, [101])).toEqual(['inOrder'])
  })

  it('never takes redelivered samples for a clock that was set back, however many', () => {
    expect(feed(new Sequencer(10_000), range(1, 5_000), true)).not.toContain('clockSetBack')
  })

  it('reports a minute of older samples in order once, and follows that clock when told to', () => {
    const sequencer = new Sequencer(10_000)
    const kinds = range(5_000, 100).map((timestampSeconds) => {
      const verdict = sequencer.classify({ timestampSeconds }, false)
      if (verdict.kind === 'clockSetBack') {
        expect(verdict).toEqual({ kind: 'clockSetBack', fromSeconds: 5_000, samples: 61 })
        sequencer.followClock(timestampSeconds)
      }
      return verdict.kind
    })
    expect(kinds.indexOf('clockSetBack')).toBe(60)
    expect(kinds.slice(61)).toEqual(Array.from({ length: 39 }, () => 'inOrder'))
  })

  it('keeps the newer clock when a repeated stretch is not confirmed', () => {
    const sequencer = new Sequencer(10_000)
    feed(sequencer, range(5_000, 100))
    expect(feed(sequencer, [10_001])).toEqual(['inOrder'])
  })

  it('keeps the clock when late stragglers mix with samples in order', () => {
    const sequencer = new Sequencer(null)
    const kinds = range(0, 300).flatMap((index) => feed(sequencer, [1_000 + index, 500 + index]))
    expect(kinds).not.toContain('clockSetBack')
  })
})
