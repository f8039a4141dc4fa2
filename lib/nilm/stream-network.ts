import * as ort from 'onnxruntime-node'
import { APPLIANCE_COUNT } from '@/lib/contracts/appliances'
import { SLOW_FEATURE_COUNT } from './block-builder'
import { FEATURE_COUNT } from './feature-builder'
import { readModelFile, type ModelManifest } from './model-manifest'
import { NetworkMemory } from './network-memory'
import { openOnnxSession, type UsedDevice } from './onnx-session'

/** Horizon 0 speaks of the newest second, 1 of the one `lookaheadSeconds` before it. */
export const HORIZONS = { provisional: 0, final: 1 } as const
export type HorizonName = keyof typeof HORIZONS
export const HORIZON_NAMES = ['provisional', 'final'] as const satisfies HorizonName[]
/** What each output channel holds. */
export const OUTPUT_KINDS = { logit: 0, onPowerWatts: 1 } as const

/** Steps of one building that are run one by one, with those of others; more at once are cheaper in one run of their own. */
const MAX_STEPS = 4
/** Buildings in one run: more gain nothing, and other work waits meanwhile. */
const MAX_BATCH = 64
/** The runtime is slower with one row than with two. */
const MIN_ROWS = 2

const KIND_COUNT = 2
const HORIZON_COUNT = 2
export const OUTPUT_CHANNELS = HORIZON_COUNT * KIND_COUNT * APPLIANCE_COUNT

/** Row of the network's output [44, n]. */
export function outputChannel(horizon: number, kind: number, appliance: number): number {
  return (horizon * KIND_COUNT + kind) * APPLIANCE_COUNT + appliance
}

/** One building's memory inside the network; null before its first second. */
export interface NetworkState {
  memory: NetworkMemory | null
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

/** Loads the fast network of a model folder. @throws see readModelFile and openOnnxSession */
export function loadStreamNetwork(modelDir: string, manifest: ModelManifest, device: UsedDevice): Promise<StreamNetwork> {
  return load(modelDir, manifest, device, { stream: 'stream', step: 'step' }, { ...manifest, featureCount: FEATURE_COUNT })
}

/** Loads the slow network of a model folder; its steps are blocks. @throws see readModelFile and openOnnxSession */
export function loadSlowNetwork(modelDir: string, manifest: ModelManifest, device: UsedDevice): Promise<StreamNetwork> {
  const shape = { ...manifest.slow, featureCount: SLOW_FEATURE_COUNT }
  return load(modelDir, manifest, device, { stream: 'slow', step: 'slowStep' }, shape)
}

async function load(
  modelDir: string,
  manifest: ModelManifest,
  device: UsedDevice,
  kinds: Record<'stream' | 'step', keyof ModelManifest['files']>,
  shape: NetworkShape,
): Promise<StreamNetwork> {
  const open = async (kind: keyof ModelManifest['files'], inputNames: readonly string[]) => {
    const session = await openOnnxSession(await readModelFile(modelDir, manifest, kind), device)
    const names = session.inputNames.join(', ')
    if (names === inputNames.join(', ')) return session
    throw new Error(`${manifest.files[kind].path} takes ${names} instead of ${inputNames.join(', ')}.`)
  }
  return new StreamNetwork(await open(kinds.stream, ['features', 'past']), await open(kinds.step, ['features', 'taps']), shape)
}

interface NetworkShape {
  channels: number
  dilations: readonly number[]
  featureCount: number
}

interface WaitingStep {
  /** [its features] */
  features: Float32Array
  memory: NetworkMemory
  wantsHidden: boolean
  resolve: (answer: NetworkAnswer) => void
  reject: (error: unknown) => void
}

/**
 * The streaming form of the model: what every convolution looks back at is kept for each building, so a second costs one column.
 * Single steps of many buildings wait for each other until this turn of the event loop has come round and then share runs,
 * which makes a step several times cheaper. In both graphs a step is a row that nothing beside it touches: its result has
 * the same bits, whichever graph ran it and in whatever company. A failed run leaves the states as they were.
 */
export class StreamNetwork implements SecondNetwork {
  readonly hiddenChannels: number
  private waiting: WaitingStep[] = []
  private readonly past: Float32Array
  /** Runs take turns: what they read is prepared in memory they share. */
  private last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly stream: ort.InferenceSession,
    private readonly steps: ort.InferenceSession,
    private readonly shape: NetworkShape,
  ) {
    this.hiddenChannels = hiddenChannelsOf(stream)
    this.past = new Float32Array(NetworkMemory.columnsOf(shape.dilations) * shape.channels)
  }

  /** Bytes of one building's state. */
  get stateBytes(): number {
    return this.past.byteLength
  }

