import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { APPLIANCE_COUNT } from '@/lib/contracts/appliances'
import { advanceCounter, freezeAtSeconds, newCounter, noEnergy, type CountedEnergy, type EnergyCounter } from './energy-counter'

const START = Date.UTC(2026, 0, 5, 12, 0, 30) / 1000
const energy = (drawnWh: number, kettleWh = 0, fedInWh = 0): CountedEnergy => ({
  drawnWh,
  fedInWh,
  applianceWh: noEnergy().applianceWh.map((_, index) => (index === 8 ? kettleWh : 0)),
})
const kettle = ({ shown }: EnergyCounter) => shown.applianceWh[8]

describe('an energy counter', () => {
  it('begins at zero with the minute it is made in', () => {
    const counter = newCounter(START)
    expect(counter.frozenUntilSeconds).toBe(START - 30)
    expect(counter.shown).toEqual({ drawnWh: 0, fedInWh: 0, otherWh: 0, applianceWh: new Array(APPLIANCE_COUNT).fill(0) })
  })

  it('freezes what is older than three hours, a full minute, and nothing before it began', () => {
    const counter = newCounter(START)
    expect(freezeAtSeconds(counter, START + 3600)).toBe(counter.frozenUntilSeconds)
    expect(freezeAtSeconds(counter, START + 4 * 3600)).toBe(START - 30 + 3600)
  })

  it('stands still where a correction lowers a sum, and goes on when the sum has caught up', () => {
    let counter = advanceCounter(newCounter(START), START, noEnergy(), energy(100, 60))
    expect([counter.shown.drawnWh, kettle(counter), counter.shown.otherWh]).toEqual([100, 60, 40])
    counter = advanceCounter(counter, START, noEnergy(), energy(100, 20))
    expect([kettle(counter), counter.shown.otherWh]).toEqual([60, 80])
    counter = advanceCounter(counter, START, noEnergy(), energy(200, 70))
    expect([counter.shown.drawnWh, kettle(counter), counter.shown.otherWh]).toEqual([200, 70, 130])
  })

  it('adds what was frozen before, and keeps it whatever comes later', () => {
    let counter = advanceCounter(newCounter(START), START + 3600, energy(100, 10, 5), energy(50))
    expect(counter.frozen).toEqual(energy(100, 10, 5))
    counter = advanceCounter(counter, START + 7200, energy(40), energy(10))
    expect([counter.frozen.drawnWh, counter.shown.drawnWh, counter.shown.fedInWh]).toEqual([140, 150, 5])
  })

  it('never falls, whatever is stored', () => {
    const amount = fc.double({ min: 0, max: 1e6, noNaN: true })
    const given = fc.record({ drawnWh: amount, fedInWh: amount, applianceWh: fc.array(amount, { minLength: APPLIANCE_COUNT, maxLength: APPLIANCE_COUNT }) })
    fc.assert(
      fc.property(fc.array(fc.tuple(given, given), { maxLength: 20 }), (steps) => {
        let counter = newCounter(START)
        for (const [freezing, open] of steps) {
          const next = advanceCounter(counter, counter.frozenUntilSeconds + 60, freezing, open)
          const pairs = [
            [counter.shown.drawnWh, next.shown.drawnWh], [counter.shown.fedInWh, next.shown.fedInWh],
            [counter.shown.otherWh, next.shown.otherWh],
            ...counter.shown.applianceWh.map((wh, index) => [wh, next.shown.applianceWh[index] ?? -1]),
          ]
          for (const [before = 0, after = -1] of pairs) expect(after).toBeGreaterThanOrEqual(before)
          counter = next
        }
      }),
    )
  })
})
