import type { OutputColumn } from './estimate-horizon'
import { FeatureBuilder } from './feature-builder'
import type { GridSecond } from './grid-resampler'
import { anyInEffect, applyHeads, type HeadPeriod } from './home-head'
import type { ApplianceModel } from './model-manifest'
import { blendOutputs, meterKind } from './output-blend'
import { SlowFeed, type BlockOutput } from './slow-feed'
import type { NetworkState, SecondNetwork } from './stream-network'

/** Seconds in one run of the network; longer stretches are cut, so that memory stays bounded and other buildings get a turn. */
const CHUNK_SECONDS = 1024

export interface FedChunk {
  seconds: readonly GridSecond[]
  /** The calibrated output of seconds[index]; null without a network. */
  columnAt: (index: number) => OutputColumn | null
  /** The fast network's hidden channels [channels, seconds.length]; null unless wanted. */
  hidden: Float32Array | null
}

/** The networks all buildings share, and how their answers become one. */
export interface Networks {
  fast: SecondNetwork
  slow: { network: SecondNetwork; lookaheadBlocks: number } | null
  appliances: readonly (ApplianceModel | null)[]
  lookaheadSeconds: number
  coarseIntervalSeconds: number
  /** How many seconds the fast network and its features look back. */
  fastMemorySeconds: number
}

/** One building's way into the networks: features and cached states, in step with each other. */
export class NetworkFeed {
  private readonly features = new FeatureBuilder()
  private readonly state: NetworkState = { memory: null }
  private readonly slow: SlowFeed | null
  private fedSeconds = 0
  private heads: readonly HeadPeriod[] = []
  private readonly wantsHidden = (first: number, last: number) => this.records || anyInEffect(this.heads, first, last)

  /** @param records whether every answer comes with the hidden channels, for whoever fits heads */
  constructor(
    private readonly networks: Networks | null,
    private readonly records = false,
  ) {
    const slow = networks?.slow
    this.slow = slow ? new SlowFeed(slow.network, slow.lookaheadBlocks, networks.lookaheadSeconds) : null
  }

  /** Seconds since the first one or the last reset. */
  get secondsFed(): number {
    return this.fedSeconds
  }

  /** The home's own heads, for seconds not fed yet. */
  useHeads(periods: readonly HeadPeriod[]): void {
    this.heads = periods
  }

  /** The slow network's answers that a column of this time has, while its chunk is in hand. */
  blocksAt(timestampSeconds: number): { provisional: BlockOutput | undefined; final: BlockOutput | undefined } {
    return { provisional: this.slow?.provisionalAt(timestampSeconds), final: this.slow?.finalAt(timestampSeconds) }
  }

  /** Runs consecutive seconds through the networks, chunk by chunk. */
  async *feed(seconds: readonly GridSecond[]): AsyncGenerator<FedChunk> {
    for (let start = 0; start < seconds.length; start += CHUNK_SECONDS) {
      const chunk = seconds.slice(start, start + CHUNK_SECONDS)
      yield { seconds: chunk, ...(await this.run(chunk)) }
      this.slow?.forgetBefore(chunk.at(-1)!.timestampSeconds)
    }
  }

  /** Brings the states to the end of consecutive seconds after a reset, without the answers on the way. */
  async warm(seconds: readonly GridSecond[]): Promise<void> {
    const recentFrom = Math.max(0, seconds.length - (this.networks?.fastMemorySeconds ?? 0))
    for (let start = 0; start < recentFrom; start += CHUNK_SECONDS) {
      await this.slow?.advance(seconds.slice(start, Math.min(start + CHUNK_SECONDS, recentFrom)), this.wantsHidden)
    }
    this.fedSeconds += recentFrom
    for await (const _ of this.feed(seconds.slice(recentFrom))) continue
  }

  /** Forgets the past, as before the first second. */
  reset(): void {
    this.networks?.fast.release(this.state)
    this.features.reset()
    this.slow?.reset()
    this.fedSeconds = 0
  }

  private async run(chunk: readonly GridSecond[]): Promise<Pick<FedChunk, 'columnAt' | 'hidden'>> {
    this.fedSeconds += chunk.length
    const { networks } = this
    if (!networks) return { columnAt: () => null, hidden: null }
    const { coarseIntervalSeconds } = networks
    await this.slow?.advance(chunk, this.wantsHidden)
    const wanted = this.wantsHidden(chunk[0]!.timestampSeconds, chunk.at(-1)!.timestampSeconds)
    const { output, hidden } = await networks.fast.run(this.features.build(chunk), chunk.length, this.state, wanted)
    blendOutputs(output, chunk, this.slow, networks.appliances, coarseIntervalSeconds)
    if (wanted && this.heads.length > 0) applyHeads(output, chunk, hidden, this.slow, this.heads)
    const columnAt = (column: number): OutputColumn => {
      const meter = meterKind(chunk[column]!.intervalSeconds, coarseIntervalSeconds)
      return { output, count: chunk.length, column, meter }
    }
    return { columnAt, hidden }
  }
}
