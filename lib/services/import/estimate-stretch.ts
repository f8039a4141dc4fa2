import type { PoolClient } from 'pg'
import { createCheckpoint, deleteOtherRuns, minuteCoverage, nextReadingAfter, runsAround } from '@/lib/data/history-write'
import { readHeadPeriods } from '@/lib/data/home-heads'
import { ensurePartitions, forgetPartitions } from '@/lib/data/partitions'
import { readRaw } from '@/lib/data/raw-read'
import { rollUpHours, upsertActivations, upsertMinutes } from '@/lib/data/series-write'
import { pool, withTransaction } from '@/lib/infra/db'
import { BuildingSession } from '@/lib/nilm/building-session'
import type { SessionModel } from '@/lib/nilm/session-model'
import type { ActivationEstimate, MinuteEstimate, PushResult, SessionCheckpoint } from '@/lib/nilm/session-types'
import { estimateUntil } from './live-boundary'

const PART_SECONDS = 3600
const PUSH_READINGS = 2048
/** Measured time between two commits. */
const COMMIT_SECONDS = 6 * 3600
/** A run that a stretch's edge cuts is estimated anew as a whole, within a day. */
const LONGEST_RUN_SECONDS = 86_400
const EDGE_SECONDS = 300
/** The longest time one reading can cover, before it; and it shortens what the next one covers. */
const LONGEST_SPAN_SECONDS = 150
const MINUTE = 60

export interface StretchRequest {
  buildingKey: number
  /** New readings lie between these. Unix seconds. */
  fromSeconds: number
  toSeconds: number
  model: SessionModel
  modelVersionId: number
}

export interface StretchHooks {
  /** @param reachedSeconds estimates are stored up to here @throws to stop */
  progress(reachedSeconds: number): Promise<void>
  /** Called within the transaction of each commit. */
  save(client: PoolClient, reachedSeconds: number): Promise<void>
}

/**
 * Runs the models over stored readings of the past and stores minutes, hours and runs, as if the readings had come one after the
 * other; runs in progress at either edge are estimated as a whole. Again gives the same. A minute that is stored with more of its
 * time measured stays, and what a live session is at work on is left to it.
 */
export async function estimateStretch(request: StretchRequest, hooks: StretchHooks): Promise<void> {
  const { buildingKey, model } = request
  const { fromSeconds, toSeconds } = await widen(request)
  if (fromSeconds >= toSeconds) return
  const session = new BuildingSession(model)
  try {
    const history = await readRaw(pool(), buildingKey, fromSeconds - model.replaySeconds, fromSeconds, { inOrderOnly: false })
    const heads = await readHeadPeriods(pool(), buildingKey, model.description.version, fromSeconds - model.replaySeconds)
    await session.open(undefined, history, heads)
    const writer = new StretchWriter(request, hooks, fromSeconds, toSeconds, model.description.lookaheadSeconds)
    let start = fromSeconds
    while (start < toSeconds) {
      const end = Math.min(start + PART_SECONDS, toSeconds)
      const readings = await readRaw(pool(), buildingKey, start, end, { inOrderOnly: false })
      for (let at = 0; at < readings.length; at += PUSH_READINGS) {
        writer.take(await session.push(readings.slice(at, at + PUSH_READINGS)))
      }
      // Over a gap at once.
      const next = readings.length > 0 ? end : await nextReadingAfter(pool(), buildingKey, end)
      start = next === null ? toSeconds : Math.max(end, next - 1)
      await writer.commitIfDue(Math.min(start, toSeconds))
    }
    const following = await nextReadingAfter(pool(), buildingKey, toSeconds)
    // What comes after settles the last minutes; where nothing does, live readings may go on from here.
    const checkpoint = following === null ? session.checkpoint() : null
    const lookahead = model.description.lookaheadSeconds + MINUTE
    const after =
      following === null ? [] : await readRaw(pool(), buildingKey, toSeconds, toSeconds + lookahead, { inOrderOnly: false })
    if (after.length > 0) writer.take(await session.push(after))
    if (after.length === 0 || after.at(-1)!.timestampSeconds < toSeconds + lookahead - MINUTE) writer.take(await session.finish())
    await writer.finish(checkpoint)
  } finally {
    session.close()
  }
}

/** The stretch with the runs that its edges cut, up to where a live session takes over. */
async function widen({ buildingKey, fromSeconds: first, toSeconds: last }: StretchRequest) {
  let fromSeconds = Math.floor((first - LONGEST_SPAN_SECONDS) / MINUTE) * MINUTE
  let toSeconds = Math.ceil((last + LONGEST_SPAN_SECONDS) / MINUTE) * MINUTE
  for (;;) {
    const starts = (await runsAround(pool(), buildingKey, fromSeconds, EDGE_SECONDS)).map(({ startedAt }) => startedAt)
    const earlier = Math.floor(Math.min(...starts) / MINUTE - 1) * MINUTE
    if (starts.length === 0 || earlier < first - LONGEST_RUN_SECONDS) break
    fromSeconds = earlier
  }
  for (;;) {
    const ends = (await runsAround(pool(), buildingKey, toSeconds, 0)).map(({ endedAt }) => endedAt ?? 0)
    const later = Math.ceil(Math.max(...ends) / MINUTE + 1) * MINUTE
    if (ends.length === 0 || later <= toSeconds || later > last + LONGEST_RUN_SECONDS) break
    toSeconds = later
  }
  return { fromSeconds, toSeconds: Math.min(toSeconds, Math.floor((await estimateUntil(buildingKey)) / MINUTE) * MINUTE) }
}

