import { describe, expect, it } from 'vitest'
import { MeterInterval } from './meter-interval'
import { randomSequence } from './testing/recordings'

const after = (...spacings: number[]) => {
  const interval = new MeterInterval()
  for (const spacing of spacings) interval.add(spacing)
  return interval.seconds
}
const times = (count: number, spacing: number) => new Array<number>(count).fill(spacing)

describe('MeterInterval', () => {
  it('is known with the second reading', () => {
    expect([after(), after(6), after(60)]).toEqual([1, 6, 60])
  })

  it.each([1, 2, 5, 6, 8, 10, 15, 30, 60])('does not change by lost readings or an outage, at %s s', (spacing) => {
    expect(after(...times(10, spacing), 2 * spacing, spacing, 3 * spacing, 4 * spacing, spacing, 3000)).toBe(spacing)
    expect(after(...times(15, spacing), 5 * spacing, 5 * spacing)).toBe(spacing)
  })

  it.each([1, 2, 5, 8, 10, 15, 30, 55])('stays within a quarter with 20 %% of jitter and 5 %% lost, at %s s', (spacing) => {
    const random = randomSequence(5)
    const interval = new MeterInterval()
    let last = 0
    for (let i = 1; i < 2000; i++) {
      if (random() < 0.05) continue
      const at = spacing * (i + 0.4 * (random() - 0.5))
      interval.add(at - last)
      last = at
      if (i < 15) continue
      if (Math.abs(interval.seconds / spacing - 1) > 0.25) expect.fail(`${interval.seconds} s after ${i} readings`)
    }
  })

  it('follows a meter that becomes slower with its third reading', () => {
    expect(after(...times(15, 1), 60, 60)).toBe(1)
    expect(after(...times(15, 1), 60, 60, 60)).toBe(60)
    expect(after(...times(15, 1), ...times(30, 60))).toBe(60)
    expect(after(...times(15, 8), 31, 29, 30)).toBe(30)
  })

  it('follows a meter that becomes faster within eight readings', () => {
    expect(after(...times(15, 60), ...times(8, 1))).toBe(1)
  })

  it('is never above the slowest meter the models know', () => {
    expect(after(...times(15, 200))).toBe(60)
  })

  it('goes on after save and restore as if nothing had happened', () => {
    const interval = new MeterInterval()
    for (const spacing of [...times(12, 1), 60, 60]) interval.add(spacing)
    const restored = new MeterInterval()
    restored.restore(JSON.parse(JSON.stringify(interval.save())))
    interval.add(60)
    restored.add(60)
    expect(restored.seconds).toBe(interval.seconds)
  })
})
