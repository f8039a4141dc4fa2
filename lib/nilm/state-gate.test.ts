import { describe, expect, it } from 'vitest'
import { StateGate } from './state-gate'

const THRESHOLD = 0.4
const limits = { minOnSeconds: 5, minOffSeconds: 3 }
const states = (gate: StateGate, probabilities: number[]) => probabilities.map((probability) => gate.next(probability, THRESHOLD))

describe('StateGate', () => {
  it('does not flicker while the probability wavers around the threshold', () => {
    expect(states(new StateGate(limits), [0.38, 0.42, 0.39, 0.43])).toEqual([false, false, false, false])
    const gate = new StateGate({ ...limits, minOnSeconds: 0 })
    expect(states(gate, [0.9, 0.38, 0.42, 0.36])).toEqual([true, true, true, true])
    expect(gate.next(0.3, THRESHOLD)).toBe(false)
  })

  it('switches on at once and stays on for the shortest on time', () => {
    expect(states(new StateGate(limits), [0.9, 0, 0, 0, 0, 0])).toEqual([true, true, true, true, true, false])
  })

  it('stays off for the shortest off time', () => {
    const gate = new StateGate({ ...limits, minOnSeconds: 0 })
    expect(states(gate, [0.9, 0, 0.9, 0.9, 0.9])).toEqual([true, false, false, false, true])
  })

  it('never holds a single false second for the length of a whole run', () => {
    const gate = new StateGate({ ...limits, minOnSeconds: 1200 })
    const held = states(gate, [0.9, ...new Array<number>(100).fill(0)]).filter(Boolean).length
    expect(held).toBeLessThanOrEqual(10)
  })

  it('can reach both states at extreme thresholds', () => {
    for (const threshold of [0.01, 0.99]) {
      const gate = new StateGate({ minOnSeconds: 0, minOffSeconds: 0 })
      expect([gate.next(1, threshold), gate.next(0, threshold)]).toEqual([true, false])
    }
  })
})
