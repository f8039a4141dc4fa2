import { describe, expect, it } from 'vitest'
import { FeatureBuilder } from './feature-builder'
import { householdPowers } from './testing/recordings'

const second = (powerWatts: number, intervalSeconds = 1) => ({ powerWatts, intervalSeconds })

describe('FeatureBuilder', () => {
  it('computes the five channels as the manifest defines them', () => {
    const powers = [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 2100, -500]
    const features = new FeatureBuilder().build(powers.map((power) => second(power, 8)))
    const column = (t: number) => Array.from({ length: 5 }, (_, channel) => features[channel * powers.length + t]!)
    const expected = [-Math.log1p(50) / 6, -500 / 4000, Math.asinh(-2600 / 30) / 4, Math.asinh(-600 / 30) / 4, 3 / 6]
    for (const [channel, value] of column(11).entries()) expect(value).toBeCloseTo(expected[channel]!, 6)
  })

  it('takes the power as constant before the first second', () => {
    const features = new FeatureBuilder().build([second(3000)])
    expect([features[2], features[3]]).toEqual([0, 0])
  })

  it('gives the same numbers however the seconds are split', () => {
    const seconds = householdPowers(200).map((power) => second(power))
    const whole = new FeatureBuilder().build(seconds)
    const split = new FeatureBuilder()
    for (let start = 0; start < seconds.length; start += 7) {
      const part = seconds.slice(start, start + 7)
      const features = split.build(part)
      for (let channel = 0; channel < 5; channel++) {
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
