import type { MeterSpan } from '@/lib/domain/energy'
import { ActivationTracker } from './activation-tracker'
import { readCheckpoint, type CheckpointState } from './checkpoint-state'
import { EstimateHorizon, type OutputColumn } from './estimate-horizon'
import { replaceFrom, type HeadPeriod, type HomeHead } from './home-head'
import { GridResampler, type GridSecond } from './grid-resampler'
import { MeasuredWindow } from './measured-window'
import { MinuteAccumulator } from './minute-accumulator'
import { NetworkFeed } from './network-feed'
import { packPending, unpackPending, type MeteredEstimate, type PendingSecond } from './pending-seconds'
import type { SessionModel } from './session-model'
import type { OrderedReading, PushResult, SecondEstimate, SessionCheckpoint } from './session-types'
import { ReadingMean } from './reading-mean'
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
  /** Seconds without final estimates yet, oldest first; consecutive, at most `lookaheadSeconds` and those of `settling`. */
  private pending: PendingSecond[] = []
  /** The oldest of them that wait for the rest of their reading. */
  private readonly settling = new ReadingMean()
  private newestIntervalSeconds = 1
  private heads: readonly HeadPeriod[] = []
  private failed = false

  /** @param onSpan hears what each pushed reading covers, in order */
  constructor(
    private readonly model: SessionModel,
    private readonly onSpan: (span: MeterSpan) => void = () => {},
  ) {
    this.feed = new NetworkFeed(model.networks)
    this.window = new MeasuredWindow(model.description.windowSeconds)
    this.provisional = new EstimateHorizon('provisional', model.appliances)
    this.final = new EstimateHorizon('final', model.appliances)
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

  /** Ends the data: the second in progress is closed, and every second gets its final estimates. */
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
  async open(
    checkpoint: SessionCheckpoint | undefined,
    history: readonly OrderedReading[],
    heads: readonly HeadPeriod[] = [],
  ): Promise<void> {
    this.applyHeads(heads)
    if (!checkpoint) return this.warm(history)
    const state = readCheckpoint(checkpoint)
    const until = checkpoint.positionSeconds + POSITION_TOLERANCE_SECONDS
    const resampler = new GridResampler()
    await this.replay(history.filter((reading) => reading.timestampSeconds <= until), resampler)
    const missingSeconds = checkpoint.positionSeconds - (resampler.positionSeconds ?? 0)
    if (missingSeconds > POSITION_TOLERANCE_SECONDS) this.feed.reset()
    this.install(state)
  }

  /** Estimates cost more than the networks' memory of them: all but the newest readings go into that alone. */
  private async warm(history: readonly OrderedReading[]): Promise<void> {
    this.assertUsable(history)
    const recentFrom = (history.at(-1)?.timestampSeconds ?? 0) - (this.model.networks?.fastMemorySeconds ?? 0)
    const recentAt = history.findIndex((reading) => reading.timestampSeconds > recentFrom)
    await this.replay(history.slice(0, Math.max(recentAt, 0)), this.resampler)
    await this.push(history.slice(Math.max(recentAt, 0)))
  }

  /**
   * Makes these the home's own heads for every second after the newest reading, in place of those before.
   * @returns the first second they hold for
   */
  setHeads(heads: readonly HomeHead[]): number {
    const fromSeconds = Math.floor(this.resampler.positionSeconds ?? 0) + 1
    this.applyHeads(replaceFrom(this.heads, heads, fromSeconds))
    return fromSeconds
  }

  private applyHeads(heads: readonly HeadPeriod[]): void {
    this.heads = heads
    this.feed.useHeads(heads)
  }

  checkpoint(): SessionCheckpoint {
    const state: CheckpointState = {
      resampler: this.resampler.save(),
      window: this.window.save(),
      gates: { provisional: this.provisional.save(), final: this.final.save() },
      pending: packPending(this.pending),
      settling: this.settling.save(),
      newestIntervalSeconds: this.newestIntervalSeconds,
      minutes: this.minutes.save(),
      runs: this.activations.save(),
    }
    return {
      format: 3,
      modelVersion: this.model.description.version,
      positionSeconds: this.resampler.positionSeconds ?? 0,
      state,
    }
  }

  /** Gives the network's memory back. */
  close(): void {
    this.feed.reset()
  }

  /** Every second up to this time has its final estimates. */
  private get settledUntilSeconds(): number {
    const oldest = this.pending[0]
    return oldest ? oldest.timestampSeconds - 1 : Math.floor(this.resampler.positionSeconds ?? 0)
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
      if (afterOutage) await this.restart(estimates)
      for await (const chunk of this.feed.feed(seconds)) {
        for (const [column, second] of chunk.seconds.entries()) {
          this.estimate(second, chunk.columnAt(column), estimates)
        }
      }
    }
    this.failed = false
    return {
      ...estimates,
      minutes: this.minutes.take(this.settledUntilSeconds),
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
    const newest = { timestampSeconds, totalWatts, coveredSeconds }
    const estimated = { ...newest, ...this.provisional.estimate(from, totalWatts, this.window.completeness) }
    if (coveredSeconds > 0) into.provisional.push(toSecondEstimate(estimated))
    this.minutes.addProvisional(estimated)
    this.pending.push(newest)
    this.newestIntervalSeconds = second.intervalSeconds
    if (this.unanswered > this.model.description.lookaheadSeconds) this.settleOldest(from, into)
  }

  /** How many seconds the final horizon has not spoken of. */
  private get unanswered(): number {
    return this.pending.length - this.settling.seconds
  }

  /** Takes the answer about the oldest second without one; with the last of a reading, all its seconds get their final estimates. */
  private settleOldest(from: OutputColumn | null, into: Estimates): void {
    const { totalWatts } = this.pending[this.settling.seconds]!
    this.settling.add(from, this.newestIntervalSeconds)
    const next = this.pending[this.settling.seconds]
    if (!this.settling.isFull && next?.totalWatts === totalWatts) return
    const { seconds } = this.settling
    const mean = this.settling.take()
    const estimated = this.final.estimate(mean, totalWatts, this.window.completeness, seconds)
    for (const second of this.pending.splice(0, seconds)) {
      const settled = { ...second, ...estimated }
      if (settled.coveredSeconds > 0) into.final.push(toSecondEstimate(settled))
      this.minutes.addFinal(settled)
      this.activations.add(settled)
    }
  }

  /** After an outage: the final estimates still due are made as if the power had stayed, and everything that looks back starts anew. */
  private async restart(into: Estimates): Promise<void> {
    const { lookaheadSeconds } = this.model.description
    let heldFor = 0
    for await (const chunk of this.feed.feed(this.heldSeconds())) {
      for (const column of chunk.seconds.keys()) {
        heldFor++
        const speaksOfPending = lookaheadSeconds - heldFor < this.unanswered
        if (speaksOfPending) this.settleOldest(chunk.columnAt(column), into)
      }
    }
    this.activations.endAll()
    this.feed.reset()
    this.window.reset()
    this.provisional.reset()
    this.final.reset()
  }

  /** The seconds after the newest one that its final estimates would see, with its power. */
  private heldSeconds(): GridSecond[] {
    const newest = this.pending.at(-1)
    if (!newest) return []
    const { lookaheadSeconds } = this.model.description
    return Array.from({ length: lookaheadSeconds }, (_, i) => ({
      timestampSeconds: newest.timestampSeconds + i + 1,
      powerWatts: newest.totalWatts,
      coveredSeconds: 0,
      intervalSeconds: this.newestIntervalSeconds,
    }))
  }

  /** Feeds readings to the networks alone. */
  private async replay(history: readonly OrderedReading[], resampler: GridResampler): Promise<void> {
    const collector = new StretchCollector(() => {})
    for (const reading of history) resampler.push(reading, collector)
    for (const { afterOutage, seconds } of collector.stretches) {
      if (afterOutage) this.feed.reset()
      await this.feed.warm(seconds)
    }
  }

  private install(state: CheckpointState): void {
    // A window fuller than what the network has seen again would claim a confidence it does not have.
    const seenAll = this.feed.secondsFed >= this.model.receptiveFieldSeconds
    this.window.restore(state.window, seenAll ? undefined : this.feed.secondsFed)
    this.resampler.restore(state.resampler)
    this.provisional.restore(state.gates.provisional)
    this.final.restore(state.gates.final)
    this.pending = unpackPending(state.pending)
    this.settling.restore(state.settling)
    this.newestIntervalSeconds = state.newestIntervalSeconds
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

function toSecondEstimate({ timestampSeconds, totalWatts, appliances, otherWatts }: MeteredEstimate): SecondEstimate {
  return { timestampSeconds, totalWatts, appliances, otherWatts }
}
