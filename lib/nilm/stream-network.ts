import * as ort from 'onnxruntime-node'
import { APPLIANCE_COUNT } from '@/lib/contracts/appliances'
import { SLOW_FEATURE_COUNT } from './block-builder'
import { FEATURE_COUNT } from './feature-builder'
import { readModelFile, type ModelManifest } from './model-manifest'
import { openOnnxSession, type InferenceDevice } from './onnx-session'

/** Horizon 0 speaks of the newest second, 1 of the one `lookaheadSeconds` before it. */
export const HORIZONS = { provisional: 0, final: 1 } as const
/** What each output channel holds. */
export const OUTPUT_KINDS = { logit: 0, onPowerWatts: 1 } as const

const KIND_COUNT = 2
const HORIZON_COUNT = 2
export const OUTPUT_CHANNELS = HORIZON_COUNT * KIND_COUNT * APPLIANCE_COUNT

/** Row of the network's output [44, n]. */
export function outputChannel(horizon: number, kind: number, appliance: number): number {
  return (horizon * KIND_COUNT + kind) * APPLIANCE_COUNT + appliance
}

/** One building's memory inside the network; null before its first second. */
export interface NetworkState {
  tensors: ort.Tensor[] | null
}

export interface NetworkAnswer {
  /** Row-major [44, count]. */
  output: Float32Array
  /** What the heads see, row-major [channels, count]; null unless asked for, or where the graph does not offer it. */
  hidden: Float32Array | null
}

/** A causal network fed step by step: seconds, or the slow network's blocks. */
export interface SecondNetwork {
  /** Rows of `hidden`; 0 where the graph does not offer it, so that no home can have heads of its own. */
  readonly hiddenChannels: number
  /** Advances the state by `count` steps. @param features row-major [its features, count] */
  run(features: Float32Array, count: number, state: NetworkState, wantsHidden?: boolean): Promise<NetworkAnswer>
  /** Gives the state's memory back; the state is then as before the first second. */
  release(state: NetworkState): void
  close(): Promise<void>
}

/** Loads `stream` of a model folder. @throws see readModelFile and openOnnxSession */
export async function loadStreamNetwork(
  modelDir: string,
  manifest: ModelManifest,
  device: InferenceDevice,
): Promise<StreamNetwork> {
  const model = await readModelFile(modelDir, manifest, 'stream')
  return new StreamNetwork(await openOnnxSession(model, device), { ...manifest, file: manifest.files.stream.path }, FEATURE_COUNT)
}

/** Loads `slow` of a model folder; its steps are blocks. @throws see readModelFile and openOnnxSession */
export async function loadSlowNetwork(
  modelDir: string,
  manifest: ModelManifest,
  device: InferenceDevice,
): Promise<StreamNetwork> {
  const model = await readModelFile(modelDir, manifest, 'slow')
  const shape = { ...manifest.slow, file: manifest.files.slow.path }
  return new StreamNetwork(await openOnnxSession(model, device), shape, SLOW_FEATURE_COUNT)
}

interface NetworkShape {
  file: string
  channels: number
  dilations: readonly number[]
}

/**
 * The streaming form of the model: every convolution's past comes in and goes out as a state, so a second costs one column.
 * A run writes the next state into a spare set of tensors, which then changes places with the building's own: nothing is
 * copied, nothing is left to the garbage collector, and a failed run leaves the state as it was.
 */
export class StreamNetwork implements SecondNetwork {
  readonly hiddenChannels: number
  private readonly shapes: number[][]
  private readonly spare: ort.Tensor[][] = []

  constructor(
    private readonly session: ort.InferenceSession,
    { file, channels, dilations }: NetworkShape,
    private readonly featureCount: number,
  ) {
    this.hiddenChannels = hiddenChannelsOf(session)
    // Kernel 3: two dilated steps back.
    this.shapes = dilations.map((dilation) => [1, channels, 2 * dilation])
    const names = ['features', ...this.shapes.map((_, i) => `state_${i}`)]
    const missing = names.filter((name) => !session.inputNames.includes(name))
    if (missing.length > 0 || session.inputNames.length !== names.length) {
      throw new Error(
        `${file} takes ${session.inputNames.join(', ')}; its manifest promises ${names.join(', ')}.`,
      )
    }
  }

  /** Bytes of one building's state. */
  get stateBytes(): number {
    return this.shapes.reduce((sum, shape) => sum + shape.reduce((product, size) => product * size, 4), 0)
  }

  async run(features: Float32Array, count: number, state: NetworkState, wantsHidden = false): Promise<NetworkAnswer> {
    const current = state.tensors ?? this.zeros()
    const next = this.spare.pop() ?? this.allocate()
    const feeds: Record<string, ort.Tensor> = { features: new ort.Tensor('float32', features, [1, this.featureCount, count]) }
    const fetches: Record<string, ort.Tensor | null> = { output: null }
    if (wantsHidden && this.hiddenChannels > 0) fetches.hidden = null
    for (let i = 0; i < this.shapes.length; i++) {
      feeds[`state_${i}`] = current[i]!
      fetches[`next_state_${i}`] = next[i]!
    }
    try {
      const { output, hidden } = await this.session.run(feeds, fetches)
      if (output?.dims[1] !== OUTPUT_CHANNELS || output.dims[2] !== count) {
        throw new Error(`The model answered [${output?.dims}] instead of [1,${OUTPUT_CHANNELS},${count}].`)
      }
      state.tensors = next
      this.spare.push(current)
      return { output: output.data as Float32Array, hidden: (hidden?.data as Float32Array | undefined) ?? null }
    } catch (error) {
      this.spare.push(next)
      throw error
    }
  }

  release(state: NetworkState): void {
    if (!state.tensors) return
    // One spare set serves all buildings of a thread; a few more save allocating when buildings come and go.
    if (this.spare.length < 4) this.spare.push(state.tensors)
    state.tensors = null
  }

  async close(): Promise<void> {
    await this.session.release()
  }

  private zeros(): ort.Tensor[] {
    const tensors = this.spare.pop() ?? this.allocate()
    for (const tensor of tensors) (tensor.data as Float32Array).fill(0)
    return tensors
  }

  private allocate(): ort.Tensor[] {
    return this.shapes.map((shape) => {
      const size = shape.reduce((product, value) => product * value, 1)
      return new ort.Tensor('float32', new Float32Array(size), shape)
    })
  }
}

function hiddenChannelsOf(session: ort.InferenceSession): number {
  const metadata = session.outputMetadata.find(({ name }) => name === 'hidden')
  const channels = metadata?.isTensor ? metadata.shape[1] : 0
  return typeof channels === 'number' ? channels : 0
}
