import * as ort from 'onnxruntime-node'
import { FEATURE_COUNT } from '@/lib/nilm/feature-builder'
import { readModelFile, type ModelManifest } from '@/lib/nilm/model-manifest'
import { NetworkMemory } from '@/lib/nilm/network-memory'
import { openOnnxSession } from '@/lib/nilm/onnx-session'
import { row, timeInterleaved, type Candidate } from './timing'

const ROUNDS = 200
const BATCHES = [1, 16, 64]

/** The fast network alone on one new second: all that its blocks remember handed over, or only what the second looks back at. */
export async function benchSteps(modelDir: string, manifest: ModelManifest): Promise<void> {
  const { channels, dilations } = manifest
  const stream = await openOnnxSession(await readModelFile(modelDir, manifest, 'stream'), 'cpu')
  const steps = await openOnnxSession(await readModelFile(modelDir, manifest, 'step'), 'cpu')
  const past = filled([NetworkMemory.columnsOf(dilations), channels])
  const outputs = ['output', 'columns']
  const second = filled([FEATURE_COUNT, 1])
  const whole: Candidate = { name: 'all states in', run: () => stream.run({ features: second, past }, outputs) }
  const batched = BATCHES.map((buildings): Candidate => {
    const taps = filled([dilations.length * buildings, 2 * channels])
    const features = filled([buildings, FEATURE_COUNT])
    return { name: `${buildings} buildings`, run: () => steps.run({ features, taps }, outputs) }
  })
  const [before, ...timings] = await timeInterleaved([whole, ...batched], ROUNDS)
  console.log('The fast network alone, one new second of a building (ms of processor time, median)')
  console.log(row('all states in, a run for each building', before!.processorMs.toFixed(4)))
  for (const [i, buildings] of BATCHES.entries()) {
    const each = timings[i]!.processorMs / buildings
    const ratio = `${(before!.processorMs / each).toFixed(1)} x faster, interleaved in this run`
    console.log(row(`a step, ${buildings} ${buildings === 1 ? 'building' : 'buildings'} a run`, each.toFixed(4), ratio))
  }
  await Promise.all([stream.release(), steps.release()])
}

/** What it holds does not change the time. */
function filled(dims: readonly number[]): ort.Tensor {
  const size = dims.reduce((product, length) => product * length, 1)
  return new ort.Tensor('float32', Float32Array.from({ length: size }, (_, i) => Math.sin(i)), dims)
}
