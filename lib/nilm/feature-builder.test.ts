import { describe, expect, it } from 'vitest'
import { FEATURE_COUNT, FeatureBuilder } from './feature-builder'
import { householdPowers } from './testing/recordings'

const second = (powerWatts: number, intervalSeconds = 1) => ({ powerWatts, intervalSeconds })

describe('FeatureBuilder', () => {
  it('computes the channels as the manifest defines them', () => {
    const powers = [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 2100, -500]
    const features = new FeatureBuilder().build(powers.map((power) => second(power, 8)))
    const column = (t: number) => Array.from({ length: FEATURE_COUNT }, (_, channel) => features[channel * powers.length + t]!)
    const expected = [-Math.log1p(50) / 6, -500 / 4000, Math.asinh(-2600 / 30) / 4, Math.asinh(-600 / 30) / 4, 3 / 6]
    // Of the last 1536 s, 1534 count as 100 W.
    const mean = 100 + (2000 - 600) / 1536
    const spread = Math.sqrt((2000 ** 2 + 600 ** 2) / 1536 - (1400 / 1536) ** 2)
    expected.push(0, 0, Math.tanh((-500 - mean) / (spread + 20) / 3))
    for (const [channel, value] of column(11).entries()) expect(value).toBeCloseTo(expected[channel]!, 6)
  })

  it('takes the power as constant before the first second', () => {
    const features = new FeatureBuilder().build([second(3000)])
    expect([2, 3, 5, 6, 7].map((channel) => features[channel])).toEqual([0, 0, 0, 0, 0])
  })

  it('gives the same numbers however the seconds are split', () => {
    const seconds = householdPowers(4000).map((power) => second(power))
    const whole = new FeatureBuilder().build(seconds)
    const split = new FeatureBuilder()
    for (let start = 0; start < seconds.length; start += 97) {
      const part = seconds.slice(start, start + 97)
      const features = split.build(part)
      for (let channel = 0; channel < FEATURE_COUNT; channel++) {
        for (let t = 0; t < part.length; t++) {
          expect(features[channel * part.length + t]).toBe(whole[channel * seconds.length + start + t])
        }
      }
    }
  })

  it('keeps an absurd reading finite', () => {
    expect(new FeatureBuilder().build([second(1e300), second(-1e300)]).every((value) => Number.isFinite(value))).toBe(true)
  })
})
