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

  describe('of an appliance that is never on for long', () => {
    const ON = 1
    const OFF = 0
    /** Minutes on, of so many cycles of minutes on and off, read every 30 s. */
    const minutesOn = (gate: StateGate, cycles: number, onMinutes: number, offMinutes: number) => {
      const cycle = [...new Array<number>(2 * onMinutes).fill(ON), ...new Array<number>(2 * offMinutes).fill(OFF)]
      const all = Array.from({ length: cycles }, () => cycle).flat()
      return all.filter((probability) => gate.next(probability, THRESHOLD, 30)).length / 2
    }

    it('doubts a heater that cycles after half an hour, for as long as it cycles', () => {
      const gate = new StateGate({ ...limits, mostDuty: 0.3 })
      expect(minutesOn(gate, 6, 4, 5)).toBeLessThanOrEqual(20)
      expect(minutesOn(gate, 100, 4, 5)).toBe(0)
      expect(minutesOn(new StateGate(limits), 100, 4, 5)).toBe(400)
    })

    it('believes a kettle that boils five times in half an hour, and one that boils after the heater has rested', () => {
      const gate = new StateGate({ ...limits, mostDuty: 0.3 })
      expect(minutesOn(gate, 5, 2, 4)).toBe(10)
      minutesOn(gate, 20, 4, 5)
      minutesOn(gate, 1, 0, 45)
      expect(minutesOn(gate, 1, 3, 30)).toBe(3)
    })

    it('goes on as before from a saved state', () => {
      const gate = new StateGate({ ...limits, mostDuty: 0.3 })
      minutesOn(gate, 20, 4, 5)
      const restored = new StateGate({ ...limits, mostDuty: 0.3 })
      restored.restore(gate.save())
      expect(minutesOn(restored, 5, 4, 5)).toBe(minutesOn(gate, 5, 4, 5))
      restored.reset()
      expect(minutesOn(restored, 1, 3, 30)).toBe(3)
    })
  })
})
