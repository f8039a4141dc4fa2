import { describe, expect, it } from 'vitest'
import { judgeQuality, keepsLimits, qualityLimits, type QualityLimits, type QualityQuantity } from './power-quality'

function limitsOf(quantity: QualityQuantity, median: number): QualityLimits {
  const limits = qualityLimits(quantity, median)
  if (typeof limits === 'string') throw new Error(limits)
  return limits
}

describe('the limits of EN 50160', () => {
  it('are 230 V ± 10 %, and never below - 15 %; 400 V where a meter measures between phases', () => {
    const limits = limitsOf('voltage', 233)
    expect([196, 200, 207, 230, 253, 253.1].map((volts) => judgeQuality(volts, limits))).toEqual([
      'unusual', 'unusual', 'good', 'good', 'good', 'beyond',
    ])
    expect(judgeQuality(195, limits)).toBe('beyond')
    expect(limitsOf('voltage', 405).nominal).toBe(400)
  })

  it('are 50 Hz ± 1 %, and never beyond - 6 and + 4 %', () => {
    const limits = limitsOf('frequency', 50.01)
    expect([46.9, 47, 49.5, 50.5, 50.6, 52.1].map((hertz) => judgeQuality(hertz, limits))).toEqual([
      'beyond', 'unusual', 'good', 'good', 'unusual', 'beyond',
    ])
  })

  it('do not judge another network, a power factor, or the distortion of the current', () => {
    expect(qualityLimits('voltage', 120)).toBe('other network')
    expect(qualityLimits('frequency', 60)).toBe('other network')
    expect(qualityLimits('power_factor', 0.7)).toBe('no limit')
    expect(qualityLimits('thd', 25)).toBe('of the current')
    expect(judgeQuality(9, limitsOf('thd', 2))).toBe('unusual')
  })

  it('are kept where 95 % of the means are usual and none is extreme; nothing measured is neither', () => {
    const limits = limitsOf('voltage', 230)
    const means = (unusual: number, extreme: number) =>
      [...Array.from({ length: 100 - unusual - extreme }, () => 230), ...Array.from({ length: unusual }, () => 200),
        ...Array.from({ length: extreme }, () => 190)]
    expect(keepsLimits(means(5, 0), limits)).toBe(true)
    expect(keepsLimits(means(6, 0), limits)).toBe(false)
    expect(keepsLimits(means(0, 1), limits)).toBe(false)
    expect(keepsLimits([], limits)).toBeNull()
  })
})
