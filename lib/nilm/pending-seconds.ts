import type { EstimatedSecond } from './estimate-horizon'

/** A second that waits for its final estimates. */
export interface PendingSecond {
  timestampSeconds: number
  totalWatts: number
  coveredSeconds: number
}

export type MeteredEstimate = PendingSecond & EstimatedSecond

export interface PendingState {
  firstSeconds: number
  count: number
  /** Base64 of little-endian double precision: sums depend on every digit. */
  totals: string
  covered: string
}

/** The checkpoint form of consecutive seconds. */
export function packPending(seconds: readonly PendingSecond[]): PendingState {
  return {
    firstSeconds: seconds[0]?.timestampSeconds ?? 0,
    count: seconds.length,
    totals: toBase64(Float64Array.from(seconds, (second) => second.totalWatts)),
    covered: toBase64(Float64Array.from(seconds, (second) => second.coveredSeconds)),
  }
}

export function unpackPending(state: PendingState): PendingSecond[] {
  const totals = fromBase64(state.totals)
  const covered = fromBase64(state.covered)
  return Array.from({ length: state.count }, (_, i) => ({
    timestampSeconds: state.firstSeconds + i,
    totalWatts: totals[i]!,
    coveredSeconds: covered[i]!,
  }))
}

function toBase64(array: Float64Array): string {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64')
}

function fromBase64(text: string): Float64Array {
  // A buffer of its own, so that it starts where eight-byte numbers may.
  return new Float64Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer)
}
