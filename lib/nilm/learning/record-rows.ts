import { APPLIANCE_COUNT } from '@/lib/contracts/appliances'
import { GridResampler, type GridSecond } from '../grid-resampler'
import { NetworkFeed } from '../network-feed'
import type { SessionModel } from '../session-model'
import type { OrderedReading } from '../session-types'
import { StretchCollector } from '../stretch-collector'
import type { MeterKind } from '../output-blend'
import { HORIZONS, OUTPUT_KINDS, outputChannel, type HorizonName } from '../stream-network'
import { RowTable, type RecordedRows } from './row-table'

/**
 * Which seconds are kept: every how many of them at a time, 0 = none. A second is kept where it is a multiple.
 */
export type StrideAt = (timestampSeconds: number) => number

interface HalfRow {
  second: GridSecond
  hidden: Float32Array
  logits: Float32Array
  onPowers: Float32Array
}

/**
 * Runs readings through the shared model as a session does and keeps, of the seconds wanted, its calibrated answers and what its
 * heads saw.
 * @param readings in time order, in parts of any size
 * @throws Error where the model's graphs do not answer hidden channels
 */
export async function recordRows(
  model: SessionModel,
  readings: AsyncIterable<readonly OrderedReading[]> | Iterable<readonly OrderedReading[]>,
  strideAt: StrideAt,
): Promise<RecordedRows> {
  const { networks } = model
  if (!networks || !model.description.learnable) throw new Error('The model has no hidden channels to learn from.')
  const { lookaheadSeconds } = networks
  const feed = new NetworkFeed(networks, true)
  const resampler = new GridResampler()
  const fastChannels = networks.fast.hiddenChannels
  const slowChannels = networks.slow?.network.hiddenChannels ?? 0
  const table = new RowTable(fastChannels, slowChannels)
  let halves = new Map<number, HalfRow>()

  try {
    for await (const part of readings) {
      const collector = new StretchCollector(() => {})
      for (const reading of part) resampler.push(reading, collector)
      for (const { afterOutage, seconds } of collector.stretches) {
        if (afterOutage) {
          feed.reset()
          halves = new Map()
        }
        for await (const { seconds: chunk, columnAt, hidden } of feed.feed(seconds)) {
          if (!hidden) throw new Error('The model answered without the hidden channels it was asked for.')
          for (const [column, second] of chunk.entries()) {
            const about = second.timestampSeconds - lookaheadSeconds
            const half = halves.get(about)
            const stride = strideAt(second.timestampSeconds)
            const isWanted = stride > 0 && second.timestampSeconds % stride === 0 && second.coveredSeconds > 0
            if (!half && !isWanted) continue
            const blocks = feed.blocksAt(second.timestampSeconds)
            const row = (horizon: 'provisional' | 'final'): HalfRow | null => {
              const block = blocks[horizon]?.hidden
              if (slowChannels > 0 && !block) return null
              const both = new Float32Array(fastChannels + slowChannels)
              for (let i = 0; i < fastChannels; i++) both[i] = hidden[i * chunk.length + column]!
              if (block) both.set(block, fastChannels)
              const { output, meter } = columnAt(column)!
              const read = (kind: number) => Float32Array.from({ length: APPLIANCE_COUNT }, (_, appliance) => {
                return output[outputChannel(HORIZONS[horizon], kind, appliance) * chunk.length + column]!
              })
              const logits = read(OUTPUT_KINDS.logit).map((logit, appliance) => logit - levelOf(model, appliance, meter, horizon))
              return { second, hidden: both, logits, onPowers: read(OUTPUT_KINDS.onPowerWatts) }
            }
            if (half) {
              halves.delete(about)
              const final = row('final')
              if (final) table.add(half.second, strideAt(about), half, final)
            }
            const provisional = isWanted ? row('provisional') : null
            if (provisional) halves.set(second.timestampSeconds, provisional)
          }
        }
      }
    }
  } finally {
    feed.reset()
  }
  return table.finish()
}

/** The calibrated logit from which on the appliance is taken as on. */
function levelOf(model: SessionModel, appliance: number, meter: MeterKind, horizon: HorizonName): number {
  const threshold = model.appliances[appliance]?.blend[meter][horizon].threshold ?? 0.5
  return Math.log(threshold / (1 - threshold))
}
