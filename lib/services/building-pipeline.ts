import type { Sample } from '@/lib/contracts/sample'
import { readHeadPeriods, readHeads } from '@/lib/data/home-heads'
import { ensureBuilding } from '@/lib/data/building-keys'
import { countStored, newestRawSeconds, readCheckpoint, readRaw } from '@/lib/data/raw-read'
import { Sequencer } from '@/lib/ingest/sequencer'
import { pool } from '@/lib/infra/db'
import type { LiveUpdate, StreamEntry } from '@/lib/live/live-store'
import type { DisaggregationEngine, OpenOptions, OrderedReading, PushResult } from '@/lib/nilm/session-types'
import { toLiveUpdate } from './live-update'
import { emptyWrites, type BuildingWrites } from './pending-writes'

/** Measured seconds between two checkpoints. */
const CHECKPOINT_SECONDS = 60
/** Without a checkpoint, stored readings of this long are fed again: none is older when the first one is written in time. */
const UNCHECKPOINTED_SECONDS = 3600

export interface PipelineOptions {
  engine: DisaggregationEngine
  worker: string
  windowSeconds: number
  /** Seconds of measurements between two published predictions. */
  inferenceIntervalSeconds: number
  /** Most seconds of one push that go into the live window. */
  publishedSeconds: () => number
  rejectedSamples(buildingId: string): number
}

/** One building of this worker, from stream entries to estimates, live update and rows to store. Calls must not overlap. */
export class BuildingPipeline {
  private waiting: Sample[] = []
  private checkpointedAtSeconds: number
  private usedAtMilliseconds = Date.now()
  private writes: BuildingWrites
  /** The home's own heads in effect. */
  private headIds: string[] = []

  private constructor(
    readonly buildingId: string,
    readonly shard: number,
    readonly buildingKey: number,
    private sequencer: Sequencer,
    private readonly options: PipelineOptions,
    leaseName: string,
    leaseEpoch: bigint,
  ) {
    this.checkpointedAtSeconds = sequencer.newestTimestampSeconds ?? Number.NEGATIVE_INFINITY
    this.writes = emptyWrites(buildingKey, leaseName, leaseEpoch)
  }

  /**
   * Restores the building as the last worker stored it: its checkpoint, the readings that warm the networks up, and the
   * readings stored after the checkpoint, which are fed again and give the rows they gave before.
   */
  static async open(
    buildingId: string,
    shard: number,
    lease: { name: string; epoch: bigint },
    options: PipelineOptions,
  ): Promise<BuildingPipeline> {
    const { engine } = options
    const { key } = await ensureBuilding(buildingId)
    const stored = await readCheckpoint(pool(), key)
    const newest = await newestRawSeconds(pool(), key)
    const checkpoint = stored && stored.modelVersion === engine.model.version ? stored : undefined
    // After a change of model the old state is of no use, but the readings still warm the new network up.
    const position = stored?.positionSeconds ?? (newest ?? 0) - UNCHECKPOINTED_SECONDS
    const history = newest === null
      ? []
      : await readRaw(pool(), key, position - engine.replaySeconds, position, { inOrderOnly: true })
    const heads = await readHeadPeriods(pool(), key, engine.model.version, position - engine.replaySeconds)
    const open = (options: OpenOptions) => engine.open(buildingId, { ...options, heads })
    let restored = false
    if (checkpoint) {
      // A checkpoint that this version cannot read costs the runs in progress, nothing more.
      restored = await open({ checkpoint, history }).then(
        () => true,
        () => engine.closeBuilding(buildingId).then(() => false),
      )
    }
    if (!restored) await open({ history })
    const pipeline = new BuildingPipeline(
      buildingId, shard, key, new Sequencer(stored?.positionSeconds ?? null), options, lease.name, lease.epoch,
    )
    pipeline.headIds = heads.filter(({ untilSeconds }) => untilSeconds === null).map(({ head }) => head.id)
    if (stored && !restored) pipeline.writes.runsEndedAt = position
    if (newest !== null) {
      const again = await readRaw(pool(), key, position, newest, { inOrderOnly: true })
      for (const reading of again) pipeline.sequencer.classify(reading, true)
      if (again.length > 0) pipeline.collect(await engine.push(buildingId, again, { provisional: 0, final: false }))
    }
    return pipeline
  }

