import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeSamples, type VibrationSnapshot } from '@/lib/domain/vibration-snapshot'
import { judgeVibration } from './judge-vibration'
import { vibrationFeatures } from './vibration-features'
import { loadVibrationModel } from './vibration-model'

const FOLDER = path.resolve(import.meta.dirname, '../../../models/vibration')
const golden = JSON.parse(readFileSync(path.join(FOLDER, 'golden.json'), 'utf8')) as {
  snapshots: [number, number, number, number, number, number][]
  features: number[]
  healthProbabilities: number[]
  remainingShare: number
}
const snapshots = golden.snapshots.map(([rh, kh, ph, rv, kv, pv], index): VibrationSnapshot => ({
  timestamp: 1_700_000_000 + 3600 * index,
  rmsHorizontal: rh, kurtosisHorizontal: kh, peakHorizontal: ph, rmsVertical: rv, kurtosisVertical: kv, peakVertical: pv,
}))
const CLOCK = { nowSeconds: 1_700_000_000 + 3600 * 100, timeZone: 'UTC' }
const bearingOf = (given: readonly VibrationSnapshot[]) => ({
  assetId: 'pump', assetName: 'Pump', sensor: 'drive end', count: given.length,
  first: given.slice(0, 60), recent: given.slice(-60), runsSince: null,
})

describe('the shipped vibration model', () => {
  it('sees the features and answers what its training did', async () => {
    const features = vibrationFeatures(snapshots.slice(0, 60), snapshots.slice(-60))
    expect(features.length).toBe(golden.features.length)
    golden.features.forEach((value, index) => expect(features[index]).toBeCloseTo(value, 4))
    const { probabilities, remainingShare } = await (await loadVibrationModel(FOLDER)).judge(features)
    expect(Object.values(probabilities)).toEqual(golden.healthProbabilities.map((value) => expect.closeTo(value, 4)))
    expect(remainingShare).toBeCloseTo(golden.remainingShare, 4)
  })

  it('says of a bearing that shakes several times as much that less is left than of the same one before', async () => {
    const model = await loadVibrationModel(FOLDER)
    const [calm, shaking] = await Promise.all(
      [snapshots.slice(0, 60), snapshots].map((given) => judgeVibration(bearingOf(given), model, CLOCK)),
    )
    expect(shaking?.judged?.remainingShare.value).toBeLessThan(calm?.judged?.remainingShare.value ?? 0)
    expect(shaking?.judged?.probabilities.critical).toBeGreaterThan(calm?.judged?.probabilities.critical ?? 1)
    expect(calm?.entry).toBeNull()
  })

  it('warns of a bearing that shakes, but not once nobody has looked at it for more than four weeks', async () => {
    const model = await loadVibrationModel(FOLDER)
    const ill = [...snapshots.slice(0, 60), ...snapshots.slice(0, 60).map((calm) => ({
      ...calm,
      timestamp: calm.timestamp + 60 * 3600,
      rmsHorizontal: 40 * calm.rmsHorizontal, peakHorizontal: 40 * calm.peakHorizontal, kurtosisHorizontal: 8,
      rmsVertical: 40 * calm.rmsVertical, peakVertical: 40 * calm.peakVertical, kurtosisVertical: 8,
    }))]
    const after = async (days: number) => (await judgeVibration(bearingOf(ill), model, { ...CLOCK, nowSeconds: ill.at(-1)!.timestamp + days * 86_400 })).entry
    expect(await after(27)).toMatchObject({ type: 'vibration' })
    expect(await after(29)).toBeNull()
  })

  it('judges nothing on fewer than 60 snapshots', async () => {
    const few = await judgeVibration(bearingOf(snapshots.slice(0, 59)), await loadVibrationModel(FOLDER), CLOCK)
    expect(few).toEqual({ judged: null, entry: null })
  })
})

describe('samples of a sensor', () => {
  it('give RMS, peak and kurtosis whatever the offset', () => {
    const sine = Array.from({ length: 1000 }, (_, index) => 7 + 2 * Math.sin((2 * Math.PI * index) / 100))
    const { rms, kurtosis, peak } = describeSamples(sine)
    expect(rms).toBeCloseTo(Math.SQRT2, 9)
    expect(kurtosis).toBeCloseTo(1.5, 9)
    expect(peak).toBeCloseTo(2, 9)
  })
})