/** Gathers what a session answers about one stretch and stores it. */
class StretchWriter {
  private minutes = new Map<number, MinuteEstimate>()
  private runs = new Map<string, ActivationEstimate>()
  /** Minutes estimated so far, of those whose runs are not settled. */
  private readonly estimated = new Map<number, number>()
  private runsSettledUntil: number
  private committedUntil: number

  constructor(
    private readonly request: StretchRequest,
    private readonly hooks: StretchHooks,
    private readonly fromSeconds: number,
    private readonly toSeconds: number,
    private readonly lookaheadSeconds: number,
  ) {
    this.runsSettledUntil = fromSeconds
    this.committedUntil = fromSeconds
  }

  take({ minutes, activations }: PushResult): void {
    for (const minute of minutes) {
      if (minute.minuteSeconds < this.fromSeconds || minute.minuteSeconds >= this.toSeconds) continue
      this.minutes.set(minute.minuteSeconds, minute)
      this.estimated.set(minute.minuteSeconds, minute.coveredSeconds)
    }
    for (const run of activations) {
      if (run.startedAtSeconds < this.fromSeconds || run.startedAtSeconds >= this.toSeconds) continue
      this.runs.set(`${run.appliance} ${run.startedAtSeconds}`, run)
    }
  }

  async commitIfDue(reachedSeconds: number): Promise<void> {
    if (reachedSeconds - this.committedUntil >= COMMIT_SECONDS)
      await this.commit(reachedSeconds, reachedSeconds - this.lookaheadSeconds, null)
    await this.hooks.progress(reachedSeconds)
  }

  /** @param checkpoint where live readings may go on from */
  async finish(checkpoint: SessionCheckpoint | null): Promise<void> {
    for (const run of this.runs.values()) run.endedAtSeconds ??= this.toSeconds
    await this.commit(this.toSeconds, this.toSeconds, checkpoint)
    await this.hooks.progress(this.toSeconds)
  }

  private async commit(reachedSeconds: number, runsUntil: number, checkpoint: SessionCheckpoint | null): Promise<void> {
    try {
      await withTransaction(async (client) => {
        await this.store(client, Math.max(runsUntil, this.runsSettledUntil))
        if (checkpoint) await createCheckpoint(client, this.request.buildingKey, checkpoint)
        await this.hooks.save(client, reachedSeconds)
      })
    } catch (error) {
      forgetPartitions()
      throw error
    }
    this.minutes = new Map()
    this.runs = new Map()
    this.runsSettledUntil = Math.max(runsUntil, this.runsSettledUntil)
    this.committedUntil = reachedSeconds
    for (const minute of this.estimated.keys()) if (minute + MINUTE < this.runsSettledUntil) this.estimated.delete(minute)
  }

  private async store(client: PoolClient, runsUntil: number): Promise<void> {
    const { buildingKey, modelVersionId } = this.request
    const times = [...this.minutes.keys(), ...[...this.runs.values()].map(({ startedAtSeconds }) => startedAtSeconds)]
    await ensurePartitions(
      client,
      times.flatMap((seconds) => [seconds, Math.floor(seconds / 3600) * 3600]),
    )
    const first = Math.min(this.runsSettledUntil, ...times)
    const last = Math.max(runsUntil, ...times) + MINUTE
    const coverage = await minuteCoverage(client, buildingKey, Math.floor(first / MINUTE) * MINUTE, last)
    // Of a minute whose readings are partly gone, what was stored while they were there is better.
    const better = new Set(
      [...coverage].filter(([minute, covered]) => covered > (this.estimated.get(minute) ?? 0) + 1).map(([minute]) => minute),
    )
    const minutes = [...this.minutes.values()].filter(({ minuteSeconds }) => !better.has(minuteSeconds))
    const runs = [...this.runs.values()].filter(
      ({ startedAtSeconds }) => !better.has(Math.floor(startedAtSeconds / MINUTE) * MINUTE),
    )
    await upsertMinutes(
      client,
      minutes.map((minute) => ({ buildingKey, modelVersionId, minute })),
    )
    await deleteOtherRuns(client, buildingKey, this.runsSettledUntil, runsUntil, runs, [...better])
    await upsertActivations(
      client,
      runs.map((activation) => ({ buildingKey, modelVersionId, activation })),
    )
    await rollUpHours(
      client,
      minutes.map(({ minuteSeconds }) => ({ buildingKey, minuteSeconds })),
    )
  }
}
