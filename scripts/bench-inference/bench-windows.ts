import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import * as ort from 'onnxruntime-node'
import { APPLIANCE_COUNT } from '@/lib/contracts/appliances'
import { FeatureBuilder } from '@/lib/nilm/feature-builder'
import { readModelFile, type ModelManifest } from '@/lib/nilm/model-manifest'
import { openOnnxSession } from '@/lib/nilm/onnx-session'
import { samplePowers } from './sample-powers'
import { milliseconds, row, timeInterleaved, type Candidate } from './timing'

const OLD_DESIGN_INPUTS = 7
const ROUNDS = 40

/** One full window for all appliances: the shipped model, and the same work by one network of the old design for each. */
export async function benchWindows(modelDir: string, manifest: ModelManifest, oldDesignFile: string): Promise<void> {
  const { windowSeconds } = manifest
  const session = await openOnnxSession(await readModelFile(modelDir, manifest, 'window'), 'cpu')
  const features = new FeatureBuilder().build(
    samplePowers(windowSeconds).map((powerWatts) => ({ powerWatts, intervalSeconds: 1 })),
  )
  const input = new ort.Tensor('float32', features, [1, features.length / windowSeconds, windowSeconds])
  const candidates: Candidate[] = [{ name: manifest.version, run: () => session.run({ features: input }) }]

  const oldSessions: ort.InferenceSession[] = []
  if (existsSync(oldDesignFile)) {
    const model = await readFile(oldDesignFile)
    for (let i = 0; i < APPLIANCE_COUNT; i++) oldSessions.push(await openOnnxSession(model, 'cpu'))
    const inputName = oldSessions[0]!.inputNames[0]!
    const oldInput = new ort.Tensor('float32', oldDesignFeatures(features, windowSeconds), [1, OLD_DESIGN_INPUTS, windowSeconds])
    candidates.push({
      name: 'old design',
      run: async () => {
        for (const old of oldSessions) await old.run({ [inputName]: oldInput })
      },
    })
  }

  const [current, old] = await timeInterleaved(candidates, ROUNDS)
  console.log(`One full window of ${windowSeconds} s, all ${APPLIANCE_COUNT} appliances, one thread (ms, median / p95)`)
  console.log(row(`wavenilm ${manifest.version}`, milliseconds(current!)))
  if (old) {
    console.log(row(`${APPLIANCE_COUNT} networks of the old design`, milliseconds(old)))
    console.log(row('ratio of the medians', `${(old.medianMs / current!.medianMs).toFixed(1)} x`, 'interleaved in this run'))
  } else {
    console.log(row(`${APPLIANCE_COUNT} networks of the old design`, 'not measured', `there is no ${oldDesignFile}`))
  }
  await Promise.all([session, ...oldSessions].map((open) => open.release()))
}

/** Seven channels of the right size; what they hold does not change the time. */
function oldDesignFeatures(features: Float32Array, windowSeconds: number): Float32Array {
  return Float32Array.from({ length: OLD_DESIGN_INPUTS * windowSeconds }, (_, i) => features[i % features.length]!)
}
