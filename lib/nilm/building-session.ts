import type { MeterSpan } from '@/lib/domain/energy'
import { ActivationTracker } from './activation-tracker'
import { readCheckpoint, type CheckpointState } from './checkpoint-state'
import { EstimateHorizon, type OutputColumn } from './estimate-horizon'
import { GridResampler, type GridSecond } from './grid-resampler'
import { MeasuredWindow } from './measured-window'
import { MinuteAccumulator } from './minute-accumulator'
import { NetworkFeed } from './network-feed'
import { packPending, unpackPending, type PendingSecond } from './pending-seconds'
import type { SessionModel } from './session-model'
import type { OrderedReading, PushResult, SecondEstimate, SessionCheckpoint } from './session-types'
import { HORIZONS } from './stream-network'
import { StretchCollector } from './stretch-collector'

/** A stored time may have lost what lies below a microsecond. */
const POSITION_TOLERANCE_SECONDS = 0.001

type Estimates = Pick<PushResult, 'provisional' | 'final'>

/**
 * Disaggregation of one building: readings in, estimates out. The results do not depend on how the readings are split into
 * pushes. Calls must not overlap; the engines see to that.
 */
export class BuildingSession {
  private readonly resampler = new GridResampler()
  private readonly feed: NetworkFeed
  private readonly window: MeasuredWindow
  private readonly provisional: EstimateHorizon
  private readonly final: EstimateHorizon
  private readonly minutes = new MinuteAccumulator()
  private readonly activations: ActivationTracker
  /** Seconds without final estimates yet, oldest first; consecutive. */
  private pending: PendingSecond[] = []
  private failed = false

  /** @param onSpan hears what each pushed reading covers, in order */
  constructor(
    private readonly model: SessionModel,
    private readonly onSpan: (span: MeterSpan) => void = () => {},
  ) {
    this.feed = new NetworkFeed(model.network)
    this.window = new MeasuredWindow(model.description.windowSeconds)
    this.provisional = new EstimateHorizon(HORIZONS.provisional, model.appliances)
    this.final = new EstimateHorizon(HORIZONS.final, model.appliances)
    this.activations = new ActivationTracker(model.appliances)
  }

  /**
   * Takes readings newer than all before.
   * @throws Error where they are not, before anything changes, or where the network fails; the session is then lost
   */
  async push(readings: readonly OrderedReading[]): Promise<PushResult> {
    this.assertUsable(readings)
    return this.process((collector) => {
      for (const reading of readings) this.resampler.push(reading, collector)
    })
  }

  /** Ends the data: the second in progress is closed, and what is provisional becomes final. */
  async finish(): Promise<PushResult> {
    this.assertUsable([])
    return this.process((collector) => {
      this.resampler.finish(collector)
      collector.restart()
    })
  }

  /**
   * Brings a new session to a checkpoint's state, or warms it with recent readings. Produces no output.
   * @throws see readCheckpoint
   */
  async open(checkpoint: SessionCheckpoint | undefined, history: readonly OrderedReading[]): Promise<void> {
    if (!checkpoint) {
      await this.push(history)
      return
    }
    const state = readCheckpoint(checkpoint)
    const until = checkpoint.positionSeconds + POSITION_TOLERANCE_SECONDS
    const reachesPosition = await this.replay(history.filter((reading) => reading.timestampSeconds <= until), checkpoint)
    if (!reachesPosition) this.feed.reset()
    this.install(state)
  }

  checkpoint(): SessionCheckpoint {
    const state: CheckpointState = {
      resampler: this.resampler.save(),
      window: this.window.save(),
      gates: { provisional: this.provisional.save(), final: this.final.save() },
      pending: packPending(this.pending),
      minutes: this.minutes.save(),
      runs: this.activations.save(),
    }
    return {
      format: 1,
      modelVersion: this.model.description.version,
      positionSeconds: this.resampler.positionSeconds ?? 0,
      state,
    }
  }

  /** Gives the network's memory back. */
  close(): void {
    this.feed.reset()
  }

