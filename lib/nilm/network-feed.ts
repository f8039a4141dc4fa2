import { FeatureBuilder } from './feature-builder'
import type { GridSecond } from './grid-resampler'
import type { NetworkState, SecondNetwork } from './stream-network'

/** Seconds in one run of the network; longer stretches are cut, so that memory stays bounded and other buildings get a turn. */
const CHUNK_SECONDS = 1024

export interface FedChunk {
  seconds: readonly GridSecond[]
  /** [44, seconds.length], row-major; null without a network. */
  output: Float32Array | null
}

/** One building's way into the network: features and cached state, in step with each other. */
export class NetworkFeed {
  private readonly features = new FeatureBuilder()
  private readonly state: NetworkState = { tensors: null }
  private fedSeconds = 0

  constructor(private readonly network: SecondNetwork | null) {}

  /** Seconds since the first one or the last reset. */
  get secondsFed(): number {
    return this.fedSeconds
  }

  /** Runs consecutive seconds through the network, chunk by chunk. */
  async *feed(seconds: readonly GridSecond[]): AsyncGenerator<FedChunk> {
    for (let start = 0; start < seconds.length; start += CHUNK_SECONDS) {
      const chunk = seconds.slice(start, start + CHUNK_SECONDS)
      const output = this.network
        ? await this.network.run(this.features.build(chunk), chunk.length, this.state)
        : null
      this.fedSeconds += chunk.length
      yield { seconds: chunk, output }
    }
  }

  /** Forgets the past, as before the first second. */
  reset(): void {
    this.network?.release(this.state)
    this.features.reset()
    this.fedSeconds = 0
  }
}
