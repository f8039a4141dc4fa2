import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { SLOW_FEATURES_VERSION } from '../block-builder'
import { FEATURES_VERSION } from '../feature-builder'
import type { ModelManifest } from '../model-manifest'
import { createSessionModel, type SessionModel } from '../session-model'
import {
  HORIZONS,
  OUTPUT_CHANNELS,
  OUTPUT_KINDS,
  outputChannel,
  type NetworkAnswer,
  type NetworkState,
  type SecondNetwork,
} from '../stream-network'

/** An appliance the step network sees whenever the mains draw at least `fromWatts`. */
export interface Step {
  fromWatts: number
  onPowerWatts: number
  /** Provisional and final logit while it is on; off is always -6. */
  logits?: [provisional: number, final: number]
}

export const STEP_LOOKAHEAD_SECONDS = 60
const OFF_LOGIT = -6
export const STEP_LEVELS = 24
/** Of the hidden channels: the quarter of a kilowatt these watts are in. */
export const levelOf = (watts: number) => Math.min(STEP_LEVELS - 1, Math.max(0, Math.floor(watts / 250)))

/**
 * A causal network with rules instead of weights, so that a test knows what must come out: an appliance is on while the mains
 * reach its step. Its final answer about a second comes 60 seconds later, from its own memory, as a real network's does.
 */
export class StepNetwork implements SecondNetwork {
  /** Which quarter of a kilowatt the mains are in, now and at the second the final answer speaks of. */
  readonly hiddenChannels = 2 * STEP_LEVELS
  private readonly memories = new WeakMap<NetworkState, number[]>()

  constructor(private readonly steps: Partial<Record<Appliance, Step>>) {}

  async run(features: Float32Array, count: number, state: NetworkState, wantsHidden = false): Promise<NetworkAnswer> {
    const output = new Float32Array(OUTPUT_CHANNELS * count)
    const hidden = wantsHidden ? new Float32Array(this.hiddenChannels * count) : null
    const memory = this.memories.get(state) ?? []
    for (let t = 0; t < count; t++) {
      // Channel 1 is the power over 4 kW.
      memory.push(Math.round(features[count + t]! * 4000))
      if (memory.length > STEP_LOOKAHEAD_SECONDS + 1) memory.shift()
      const watts = { provisional: memory.at(-1)!, final: memory[0]! }
      if (hidden) {
        hidden[levelOf(watts.provisional) * count + t] = 1
        hidden[(STEP_LEVELS + levelOf(watts.final)) * count + t] = 1
      }
      for (const [i, appliance] of APPLIANCES.entries()) {
        const step = this.steps[appliance]
        for (const horizon of ['provisional', 'final'] as const) {
          const on = step !== undefined && watts[horizon] >= step.fromWatts
          const logit = on ? (step.logits ?? [6, 6])[HORIZONS[horizon]]! : OFF_LOGIT
          output[outputChannel(HORIZONS[horizon], OUTPUT_KINDS.logit, i) * count + t] = logit
          output[outputChannel(HORIZONS[horizon], OUTPUT_KINDS.onPowerWatts, i) * count + t] = step?.onPowerWatts ?? 0
        }
      }
    }
    this.memories.set(state, memory)
    return { output, hidden }
  }

  release(state: NetworkState): void {
    this.memories.delete(state)
  }

  async close(): Promise<void> {}
}

const CALIBRATION = { scale: 1, bias: 0, threshold: 0.5, sharpness: 1, powerFactor: 1 }
export const AS_IT_IS = { slowShare: 0, provisional: CALIBRATION, final: CALIBRATION }
const file = { path: 'none.onnx', sha256: '0'.repeat(64), bytes: 0 }

export function stepManifest(changes: Partial<ModelManifest> = {}): ModelManifest {
  return {
    name: 'steps',
    version: '1.0.0',
    format: 3,
    files: { window: file, stream: file, step: file, slow: file, slowStep: file },
    receptiveFieldSeconds: STEP_LOOKAHEAD_SECONDS + 1,
    windowSeconds: 120,
    lookaheadSeconds: STEP_LOOKAHEAD_SECONDS,
    channels: 1,
    dilations: [1],
    features: { version: FEATURES_VERSION },
    coarseIntervalSeconds: 20,
    slow: {
      lookaheadBlocks: 1,
      receptiveFieldBlocks: 3,
      channels: 1,
      dilations: [1],
      features: { version: SLOW_FEATURES_VERSION },
    },
    appliances: APPLIANCES.map((name) => ({
      name,
      status: 'measured',
      blend: { fine: AS_IT_IS, coarse: AS_IT_IS },
      minOnSeconds: 10,
      minOffSeconds: 30,
      onThresholdWatts: 20,
    })),
    ...changes,
  }
}

export function stepModel(steps: Partial<Record<Appliance, Step>>, changes: Partial<ModelManifest> = {}): SessionModel {
  return createSessionModel(stepManifest(changes), { fast: new StepNetwork(steps), slow: null })
}
