// A simulated home with its true kettle, a model that takes every kilowatt for a kettle, and its way through the database.
import { HeadFollower } from '@/workers/inference/head-follower'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { pool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { InProcessEngine } from '@/lib/nilm/in-process-engine'
import type { SessionModel } from '@/lib/nilm/session-model'
import type { SessionCheckpoint } from '@/lib/nilm/session-types'
import { stepModel } from '@/lib/nilm/testing/step-network'
import { BuildingPipeline } from '@/lib/services/building-pipeline'
import { commitWrites } from '@/lib/services/commit-writes'
import { createHome, type HomeOptions } from '@/lib/simulation/home'
import { sampleOf } from '@/lib/simulation/home-sample'
import { trueActivations } from '@/lib/simulation/testing/true-activations'

const DAY_SECONDS = 86_400
const KETTLE = APPLIANCES.indexOf('ElectricKettle')
const OWNED = Object.fromEntries(APPLIANCES.map((name) => [name, name === 'ElectricKettle' || name === 'Microwave'])) as Record<
  (typeof APPLIANCES)[number],
  boolean
>
const HOME: HomeOptions = {
  seed: 8,
  startTimestampSeconds: Date.UTC(2025, 1, 4) / 1000,
  timeZone: 'Europe/Berlin',
  profile: { occupants: 4, owned: OWNED, electricHob: false, coffeeMachine: true },
}

export function homeModel(version: string): SessionModel {
  return stepModel({ ElectricKettle: { fromWatts: 900, onPowerWatts: 1900 } }, { name: 'steps', version })
}

export class KettleHome {
  private readonly home = createHome(HOME)
  private readonly engine: InProcessEngine
  private days = 0

  private constructor(
    private readonly buildingId: string,
    private readonly model: SessionModel,
    readonly modelVersionId: number,
    private pipeline: BuildingPipeline,
    engine: InProcessEngine,
  ) {
    this.engine = engine
  }

  static async open(buildingId: string, modelVersion: string): Promise<KettleHome> {
    const model = homeModel(modelVersion)
    const engine = new InProcessEngine(model)
    const modelVersionId = await ensureModelVersion('steps', modelVersion)
    return new KettleHome(buildingId, model, modelVersionId, await openPipeline(buildingId, engine), engine)
  }

  get buildingKey(): number {
    return this.pipeline.buildingKey
  }

  /** Lets so many days pass, an hour at a time, and stores them. */
  async live(days: number): Promise<void> {
    for (let hour = 0; hour < 24 * days; hour++) {
      const entries = Array.from({ length: 3600 }, () => ({ id: '', shard: 0, sample: sampleOf(this.buildingId, this.home.next()) }))
      await this.pipeline.process(entries, false)
    }
    await this.pipeline.settle()
    await this.store()
    this.days += days
  }

  /** As the inference worker does every few seconds. */
  async followHeads(): Promise<void> {
    await new HeadFollower(this.model.description.version, createLogger('heads')).follow([this.pipeline])
  }

  isTrueRun(startSeconds: number, endSeconds: number): boolean {
    return this.trueRuns().some((run) => run.startTimestampSeconds < endSeconds && run.endTimestampSeconds > startSeconds)
  }

  /** F1 of the last day's minutes: estimated on, and truly so. */
  async f1OfLastDay(): Promise<number> {
    const { from, to } = this.lastDay()
    const { rows } = await pool().query<{ minute: number }>(
      `SELECT extract(epoch FROM minute)::float8 AS minute FROM appliance_minute
       WHERE building_key = $1 AND appliance = $2 AND minute >= to_timestamp($3) AND minute < to_timestamp($4)`,
      [this.buildingKey, KETTLE, from, to],
    )
    const seen = new Set(rows.map((row) => row.minute))
    let [truePositive, falsePositive, falseNegative] = [0, 0, 0]
    for (let minute = from; minute < to; minute += 60) {
      const isTrue = this.isTrueRun(minute, minute + 60)
      if (seen.has(minute) && isTrue) truePositive++
      else if (seen.has(minute)) falsePositive++
      else if (isTrue) falseNegative++
    }
    return (2 * truePositive) / (2 * truePositive + falsePositive + falseNegative)
  }

  /** Minutes and runs of the last day as they are stored. */
  async rowsOfLastDay(): Promise<unknown[]> {
    // The first hour still has what was on when the day began, the last ten minutes are not settled.
    const { from, to } = this.lastDay()
    const range = [this.buildingKey, from + 3600, to - 600]
    const minutes = await pool().query(
      `SELECT minute, appliance, energy_wh, on_seconds, confidence FROM appliance_minute
       WHERE building_key = $1 AND minute >= to_timestamp($2) AND minute < to_timestamp($3) ORDER BY minute, appliance`,
      range,
    )
    const runs = await pool().query(
      `SELECT appliance, started_at, ended_at, energy_wh, peak_watts FROM activation
       WHERE building_key = $1 AND started_at >= to_timestamp($2) AND started_at < to_timestamp($3) ORDER BY started_at, appliance`,
      range,
    )
    return [...minutes.rows, ...runs.rows]
  }

  /** Leaves the readings and an old checkpoint, as if everything since had not been computed. */
  async forgetEstimatesSince(checkpoint: SessionCheckpoint): Promise<void> {
    await this.pipeline.close()
    const since = [this.buildingKey, checkpoint.positionSeconds]
    for (const [table, column] of [['appliance_minute', 'minute'], ['activation', 'started_at']]) {
      await pool().query(`DELETE FROM ${table} WHERE building_key = $1 AND ${column} >= to_timestamp($2)`, since)
    }
    await pool().query('UPDATE session_checkpoint SET position = $2, state = $3 WHERE building_key = $1', [
      ...since,
      JSON.stringify(checkpoint),
    ])
  }

  /** Opens the building as a worker does that takes over, and stores what it computes again. */
  async reopen(): Promise<void> {
    this.pipeline = await openPipeline(this.buildingId, this.engine)
    await this.pipeline.settle()
    await this.store()
  }

  async close(): Promise<void> {
    await this.engine.close()
  }

  private async store(): Promise<void> {
    await commitWrites([this.pipeline.takeWrites()], this.modelVersionId, null)
  }

  private lastDay() {
    const to = HOME.startTimestampSeconds + this.days * DAY_SECONDS
    return { from: to - DAY_SECONDS, to }
  }

  private truth: { days: number; runs: ReturnType<typeof trueActivations> } | null = null

  private trueRuns() {
    if (this.truth?.days !== this.days) {
      const runs = trueActivations(HOME, this.days * DAY_SECONDS).filter((run) => run.appliance === 'ElectricKettle')
      this.truth = { days: this.days, runs }
    }
    return this.truth.runs
  }
}

function openPipeline(buildingId: string, engine: InProcessEngine): Promise<BuildingPipeline> {
  return BuildingPipeline.open(buildingId, 0, { name: '', epoch: 0n }, {
    engine,
    worker: 'test',
    windowSeconds: 120,
    inferenceIntervalSeconds: 1,
    publishedSeconds: () => 1,
    rejectedSamples: () => 0,
  })
}
