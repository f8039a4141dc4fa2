import { BLOCK_SECONDS, BlockBuilder } from './block-builder'
import type { GridSecond } from './grid-resampler'
import { OUTPUT_CHANNELS, type NetworkState, type SecondNetwork } from './stream-network'

/** The slow network's answer at the end of a block. */
export interface BlockOutput {
  endSeconds: number
  /** [44], in the order of outputChannel(). */
  output: Float32Array
  /** What its heads see; null unless it was asked for. */
  hidden: Float32Array | null
}

/**
 * One building's way into the slow network. A block's answer counts from the second the block ends with; its final horizon speaks
 * of the block `lookaheadBlocks` before.
 */
export class SlowFeed {
  private readonly blocks = new BlockBuilder()
  private readonly state: NetworkState = { memory: null }
  private readonly outputs = new Map<number, BlockOutput>()

  /** @param lookaheadSeconds how much older than the newest second the one is that the final horizon speaks of */
  constructor(
    private readonly network: SecondNetwork,
    private readonly lookaheadBlocks: number,
    private readonly lookaheadSeconds: number,
  ) {}

  /** Runs the blocks that these consecutive seconds complete. @param wantsHidden told the ends of the first and the last block */
  async advance(seconds: readonly GridSecond[], wantsHidden: (first: number, last: number) => boolean): Promise<void> {
    const { endSeconds, features } = this.blocks.build(seconds)
    if (endSeconds.length === 0) return
    const count = endSeconds.length
    const wanted = wantsHidden(endSeconds[0]!, endSeconds[count - 1]!)
    const { output, hidden } = await this.network.run(features, count, this.state, wanted)
    for (const [i, end] of endSeconds.entries()) {
      this.outputs.set(end, {
        endSeconds: end,
        output: columnOf(output, OUTPUT_CHANNELS, count, i),
        hidden: hidden && columnOf(hidden, this.network.hiddenChannels, count, i),
      })
    }
  }

  /** What is known at a second about that second; undefined before the first block has ended. */
  provisionalAt(timestampSeconds: number): BlockOutput | undefined {
    return this.outputs.get(Math.floor(timestampSeconds / BLOCK_SECONDS) * BLOCK_SECONDS)
  }

  /** What is known at a second about the one `lookaheadSeconds` before it. */
  finalAt(timestampSeconds: number): BlockOutput | undefined {
    const about = Math.ceil((timestampSeconds - this.lookaheadSeconds) / BLOCK_SECONDS) * BLOCK_SECONDS
    return this.outputs.get(about + this.lookaheadBlocks * BLOCK_SECONDS)
  }

  /** Lets go of answers that no second after this one asks for. */
  forgetBefore(timestampSeconds: number): void {
    const oldest = timestampSeconds - this.lookaheadSeconds
    for (const end of this.outputs.keys()) if (end < oldest) this.outputs.delete(end)
  }

  /** Forgets the past, as before the first second. */
  reset(): void {
    this.network.release(this.state)
    this.blocks.reset()
    this.outputs.clear()
  }
}

function columnOf(values: Float32Array, rows: number, count: number, column: number): Float32Array {
  return Float32Array.from({ length: rows }, (_, row) => values[row * count + column]!)
}