  private async process(collect: (collector: StretchCollector) => void): Promise<PushResult> {
    const startedAt = performance.now()
    const collector = new StretchCollector((span) => {
      this.minutes.addSpan(span)
      this.onSpan(span)
    })
    const estimates: Estimates = { provisional: [], final: [] }
    this.failed = true
    collect(collector)
    for (const { afterOutage, seconds } of collector.stretches) {
      if (afterOutage) this.restart(estimates)
      for await (const chunk of this.feed.feed(seconds)) {
        for (const [column, second] of chunk.seconds.entries()) {
          const from = chunk.output && { output: chunk.output, count: chunk.seconds.length, column }
          this.estimate(second, from, estimates)
        }
      }
    }
    this.failed = false
    return {
      ...estimates,
      minutes: this.minutes.take(this.pending, this.resampler.positionSeconds ?? 0),
      activations: this.activations.takeChanged(),
      bufferSeconds: this.window.bufferSeconds,
      meterIntervalSeconds: this.resampler.intervalSeconds,
      inferenceMilliseconds: performance.now() - startedAt,
    }
  }

  /** One output column: the newest second provisionally, the one `lookaheadSeconds` before it finally. */
  private estimate(second: GridSecond, from: OutputColumn | null, into: Estimates): void {
    const { timestampSeconds, powerWatts: totalWatts, coveredSeconds } = second
    this.window.add(coveredSeconds > 0)
    const estimated = this.provisional.estimate(from, totalWatts, this.window.completeness)
    const newest = { timestampSeconds, totalWatts, coveredSeconds, ...estimated }
    if (coveredSeconds > 0) into.provisional.push(toSecondEstimate(newest))
    this.pending.push(newest)
    if (this.pending.length <= this.model.description.lookaheadSeconds) return
    const oldest = this.pending.shift()!
    this.settle({ ...oldest, ...this.final.estimate(from, oldest.totalWatts, this.window.completeness) }, into)
  }

  private settle(second: PendingSecond, into: Estimates): void {
    if (second.coveredSeconds > 0) into.final.push(toSecondEstimate(second))
    this.minutes.addFinal(second)
    this.activations.add(second)
  }

  /** After an outage: what is provisional stays as it is, and everything that looks back starts anew. */
  private restart(into: Estimates): void {
    for (const second of this.pending) this.settle(second, into)
    this.pending = []
    this.activations.endAll()
    this.feed.reset()
    this.window.reset()
    this.provisional.reset()
    this.final.reset()
  }

  /** Feeds readings to the network alone. @returns whether they lead up to the checkpoint's position */
  private async replay(history: readonly OrderedReading[], checkpoint: SessionCheckpoint): Promise<boolean> {
    const resampler = new GridResampler()
    const collector = new StretchCollector(() => {})
    for (const reading of history) resampler.push(reading, collector)
    for (const { afterOutage, seconds } of collector.stretches) {
      if (afterOutage) this.feed.reset()
      for await (const _ of this.feed.feed(seconds)) continue
    }
    const endSeconds = resampler.positionSeconds
    return endSeconds !== null && Math.abs(endSeconds - checkpoint.positionSeconds) <= POSITION_TOLERANCE_SECONDS
  }

  private install(state: CheckpointState): void {
    // A window fuller than what the network has seen again would claim a confidence it does not have.
    const seenAll = this.feed.secondsFed >= this.model.receptiveFieldSeconds
    this.window.restore(state.window, seenAll ? undefined : this.feed.secondsFed)
    this.resampler.restore(state.resampler)
    this.provisional.restore(state.gates.provisional)
    this.final.restore(state.gates.final)
    this.pending = unpackPending(state.pending)
    this.minutes.restore(state.minutes)
    this.activations.restore(state.runs)
  }

  private assertUsable(readings: readonly OrderedReading[]): void {
    if (this.failed) throw new Error('The session failed before; open the building again from its last checkpoint.')
    let newest = this.resampler.positionSeconds ?? Number.NEGATIVE_INFINITY
    for (const { timestampSeconds, powerWatts } of readings) {
      if (!Number.isFinite(timestampSeconds) || !Number.isFinite(powerWatts)) {
        throw new Error(`A reading must have a finite time and power, not ${timestampSeconds} s and ${powerWatts} W.`)
      }
      if (timestampSeconds <= newest) {
        throw new Error(`Readings must be newer than all before: ${timestampSeconds} s came after ${newest} s.`)
      }
      newest = timestampSeconds
    }
  }
}

function toSecondEstimate({ timestampSeconds, totalWatts, appliances, otherWatts }: PendingSecond): SecondEstimate {
  return { timestampSeconds, totalWatts, appliances, otherWatts }
}