  async run(features: Float32Array, count: number, state: NetworkState, wantsHidden = false): Promise<NetworkAnswer> {
    const memory = (state.memory ??= new NetworkMemory(this.shape.dilations, this.shape.channels))
    if (count > MAX_STEPS) return this.inTurn(() => this.runStretch(features, count, memory, wantsHidden))
    if (count === 1) return this.step(features, memory, wantsHidden)
    const output = new Float32Array(OUTPUT_CHANNELS * count)
    const hidden = wantsHidden ? new Float32Array(this.hiddenChannels * count) : null
    for (let i = 0; i < count; i++) {
      const answer = await this.step(features.filter((_, at) => at % count === i), memory, wantsHidden)
      for (const [channel, value] of answer.output.entries()) output[channel * count + i] = value
      for (const [channel, value] of answer.hidden?.entries() ?? []) hidden![channel * count + i] = value
    }
    return { output, hidden }
  }

  release(state: NetworkState): void {
    state.memory = null
  }

  async close(): Promise<void> {
    await Promise.all([this.stream.release(), this.steps.release()])
  }

  private async runStretch(
    features: Float32Array,
    count: number,
    memory: NetworkMemory,
    wantsHidden: boolean,
  ): Promise<NetworkAnswer> {
    const { channels, featureCount } = this.shape
    memory.copyPast(this.past)
    const { output, columns, hidden } = await this.stream.run(
      {
        features: new ort.Tensor('float32', features, [featureCount, count]),
        past: new ort.Tensor('float32', this.past, [this.past.length / channels, channels]),
      },
      this.fetches(wantsHidden),
    )
    assertShape(output, [OUTPUT_CHANNELS, count])
    memory.add(columns!.data as Float32Array, 0, count, count)
    return { output: output.data as Float32Array, hidden: hidden ? (hidden.data as Float32Array) : null }
  }

  private step(features: Float32Array, memory: NetworkMemory, wantsHidden: boolean): Promise<NetworkAnswer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ features, memory, wantsHidden, resolve, reject })
      if (this.waiting.length === 1) setImmediate(() => void this.inTurn(() => this.runWaiting()))
    })
  }

  private async runWaiting(): Promise<void> {
    const waiting = this.waiting
    this.waiting = []
    for (let start = 0; start < waiting.length; start += MAX_BATCH) {
      const batch = waiting.slice(start, start + MAX_BATCH)
      try {
        await this.runBatch(batch)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
  }

  private async runBatch(batch: readonly WaitingStep[]): Promise<void> {
    const { channels, dilations, featureCount } = this.shape
    const rows = Math.max(batch.length, MIN_ROWS)
    const features = new Float32Array(rows * featureCount)
    const taps = new Float32Array(dilations.length * rows * 2 * channels)
    for (const [row, step] of batch.entries()) {
      features.set(step.features, row * featureCount)
      step.memory.copyTaps(taps, row, rows)
    }
    const { output, columns, hidden } = await this.steps.run(
      {
        features: new ort.Tensor('float32', features, [rows, featureCount]),
        taps: new ort.Tensor('float32', taps, [dilations.length * rows, 2 * channels]),
      },
      this.fetches(batch.some((step) => step.wantsHidden)),
    )
    assertShape(output, [rows, OUTPUT_CHANNELS])
    for (const [row, { memory, wantsHidden, resolve }] of batch.entries()) {
      memory.add(columns!.data as Float32Array, row, rows, 1)
      resolve({ output: rowOf(output, row), hidden: wantsHidden && hidden ? rowOf(hidden, row) : null })
    }
  }

  private fetches(wantsHidden: boolean): string[] {
    return wantsHidden && this.hiddenChannels > 0 ? ['output', 'columns', 'hidden'] : ['output', 'columns']
  }

  private inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = this.last.then(run)
    this.last = result.catch(() => {})
    return result
  }
}

function assertShape(tensor: ort.Tensor | undefined, dims: readonly number[]): asserts tensor {
  if (tensor?.dims.join() !== dims.join()) throw new Error(`The model answered [${tensor?.dims}] instead of [${dims}].`)
}

function rowOf(tensor: ort.Tensor, row: number): Float32Array {
  const width = tensor.dims[1]!
  return (tensor.data as Float32Array).slice(row * width, (row + 1) * width)
}

/** Of the graph for stretches, in which `hidden` is [channels, n]. */
function hiddenChannelsOf(session: ort.InferenceSession): number {
  const metadata = session.outputMetadata.find(({ name }) => name === 'hidden')
  const channels = metadata?.isTensor ? metadata.shape[0] : 0
  return typeof channels === 'number' ? channels : 0
}
