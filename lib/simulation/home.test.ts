import { describe, expect, it, vi } from 'vitest'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { createBlock, type SimulatedBlock } from '@/lib/simulation/block'
import { createHome, readingAt } from '@/lib/simulation/home'
import { METER_STEPS } from '@/lib/simulation/meter'

// Days of seconds are computed here, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 60_000 })

const TIME_ZONE = 'Europe/Berlin'
const seconds = (iso: string) => Date.parse(iso) / 1000

function simulate(seed: number, start: string, count: number): SimulatedBlock {
  const home = createHome({ seed, startTimestampSeconds: seconds(start), timeZone: TIME_ZONE })
  const block = createBlock(count)
  home.fill(count, block)
  return block
}

describe('a simulated home', () => {
  it('is the same home again for the same seed and another one for another seed', () => {
    const first = simulate(11, '2026-02-03T05:00:00Z', 4 * 3600)
    expect(simulate(11, '2026-02-03T05:00:00Z', 4 * 3600)).toEqual(first)
    expect(simulate(12, '2026-02-03T05:00:00Z', 4 * 3600).powerWatts).not.toEqual(first.powerWatts)
  })

  // Across a change to winter time, a change of week for the cold appliances, and many midnights.
  it('holds the same values at a second wherever the simulation began', () => {
    const start = '2026-10-21T13:20:17Z'
    const days = 9
    const through = simulate(5, start, days * 86_400)
    for (const offset of [1, 3599, 40_000, 86_400, 3.4 * 86_400, 4.47 * 86_400, 7 * 86_400 + 1234, 8.9 * 86_400].map(
      Math.floor,
    )) {
      const from = createHome({ seed: 5, startTimestampSeconds: seconds(start) + offset, timeZone: TIME_ZONE })
      const part = createBlock(5000)
      from.fill(5000, part)
      expect(part.powerWatts).toEqual(through.powerWatts.slice(offset, offset + 5000))
      expect(part.voltageVolts).toEqual(through.voltageVolts.slice(offset, offset + 5000))
      part.applianceWatts.forEach((watts, index) => {
        expect(watts, APPLIANCES[index]).toEqual(through.applianceWatts[index]!.slice(offset, offset + 5000))
      })
    }
  })

  it('gives second by second what it gives by the block, and can seek', () => {
    const block = simulate(3, '2026-05-05T16:59:00Z', 300)
    const home = createHome({ seed: 3, startTimestampSeconds: seconds('2026-05-05T17:03:59Z') + 0.7, timeZone: TIME_ZONE })
    const last = home.next()
    expect(last.timestampSeconds).toBe(block.startTimestampSeconds + 299)
    home.seek(block.startTimestampSeconds)
    for (let i = 0; i < 300; i += 1) {
      const { applianceWatts, backgroundWatts, ...reading } = home.next()
      expect(reading).toEqual(readingAt(block, i))
      expect([...applianceWatts]).toEqual(block.applianceWatts.map((watts) => watts[i]))
      expect(backgroundWatts).toBe(block.backgroundWatts[i])
    }
    expect(last).toEqual(home.next.call(seekTo(home, last.timestampSeconds)))
  })

  it('adds up: appliances and background are the metered total within the noise of the meter', () => {
    const block = simulate(8, '2026-01-20T00:00:00Z', 86_400)
    let signed = 0
    for (let i = 0; i < block.seconds; i += 1) {
      const drawn = block.applianceWatts.reduce((sum, watts) => sum + watts[i]!, block.backgroundWatts[i]!)
      const error = block.powerWatts[i]! - drawn
      // Half a step of rounding, 3.5 deviations of the meter's offset and gain noise.
      expect(Math.abs(error)).toBeLessThan(0.5 + 1.3 + 0.0015 * drawn)
      signed += error
    }
    expect(Math.abs(signed / block.seconds)).toBeLessThan(0.05)
  })

  it('never reports a value that is not a number, or a negative one where there is none', () => {
    for (let seed = 0; seed < 6; seed += 1) {
      const block = simulate(seed, `2026-0${seed + 2}-28T12:00:00Z`, 2 * 86_400)
      const columns = [
        block.powerWatts,
        block.voltageVolts,
        block.currentAmps,
        block.powerFactor,
        block.thdPercent,
        block.frequencyHertz,
      ]
      for (const column of [...columns, block.backgroundWatts, ...block.applianceWatts]) {
        expect(column.every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
      }
      expect(block.reactivePowerVar.every(Number.isFinite)).toBe(true)
    }
  })

  it('reports in the steps of a meter', () => {
    const home = createHome({ seed: 2, startTimestampSeconds: seconds('2026-03-03T06:30:00Z'), timeZone: TIME_ZONE })
    for (let i = 0; i < 3600; i += 1) {
      const reading = home.next()
      for (const [quantity, step] of Object.entries(METER_STEPS) as [keyof typeof METER_STEPS, number][]) {
        const steps = reading[quantity] / step
        expect(Math.abs(steps - Math.round(steps)), quantity).toBeLessThan(1e-6)
      }
    }
  })

  it('obeys P = V I PF, P^2 + Q^2 <= S^2 and PF from displacement and distortion, within the steps', () => {
    const home = createHome({ seed: 4, startTimestampSeconds: seconds('2026-11-11T05:00:00Z'), timeZone: TIME_ZONE })
    for (let i = 0; i < 18 * 3600; i += 1) {
      const { powerWatts, voltageVolts, currentAmps, powerFactor, reactivePowerVar, thdPercent } = home.next()
      const apparent = voltageVolts * currentAmps
      const tolerance = 0.5 + apparent * (0.05 / voltageVolts + 0.005 / currentAmps + 0.0005 / powerFactor) * 1.01
      expect(Math.abs(powerWatts - apparent * powerFactor)).toBeLessThan(tolerance)
      expect(Math.hypot(powerWatts, reactivePowerVar)).toBeLessThan(apparent + tolerance + 2)
      const displacement = powerWatts / Math.hypot(powerWatts, reactivePowerVar)
      expect(powerFactor).toBeCloseTo(displacement / Math.hypot(1, thdPercent / 100), 1)
    }
  })

  it('lets the voltage sag under load', () => {
    const block = simulate(9, '2026-01-15T00:00:00Z', 86_400)
    const mean = (from: number, to: number) => {
      const volts = block.voltageVolts.filter((_, i) => block.powerWatts[i]! >= from && block.powerWatts[i]! < to)
      return volts.reduce((sum, value) => sum + value, 0) / volts.length
    }
    expect(mean(2500, 20_000)).toBeLessThan(mean(0, 400) - 1)
    expect(Math.min(...block.voltageVolts)).toBeGreaterThan(207)
    expect(Math.max(...block.voltageVolts)).toBeLessThan(253)
  })

  it('rejects what is no time zone and no time', () => {
    expect(() => createHome({ seed: 1, startTimestampSeconds: 0, timeZone: 'Mars/Olympus' })).toThrow(/time zone "Mars/)
    expect(() => createHome({ seed: 1, startTimestampSeconds: Number.NaN, timeZone: TIME_ZONE })).toThrow(RangeError)
  })

  it('draws nothing for an appliance the home does not own', () => {
    const owned = Object.fromEntries(APPLIANCES.map((name) => [name, name !== 'Dryer' && name !== 'HeatPump'])) as Record<
      (typeof APPLIANCES)[number],
      boolean
    >
    const home = createHome({
      seed: 6,
      startTimestampSeconds: seconds('2026-01-10T00:00:00Z'),
      timeZone: TIME_ZONE,
      profile: { owned },
    })
    const block = createBlock(86_400)
    home.fill(86_400, block)
    expect(block.applianceWatts[APPLIANCES.indexOf('Dryer')]!.every((watts) => watts === 0)).toBe(true)
    expect(block.applianceWatts[APPLIANCES.indexOf('HeatPump')]!.every((watts) => watts === 0)).toBe(true)
    expect(block.applianceWatts[APPLIANCES.indexOf('Refrigerator')]!.some((watts) => watts > 40)).toBe(true)
  })
})

function seekTo(home: ReturnType<typeof createHome>, timestampSeconds: number) {
  home.seek(timestampSeconds)
  return home
}
