import { describe, expect, it } from 'vitest'
import type { MeterReading } from '@/lib/domain/energy'
import { GridResampler, type GridSecond } from './grid-resampler'
import { constant, NOON, randomSequence, readingsOf } from './testing/recordings'

describe('GridResampler', () => {
  it('passes 1 Hz readings through unchanged', () => {
    const { seconds } = resample(readingsOf([100, 250.5, -40]))
    expect(seconds.map((second) => [second.timestampSeconds - NOON, second.powerWatts, second.coveredSeconds])).toEqual([
      [1, 100, 1],
      [2, 250.5, 1],
      [3, -40, 1],
    ])
  })

  it('emits every second exactly once under jitter around 1 Hz', () => {
    const random = randomSequence(3)
    const readings = Array.from({ length: 900 }, (_, i) => ({ timestampSeconds: NOON + i + 0.8 * random(), powerWatts: i }))
    const { seconds } = resample(readings)
    expect(seconds.map((second) => second.timestampSeconds)).toEqual(seconds.map((_, i) => seconds[0]!.timestampSeconds + i))
    expect(seconds.at(-1)!.timestampSeconds).toBe(Math.floor(readings.at(-1)!.timestampSeconds))
    expect(seconds.slice(1).every((second) => second.coveredSeconds > 1 - 1e-9)).toBe(true)
  })

  it('averages faster meters by time', () => {
    const { seconds } = resample([at(0.5, 0), at(0.75, 400), at(1, 800), at(1.25, 100), at(2, 200)])
    expect(seconds[1]!.powerWatts).toBeCloseTo(0.5 * 0 + 0.25 * 400 + 0.25 * 800, 9)
    expect(seconds[2]!.powerWatts).toBeCloseTo(0.25 * 100 + 0.75 * 200, 9)
  })

  it('holds the readings of a slow meter backward over the time they cover', () => {
    const { seconds } = resample(readingsOf([100, 900, 300], 10))
    const held = seconds.slice(1)
    expect(held).toHaveLength(20)
    expect(held.every((second) => second.coveredSeconds === 1 && second.intervalSeconds === 10)).toBe(true)
    expect(held.map((second) => second.powerWatts)).toEqual([...constant(900, 10), ...constant(300, 10)])
  })

  it('detects the interval as the median, so that one lost reading does not change it', () => {
    const readings = readingsOf(constant(5, 30), 10).filter((_, i) => i !== 20)
    expect(resample(readings).seconds.at(-1)!.intervalSeconds).toBe(10)
  })

  it('fills a short gap with the last value and marks it as not measured', () => {
    const { seconds, restarts } = resample([...readingsOf(constant(50, 20)), at(120, 90)])
    const filled = seconds.filter((second) => second.coveredSeconds === 0)
    expect(filled).toHaveLength(99)
    expect(filled.every((second) => second.powerWatts === 50)).toBe(true)
    expect(seconds.at(-1)).toMatchObject({ powerWatts: 90, coveredSeconds: 1 })
    expect(restarts).toBe(0)
  })

  it('starts anew after a long outage and invents nothing in it', () => {
    const { seconds, restarts } = resample([...readingsOf(constant(50, 20)), at(20 + 302, 90)])
    expect(restarts).toBe(1)
    expect(seconds).toHaveLength(21)
    expect(seconds.at(-1)!.timestampSeconds).toBe(NOON + 322)
  })

  it('covers with its spans exactly the time it counts as measured', () => {
    const random = randomSequence(11)
    let time = NOON
    const readings = Array.from({ length: 400 }, () => {
      time += random() < 0.02 ? 40 * random() + 400 * Number(random() < 0.2) : 0.3 + random()
      return { timestampSeconds: time, powerWatts: 100 }
    })
    const { seconds, spanSeconds, open } = resample(readings)
    const covered = seconds.reduce((sum, second) => sum + second.coveredSeconds, 0)
    expect(covered + open).toBeCloseTo(spanSeconds, 5)
  })

  it('goes on after save and restore as if nothing had happened', () => {
    const readings = Array.from({ length: 300 }, (_, i) => at(i * 1.37, (i * 53) % 700))
    const first = new GridResampler()
    const collected: GridSecond[] = []
    const sink = { second: (second: GridSecond) => collected.push(second), span: () => {}, restart: () => {} }
    for (const reading of readings.slice(0, 150)) first.push(reading, sink)
    const second = new GridResampler()
    second.restore(JSON.parse(JSON.stringify(first.save())))
    for (const reading of readings.slice(150)) second.push(reading, sink)
    expect(collected).toEqual(resample(readings).seconds)
  })
})

function at(offsetSeconds: number, powerWatts: number): MeterReading {
  return { timestampSeconds: NOON + offsetSeconds, powerWatts }
}

function resample(readings: readonly MeterReading[]) {
  const resampler = new GridResampler()
  const seconds: GridSecond[] = []
  let restarts = 0
  let spanSeconds = 0
  const sink = {
    second: (second: GridSecond) => seconds.push(second),
    span: (span: { startSeconds: number; endSeconds: number }) => (spanSeconds += span.endSeconds - span.startSeconds),
    restart: () => restarts++,
  }
  for (const reading of readings) resampler.push(reading, sink)
  return { seconds, restarts, spanSeconds, open: resampler.save().openSecond.coveredSeconds }
}
