import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as ort from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BuildingSession } from './building-session'
import { BLOCK_SECONDS, BlockBuilder, SLOW_FEATURE_COUNT } from './block-builder'
import { FEATURE_COUNT, FeatureBuilder } from './feature-builder'
import { readManifest, readModelFile, type ModelManifest } from './model-manifest'
import { openOnnxSession } from './onnx-session'
import { loadSessionModel, type SessionModel } from './session-model'
import type { SecondEstimate } from './session-types'
import { loadSlowNetwork, loadStreamNetwork, OUTPUT_CHANNELS, type StreamNetwork } from './stream-network'
import { householdPowers, NOON, readingsOf } from './testing/recordings'
import { pushAll } from './testing/push-all'
import { hasShippedModel, SHIPPED_MODEL_DIR } from './testing/shipped-model'

const TOLERANCE = 1e-4

interface Golden {
  meterIntervalSeconds: number
  powerWatts: number[]
  /** Columns by second: features and 44 outputs. */
  features: Record<string, number[]>
  output: Record<string, number[]>
  /** The same signal `repeats` times; columns by block of 30 s: 8 features, 44 outputs. */
  slow: { repeats: number; features: Record<string, number[]>; output: Record<string, number[]> }
}

describe.skipIf(!hasShippedModel())('the shipped model', { timeout: 60_000 }, () => {
  let manifest: ModelManifest
  let network: StreamNetwork
  let slow: StreamNetwork
  let window: ort.InferenceSession
  let golden: Golden
  let model: SessionModel

  beforeAll(async () => {
    manifest = await readManifest(SHIPPED_MODEL_DIR)
    network = await loadStreamNetwork(SHIPPED_MODEL_DIR, manifest, 'cpu')
    slow = await loadSlowNetwork(SHIPPED_MODEL_DIR, manifest, 'cpu')
    window = await openOnnxSession(await readModelFile(SHIPPED_MODEL_DIR, manifest, 'window'), 'cpu')
    golden = JSON.parse(await readFile(path.join(SHIPPED_MODEL_DIR, 'golden.json'), 'utf8')) as Golden
    model = await loadSessionModel({ modelDir: SHIPPED_MODEL_DIR })
  })
  afterAll(async () => {
    await Promise.all([network?.close(), slow?.close(), window?.release(), model?.close()])
  })

  const features = (powers: readonly number[], intervalSeconds: number) =>
    new FeatureBuilder().build(powers.map((powerWatts) => ({ powerWatts, intervalSeconds })))

  async function stream(all: Float32Array, chunk: number): Promise<Float32Array> {
    const count = all.length / FEATURE_COUNT
    const state = { memory: null }
    const outputs = new Float32Array(OUTPUT_CHANNELS * count)
    for (let start = 0; start < count; start += chunk) {
      const size = Math.min(chunk, count - start)
      const part = Float32Array.from({ length: FEATURE_COUNT * size }, (_, i) => all[Math.floor(i / size) * count + start + (i % size)]!)
      const { output } = await network.run(part, size, state)
      for (let i = 0; i < output.length; i++) outputs[Math.floor(i / size) * count + start + (i % size)] = output[i]!
    }
    network.release(state)
    return outputs
  }

  it('gets the features it was trained on', () => {
    const built = features(golden.powerWatts, golden.meterIntervalSeconds)
    for (const [second, expected] of Object.entries(golden.features)) {
      const column = expected.map((_, channel) => built[channel * golden.powerWatts.length + Number(second)]!)
      expect(worstDifference(column, expected)).toBeLessThan(TOLERANCE)
    }
  })

  it.each([1, 60, 1024])('answers as it did where it was trained, streamed by %i seconds', async (chunk) => {
    const outputs = await stream(features(golden.powerWatts, golden.meterIntervalSeconds), chunk)
    for (const [second, expected] of Object.entries(golden.output)) {
      const column = expected.map((_, channel) => outputs[channel * golden.powerWatts.length + Number(second)]!)
      expect(worstRelativeDifference(column, expected)).toBeLessThan(TOLERANCE)
    }
  })

  it.each([1, 45, 28_800])('answers about blocks of 30 s as it did where it was trained, %i seconds at a time', async (chunk) => {
    const watts = Array.from({ length: golden.slow.repeats }, () => golden.powerWatts).flat()
    const seconds = watts.map((powerWatts, i) => ({ timestampSeconds: NOON + i + 1, powerWatts, intervalSeconds: 1 }))
    const blocks = new BlockBuilder()
    const state = { memory: null }
    const [features, outputs]: [number[][], number[][]] = [[], []]
    for (let start = 0; start < seconds.length; start += chunk) {
      const built = blocks.build(seconds.slice(start, start + chunk))
      const count = built.endSeconds.length
      if (count === 0) continue
      const { output } = await slow.run(built.features, count, state)
      for (let i = 0; i < count; i++) {
        features.push(Array.from({ length: SLOW_FEATURE_COUNT }, (_, channel) => built.features[channel * count + i]!))
        outputs.push(Array.from({ length: OUTPUT_CHANNELS }, (_, channel) => output[channel * count + i]!))
      }
    }
    slow.release(state)
    expect(outputs).toHaveLength(seconds.length / BLOCK_SECONDS)
    for (const [block, expected] of Object.entries(golden.slow.features)) {
      expect(worstDifference(features[Number(block)]!, expected)).toBeLessThan(TOLERANCE)
    }
    for (const [block, expected] of Object.entries(golden.slow.output)) {
      expect(worstRelativeDifference(outputs[Number(block)]!, expected)).toBeLessThan(TOLERANCE)
    }
  })

  it('answers the same streamed as over one full window', async () => {
    const built = features(householdPowers(4000), 1)
    const input = new ort.Tensor('float32', built, [1, FEATURE_COUNT, 4000])
    const { output } = await window.run({ features: input })
    const streamed = await stream(built, 60)
    expect(worstRelativeDifference(streamed, output!.data as Float32Array)).toBeLessThan(TOLERANCE)
  })

  it('gives the same estimates for pushes of 1, 60 and 1000 readings', async () => {
    const readings = readingsOf(householdPowers(2500))
    const one = await pushAll(model, readings, 1)
    for (const size of [60, 1000]) {
      const other = await pushAll(model, readings, size)
      for (const horizon of ['provisional', 'final'] as const) {
        expect(worstRelativeDifference(numbersOf(other[horizon]), numbersOf(one[horizon]))).toBeLessThan(TOLERANCE)
      }
    }
  })

  it.each([1, 7, 60])('gives the same after a checkpoint as without, at %i s', async (interval) => {
    // Long enough for the slow network to have forgotten what the restored session never sees.
    const readings = readingsOf(householdPowers(Math.ceil(30_000 / interval)), interval, NOON + 0.3)
    const position = Math.ceil(27_000 / interval)
    const whole = new BuildingSession(model)
    await whole.push(readings.slice(0, position))
    const checkpoint = JSON.parse(JSON.stringify(whole.checkpoint()))
    const since = checkpoint.positionSeconds - model.replaySeconds
    const restored = new BuildingSession(model)
    await restored.open(checkpoint, readings.slice(0, position).filter((reading) => reading.timestampSeconds > since))
    const expected = await whole.push(readings.slice(position))
    const actual = await restored.push(readings.slice(position))
    expect(actual.final).toHaveLength(expected.final.length)
    for (const horizon of ['provisional', 'final'] as const) {
      expect(worstRelativeDifference(numbersOf(actual[horizon]), numbersOf(expected[horizon]))).toBeLessThan(TOLERANCE)
    }
    const energies = (result: typeof actual) => result.minutes.map((minute) => minute.meterEnergyWh)
    expect(worstRelativeDifference(energies(actual), energies(expected))).toBeLessThan(1e-6)
  })

  it('keeps a building within 512 KiB of state', () => {
    const parts = [network, slow, new FeatureBuilder(), new BlockBuilder()]
    expect(parts.reduce((sum, { stateBytes }) => sum + stateBytes, 0)).toBeLessThanOrEqual(512 * 1024)
  })
})

function numbersOf(seconds: readonly SecondEstimate[]): number[] {
  return seconds.flatMap((second) => [
    // A small rest of large numbers; it is as exact as they are.
    second.otherWatts / Math.max(1, second.totalWatts),
    ...second.appliances.flatMap((estimate) => [estimate.powerWatts, estimate.probability, estimate.confidence]),
  ])
}

function worstDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  return worst(actual, expected, () => 1)
}

/** Absolute below 1, relative above: single precision has no more for thousands of watts. */
function worstRelativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  return worst(actual, expected, (value) => Math.max(1, Math.abs(value)))
}

function worst(actual: ArrayLike<number>, expected: ArrayLike<number>, scale: (value: number) => number): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY
  let largest = 0
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!) / scale(expected[i]!)
    if (!(difference <= largest)) largest = difference
  }
  return largest
}
