import type { FeatureInput } from './feature-builder'
import { limitPower, logInterval, logPower } from './feature-scaling'
import { normalisedInputs, TrailingWindow } from './trailing-window'

/** The slow network's step. */
export const BLOCK_SECONDS = 30
export const SLOW_FEATURE_COUNT = 11
/** What the training code calls the features made here. */
export const SLOW_FEATURES_VERSION = 'blocks11-1'

const SHORT_STRETCH_BLOCKS = 32
const LONG_STRETCH_BLOCKS = 240
const PIECE_SECONDS = 6
const PIECES = BLOCK_SECONDS / PIECE_SECONDS

export interface Blocks {
  /** Unix seconds at which each block ends; whole multiples of 30 s. */
  endSeconds: number[]
  /** Row-major [11, endSeconds.length]. */
  features: Float32Array
}

/**
 * What the slow network sees: blocks of 30 s, each of five means over 6 s of the 1 Hz grid (the manifest's `slow.features`).
 * Before the first second the power counts as constant.
 */
export class BlockBuilder {
  private sumWatts = 0
  private count = 0
  private pieces: number[] = []
  private readonly trailing = new TrailingWindow(SHORT_STRETCH_BLOCKS, LONG_STRETCH_BLOCKS)
  private before: { meanWatts: number; lastPieceWatts: number } | null = null

  /** Takes consecutive seconds. @returns the blocks they complete */
  build(seconds: readonly (FeatureInput & { timestampSeconds: number })[]): Blocks {
    const endSeconds: number[] = []
    const columns: number[][] = []
    for (const { timestampSeconds, powerWatts, intervalSeconds } of seconds) {
      this.sumWatts += limitPower(powerWatts)
      this.count++
      if (timestampSeconds % PIECE_SECONDS !== 0) continue
      this.closePiece()
      if (timestampSeconds % BLOCK_SECONDS !== 0) continue
      columns.push(this.closeBlock(intervalSeconds))
      endSeconds.push(timestampSeconds)
    }
    const features = new Float32Array(SLOW_FEATURE_COUNT * columns.length)
    for (const [i, column] of columns.entries()) {
      for (const [channel, value] of column.entries()) features[channel * columns.length + i] = value
    }
    return { endSeconds, features }
  }

  get stateBytes(): number {
    return this.trailing.stateBytes
  }

  /** Forgets the past, as before the first second. */
  reset(): void {
    this.sumWatts = 0
    this.count = 0
    this.pieces = []
    this.before = null
    this.trailing.reset()
  }

  private closePiece(): void {
    this.pieces.push(this.sumWatts / this.count)
    this.sumWatts = 0
    this.count = 0
  }

  private closeBlock(intervalSeconds: number): number[] {
    const first = this.pieces[0]!
    const before = this.before ?? { meanWatts: first, lastPieceWatts: first }
    // Only a stretch that begins inside a block has fewer.
    const pieces = [...new Array<number>(PIECES - this.pieces.length).fill(first), ...this.pieces]
    const meanWatts = pieces.reduce((sum, watts) => sum + watts, 0) / PIECES
    const steps = pieces.map((watts, i) => watts - (pieces[i - 1] ?? before.lastPieceWatts))
    this.before = { meanWatts, lastPieceWatts: pieces[PIECES - 1]! }
    this.pieces = []
    return [
      logPower(meanWatts),
      meanWatts / 4000,
      logPower(Math.max(...pieces)),
      logPower(Math.min(...pieces)),
      compressStep(meanWatts - before.meanWatts),
      compressStep(Math.max(...steps, 0)),
      compressStep(Math.min(...steps, 0)),
      logInterval(intervalSeconds),
      ...normalisedInputs(meanWatts, this.trailing.add(meanWatts)),
    ]
  }
}

function compressStep(watts: number): number {
  return Math.asinh(watts / 60) / 4
}

/** How far back a block's features look. */
export const BLOCK_FEATURE_MEMORY = LONG_STRETCH_BLOCKS
