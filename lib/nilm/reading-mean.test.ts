import { describe, expect, it } from 'vitest'
import { ReadingMean } from './reading-mean'
import { OUTPUT_CHANNELS } from './stream-network'

const answer = (value: number) => ({
  output: new Float32Array(2 * OUTPUT_CHANNELS).fill(value, 0).map((all, i) => (i % 2 === 1 ? all : 99)),
  count: 2,
  column: 1,
  meter: 'fine' as const,
})

describe('ReadingMean', () => {
  it('hands on the only second of a fast meter as it is', () => {
    const reading = new ReadingMean()
    const only = answer(3)
    reading.add(only, 1.2)
    expect(reading.isFull).toBe(true)
    expect(reading.take()).toBe(only)
  })

  it('is the mean of the seconds of a slow meter, and full after as many as the interval has', () => {
    const reading = new ReadingMean()
    for (const value of [1, 2, 6]) {
      expect(reading.isFull).toBe(false)
      reading.add(answer(value), 3)
    }
    expect(reading.isFull).toBe(true)
    expect(reading.take()).toEqual({ output: new Float32Array(OUTPUT_CHANNELS).fill(3), count: 1, column: 0, meter: 'fine' })
    expect(reading.seconds).toBe(0)
  })

  it('goes on where it was saved', () => {
    const reading = new ReadingMean()
    reading.add(answer(1), 3)
    const restored = new ReadingMean()
    restored.restore(JSON.parse(JSON.stringify(reading.save())))
    for (const value of [2, 6]) restored.add(answer(value), 3)
    expect(restored.isFull).toBe(true)
    expect(restored.take()?.output[0]).toBe(3)
  })

  it('has no mean without a network', () => {
    const reading = new ReadingMean()
    for (let i = 0; i < 3; i++) reading.add(null, 3)
    expect(reading.take()).toBeNull()
  })
})
