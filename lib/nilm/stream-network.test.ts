import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SLOW_FEATURE_COUNT } from './block-builder'
import { FEATURE_COUNT } from './feature-builder'
import { readManifest } from './model-manifest'
import { loadSlowNetwork, loadStreamNetwork, OUTPUT_CHANNELS, type NetworkState, type StreamNetwork } from './stream-network'
import { randomSequence } from './testing/recordings'
import { hasShippedModel, SHIPPED_MODEL_DIR } from './testing/shipped-model'

const STEPS = 2300

describe.skipIf(!hasShippedModel()).each([
  { name: 'fast', load: loadStreamNetwork, featureCount: FEATURE_COUNT },
  { name: 'slow', load: loadSlowNetwork, featureCount: SLOW_FEATURE_COUNT },
])('the $name network', { timeout: 60_000 }, ({ load, featureCount }) => {
  let network: StreamNetwork
  beforeAll(async () => {
    network = await load(SHIPPED_MODEL_DIR, await readManifest(SHIPPED_MODEL_DIR), 'cpu')
  })
  afterAll(() => network?.close())

  /** Made-up features of one building, [its features, STEPS]. */
  function featuresOf(seed: number): Float32Array {
    const random = randomSequence(seed)
    return Float32Array.from({ length: featureCount * STEPS }, () => 2 * random() - 1)
  }

  /** The bits of the output [steps, 44] of all steps from `from` to `to`, in runs of these sizes. */
  async function outputs(features: Float32Array, state: NetworkState, from: number, to: number, size: () => number) {
    const columns = new Float32Array(OUTPUT_CHANNELS * (to - from))
    for (let start = from; start < to; ) {
      const count = Math.min(size(), to - start)
      const part = Float32Array.from({ length: featureCount * count }, (_, i) => {
        return features[Math.floor(i / count) * STEPS + start + (i % count)]!
      })
      const { output } = await network.run(part, count, state)
      for (const [i, value] of output.entries()) {
        columns[(start - from + (i % count)) * OUTPUT_CHANNELS + Math.floor(i / count)] = value
      }
      start += count
    }
    return Buffer.from(columns.buffer)
  }

  it('answers the same bits whichever way the steps are cut into runs', async () => {
    const features = featuresOf(1)
    const whole = await outputs(features, { memory: null }, 0, STEPS, () => STEPS)
    const random = randomSequence(2)
    for (const size of [() => 1, () => 60, () => 1 + Math.floor(random() * 9)]) {
      expect(whole.equals(await outputs(features, { memory: null }, 0, STEPS, size))).toBe(true)
    }
  })

  it('answers the same bits for a building in whatever company, and mixes up nobody', async () => {
    const random = randomSequence(3)
    // More than one batch, joined and left by buildings in the middle of their day.
    const buildings = Array.from({ length: 70 }, (_, i) => featuresOf(10 + i))
    const alone: Buffer[] = []
    for (const features of buildings) alone.push(await outputs(features, { memory: null }, 0, 300, () => 300))
    const together = await Promise.all(
      buildings.map(async (features) => {
        const state = { memory: null }
        const before = Math.floor(random() * 100)
        const first = await outputs(features, state, 0, before, () => 1 + Math.floor(random() * 30))
        return Buffer.concat([first, await outputs(features, state, before, 300, () => 1)])
      }),
    )
    for (const [i, columns] of together.entries()) expect(columns.equals(alone[i]!)).toBe(true)
  })

  it('begins anew after a release', async () => {
    const features = featuresOf(4)
    const state: NetworkState = { memory: null }
    const first = await outputs(features, state, 0, 40, () => 1)
    network.release(state)
    expect(first.equals(await outputs(features, state, 0, 40, () => 7))).toBe(true)
  })
})