  /**
   * Takes stream entries of this building, oldest first.
   * @param redelivered true when a dead worker had already read them
   * @returns what to publish, or null while the inference interval has not passed
   */
  async process(entries: readonly StreamEntry[], redelivered: boolean): Promise<LiveUpdate | null> {
    this.usedAtMilliseconds = Date.now()
    // Samples that overtook each other within one read are put right here; only later ones count as late.
    const ordered = [...entries].sort((a, b) => a.sample.timestampSeconds - b.sample.timestampSeconds)
    let update: LiveUpdate | null = null
    for (const entry of ordered) {
      const { sample } = entry
      const verdict = this.sequencer.classify(sample, redelivered || entry.redelivered === true)
      if (verdict.kind === 'duplicate') {
        this.writes.entries.push({ id: entry.id, shard: entry.shard })
        continue
      }
      let late = verdict.kind !== 'inOrder'
      if (verdict.kind === 'clockSetBack' && !(await this.isRepeated(verdict.streak))) {
        update = (await this.flushWaiting()) ?? update
        await this.restartAt(sample)
        late = false
      }
      // Both at once: a commit between two awaits must not acknowledge what it did not store.
      this.writes.raw.push({ buildingKey: this.buildingKey, sample, late })
      this.writes.entries.push({ id: entry.id, shard: entry.shard })
      if (!late) this.waiting.push(sample)
    }
    const first = this.waiting[0]
    const last = this.waiting.at(-1)
    if (!first || !last) return update
    const waitedSeconds = last.timestampSeconds - first.timestampSeconds + 1
    if (waitedSeconds < this.options.inferenceIntervalSeconds) return update
    return (await this.flushWaiting()) ?? update
  }

  /** What has to be stored now; the caller owns it, and hands it back with `putBack` if storing fails. */
  takeWrites(): BuildingWrites {
    const taken = this.writes
    this.writes = emptyWrites(taken.buildingKey, taken.leaseName, taken.leaseEpoch)
    // Minutes that no checkpoint has covered yet still owe their hours.
    if (!taken.checkpoint) this.writes.changedMinutes = taken.changedMinutes
    return taken
  }

  putBack(merge: (since: BuildingWrites) => BuildingWrites): void {
    this.writes = merge(this.writes)
  }

  get idleMilliseconds(): number {
    return Date.now() - this.usedAtMilliseconds
  }

  get unstoredReadings(): number {
    return this.writes.raw.length
  }

  /** Brings the estimates up to the newest reading and takes a checkpoint, for an orderly hand-over. */
  async settle(): Promise<LiveUpdate | null> {
    const update = await this.flushWaiting()
    if (this.sequencer.newestTimestampSeconds !== null) await this.takeCheckpoint()
    return update
  }

  /**
   * Lets the home's own heads take effect, or others in their place, from the next second on. That second is stored with the
   * estimates it changes, so that a replay changes the same ones.
   * @returns whether anything changed
   */
  async useHeads(headIds: readonly string[]): Promise<boolean> {
    if (headIds.length === this.headIds.length && headIds.every((id) => this.headIds.includes(id))) return false
    const heads = await readHeads(headIds)
    const fromSeconds = await this.options.engine.setHeads(this.buildingId, heads)
    this.headIds = [...headIds]
    this.writes.headChanges.push({ fromSeconds, headIds: this.headIds })
    return true
  }

  async close(): Promise<void> {
    await this.options.engine.closeBuilding(this.buildingId)
  }

  /** A producer that sends a stretch again repeats times and watts; a clock that was set back does not. */
  private async isRepeated(streak: readonly OrderedReading[]): Promise<boolean> {
    return (await countStored(pool(), this.buildingKey, streak)) > streak.length / 2
  }

  private async restartAt(sample: Sample): Promise<void> {
    const newest = this.sequencer.newestTimestampSeconds
    this.sequencer.followClock(sample.timestampSeconds)
    await this.options.engine.closeBuilding(this.buildingId)
    await this.options.engine.open(this.buildingId)
    // A new session has none; what the periods say of later times no longer holds.
    this.writes.headChanges.push({ fromSeconds: Math.floor(sample.timestampSeconds), headIds: [] })
    this.headIds = []
    this.writes.clockSetBackTo = sample.timestampSeconds
    this.writes.runsEndedAt = newest
    for (const row of this.writes.raw) if (row.sample.timestampSeconds > sample.timestampSeconds) row.late = true
    this.writes.checkpoint = null
    this.checkpointedAtSeconds = sample.timestampSeconds
  }

  private async flushWaiting(): Promise<LiveUpdate | null> {
    if (this.waiting.length === 0) return null
    const samples = this.waiting
    this.waiting = []
    const result = await this.options.engine.push(
      this.buildingId,
      samples.map(({ timestampSeconds, powerWatts }) => ({ timestampSeconds, powerWatts })),
      { provisional: this.options.publishedSeconds(), final: false },
    )
    this.collect(result)
    const newest = samples.at(-1)
    if (newest && newest.timestampSeconds - this.checkpointedAtSeconds >= CHECKPOINT_SECONDS) await this.takeCheckpoint()
    const latest = result.provisional.at(-1)
    if (!newest || !latest) return null
    return toLiveUpdate(this.buildingId, newest, latest, result, this.options, this.sequencer)
  }

  private async takeCheckpoint(): Promise<void> {
    const checkpoint = await this.options.engine.checkpoint(this.buildingId)
    this.writes.checkpoint = checkpoint
    this.checkpointedAtSeconds = checkpoint.positionSeconds
  }

  private collect(result: PushResult): void {
    for (const minute of result.minutes) {
      this.writes.minutes.set(minute.minuteSeconds, minute)
      this.writes.changedMinutes.add(minute.minuteSeconds)
    }
    for (const run of result.activations) this.writes.activations.set(`${run.appliance} ${run.startedAtSeconds}`, run)
  }
}
