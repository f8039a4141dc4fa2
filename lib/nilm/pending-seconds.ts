import { APPLIANCE_COUNT } from '@/lib/contracts/appliances'
import type { EstimatedSecond } from './estimate-horizon'

/** A second with its provisional estimates, waiting for its final ones. */
export interface PendingSecond extends EstimatedSecond {
  timestampSeconds: number
  totalWatts: number
  coveredSeconds: number
}

export interface PendingState {
  firstSeconds: number
  count: number
  /** Base64 of little-endian arrays: small, and exact where sums depend on it. */
  totals: string
  covered: string
  watts: string
  probabilities: string
  confidences: string
  states: string
}

/** Shares 0..1 are stored in 16 bits: finer than any model is. */
const SHARE_STEPS = 65_535

/** The checkpoint form of consecutive seconds. */
export function packPending(seconds: readonly PendingSecond[]): PendingState {
  const estimates = seconds.flatMap((second) => second.appliances)
  return {
    firstSeconds: seconds[0]?.timestampSeconds ?? 0,
    count: seconds.length,
    totals: toBase64(Float64Array.from(seconds, (second) => second.totalWatts)),
    covered: toBase64(Float64Array.from(seconds, (second) => second.coveredSeconds)),
    watts: toBase64(Float32Array.from(estimates, (estimate) => estimate.powerWatts)),
    probabilities: toBase64(Uint16Array.from(estimates, (estimate) => Math.round(estimate.probability * SHARE_STEPS))),
    confidences: toBase64(Uint16Array.from(estimates, (estimate) => Math.round(estimate.confidence * SHARE_STEPS))),
    states: toBase64(Uint8Array.from(estimates, (estimate) => (estimate.isOn ? 1 : 0))),
  }
}

export function unpackPending(state: PendingState): PendingSecond[] {
  const totals = new Float64Array(fromBase64(state.totals))
  const covered = new Float64Array(fromBase64(state.covered))
  const watts = new Float32Array(fromBase64(state.watts))
  const probabilities = new Uint16Array(fromBase64(state.probabilities))
  const confidences = new Uint16Array(fromBase64(state.confidences))
  const states = new Uint8Array(fromBase64(state.states))
  return Array.from({ length: state.count }, (_, i) => {
    const totalWatts = totals[i]!
    const appliances = Array.from({ length: APPLIANCE_COUNT }, (_unused, a) => {
      const at = i * APPLIANCE_COUNT + a
      return {
        powerWatts: watts[at]!,
        probability: probabilities[at]! / SHARE_STEPS,
        isOn: states[at] === 1,
        confidence: confidences[at]! / SHARE_STEPS,
      }
    })
    keepBelow(appliances, totalWatts)
    const sumWatts = appliances.reduce((sum, estimate) => sum + estimate.powerWatts, 0)
    return {
      timestampSeconds: state.firstSeconds + i,
      totalWatts,
      coveredSeconds: covered[i]!,
      appliances,
      otherWatts: totalWatts - sumWatts,
    }
  })
}

/** Single precision may have rounded the sum just above the total. */
function keepBelow(appliances: { powerWatts: number }[], totalWatts: number): void {
  const limit = Math.max(totalWatts, 0)
  const sumWatts = appliances.reduce((sum, estimate) => sum + estimate.powerWatts, 0)
  if (sumWatts <= limit) return
  const scale = (limit / sumWatts) * (1 - 1e-12)
  for (const estimate of appliances) estimate.powerWatts *= scale
}

function toBase64(array: Float64Array | Float32Array | Uint16Array | Uint8Array): string {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64')
}

/** A buffer of its own, so that wider arrays may start at its beginning. */
function fromBase64(text: string): ArrayBuffer {
  return Uint8Array.from(Buffer.from(text, 'base64')).buffer
}
