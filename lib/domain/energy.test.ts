import { describe, expect, it } from 'vitest'
import { coveredSpan, integrateMinute, integrateReadings, isGap, minuteOfSecond, type MeterReading } from './energy'

const START = 1_706_184_000

describe('integrateReadings', () => {
  it('weights every reading by its real spacing, not by the nominal interval', () => {
    const readings = [at(10, 0), at(20, 1000), at(35, 2000), at(37, 500)]
    const [minute] = integrateReadings(readings, 10)
    expect(minute!.energyWh).toBeCloseTo((10 * 1000 + 15 * 2000 + 2 * 500) / 3600, 12)
  })

  it('splits a reading at the minute border without losing or doubling energy', () => {
    const minutes = integrateReadings([at(47.25, 900), at(72.5, 1800)], 60)
    expect(minutes.map((minute) => minute.minuteSeconds)).toEqual([START - 60, START, START + 60])
    expect(minutes[1]!.energyWh).toBeCloseTo((47.25 * 900 + 12.75 * 1800) / 3600, 12)
    expect(minutes[2]!.energyWh).toBeCloseTo((12.5 * 1800) / 3600, 12)
    const totalWh = minutes.reduce((sum, minute) => sum + minute.energyWh, 0)
    expect(totalWh).toBeCloseTo((60 * 900 + 25.25 * 1800) / 3600, 10)
  })

  it('counts nothing for a gap beyond one interval before the reading that ends it', () => {
    const [minute] = integrateReadings([at(1, 100), at(2, 100), at(40, 100)], 1)
    expect(minute!.coveredSeconds).toBe(3)
    expect(minute!.energyWh).toBeCloseTo(300 / 3600, 12)
  })

  it('keeps exported energy negative', () => {
    const [minute] = integrateReadings([at(30, -1200), at(60, -600)], 30)
    expect(minute!.energyWh).toBeCloseTo(-15, 12)
    expect([minute!.minWatts, minute!.maxWatts]).toEqual([-1200, -600])
  })
})

describe('integrateMinute', () => {
  it('gives the same as the whole recording, from the readings of one minute and their neighbours', () => {
    const readings = Array.from({ length: 40 }, (_, i) => at(7 * (i + 1) + (i % 3) * 0.4, 100 + 37 * (i % 5)))
    const whole = integrateReadings(readings, 7).find((minute) => minute.minuteSeconds === START + 60)!
    const inside = readings.filter((reading) => within(reading, START + 60, START + 120))
    const before = readings.filter((reading) => reading.timestampSeconds <= START + 60).at(-1)!
    const after = readings.find((reading) => reading.timestampSeconds > START + 120)!
    const alone = integrateMinute([before, ...inside, after], 7, START + 60)
    expect(alone.energyWh).toBeCloseTo(whole.energyWh, 12)
    expect(alone.coveredSeconds).toBeCloseTo(60, 9)
    expect([alone.minWatts, alone.maxWatts]).toEqual([whole.minWatts, whole.maxWatts])
  })

  it('is all zero where nothing was measured', () => {
    expect(integrateMinute([at(1, 5)], 1, START + 600)).toEqual({
      minuteSeconds: START + 600,
      energyWh: 0,
      coveredSeconds: 0,
      minWatts: 0,
      maxWatts: 0,
    })
  })
})

describe('the gap rule', () => {
  it('forgives jitter and up to one lost reading, not more', () => {
    expect(isGap(2.4, 1)).toBe(false)
    expect(isGap(2.6, 1)).toBe(true)
    expect(isGap(1.2, 0.1)).toBe(false)
    expect(isGap(120, 60)).toBe(false)
    expect(isGap(180, 60)).toBe(true)
  })

  it('lets a first reading cover one interval', () => {
    expect(coveredSpan(at(100, 5), null, 10)).toEqual({ startSeconds: START + 90, endSeconds: START + 100, powerWatts: 5 })
  })

  it('counts the second that ends at a full minute to the minute before', () => {
    expect(minuteOfSecond(START)).toBe(START - 60)
    expect(minuteOfSecond(START + 1)).toBe(START)
  })
})

function at(offsetSeconds: number, powerWatts: number): MeterReading {
  return { timestampSeconds: START + offsetSeconds, powerWatts }
}

function within({ timestampSeconds }: MeterReading, fromSeconds: number, untilSeconds: number): boolean {
  return timestampSeconds > fromSeconds && timestampSeconds <= untilSeconds
}
