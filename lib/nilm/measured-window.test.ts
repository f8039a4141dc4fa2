import { describe, expect, it } from 'vitest'
import { MeasuredWindow } from './measured-window'

describe('MeasuredWindow', () => {
  it('is complete exactly when every second of the window was measured', () => {
    const window = new MeasuredWindow(100)
    for (let i = 0; i < 99; i++) window.add(true)
    expect(window.completeness).toBe(0.99)
    window.add(true)
    expect(window.completeness).toBe(1)
    window.add(false)
    expect([window.bufferSeconds, window.completeness]).toEqual([99, 0.99])
    for (let i = 0; i < 100; i++) window.add(true)
    expect(window.completeness).toBe(1)
  })

  it('forgets a filled second at the same moment after save and restore', () => {
    const window = new MeasuredWindow(30)
    for (let i = 0; i < 77; i++) window.add(i % 5 !== 0)
    const restored = new MeasuredWindow(30)
    restored.restore(JSON.parse(JSON.stringify(window.save())))
    for (let i = 0; i < 40; i++) {
      expect(restored.bufferSeconds).toBe(window.bufferSeconds)
      window.add(true)
      restored.add(true)
    }
  })

  it('keeps the newest part where less has been seen again', () => {
    const window = new MeasuredWindow(30)
    for (let i = 0; i < 30; i++) window.add(i >= 20)
    const restored = new MeasuredWindow(30)
    restored.restore(window.save(), 12)
    expect(restored.bufferSeconds).toBe(10)
    expect(restored.save().length).toBe(12)
  })
})
