import { BuildingSession } from './building-session'
import { loadSessionModel, type EngineOptions, type SessionModel } from './session-model'
import type { HomeHead } from './home-head'
import type {
  DisaggregationEngine,
  OpenOptions,
  OrderedReading,
  PushResult,
  SessionCheckpoint,
  WantedSeconds,
} from './session-types'

interface OpenBuilding {
  session: BuildingSession
  /** Settles when the last call for this building has. */
  last: Promise<unknown>
}

/** Runs every session in this thread: each inference blocks it for its duration. @throws see loadSessionModel */
export async function createInProcessEngine(options: EngineOptions): Promise<DisaggregationEngine> {
  return new InProcessEngine(await loadSessionModel(options))
}

/** Sessions by building over one loaded model. */
export class InProcessEngine implements DisaggregationEngine {
  private readonly buildings = new Map<string, OpenBuilding>()

  constructor(private readonly shared: SessionModel) {}

  get model() {
    return this.shared.description
  }

  get replaySeconds() {
    return this.shared.replaySeconds
  }

  async open(buildingId: string, { checkpoint, history = [], heads }: OpenOptions = {}): Promise<void> {
    if (this.buildings.has(buildingId)) throw new Error(`Building ${buildingId} is open already.`)
    const session = new BuildingSession(this.shared)
    const building: OpenBuilding = { session, last: session.open(checkpoint, history, heads) }
    this.buildings.set(buildingId, building)
    try {
      await building.last
    } catch (error) {
      session.close()
      this.buildings.delete(buildingId)
      throw error
    }
  }

  async push(buildingId: string, readings: readonly OrderedReading[], wanted?: WantedSeconds): Promise<PushResult> {
    const result = await this.inOrder(buildingId, (session) => session.push(readings))
    if (!wanted) return result
    const provisional = wanted.provisional > 0 ? result.provisional.slice(-wanted.provisional) : []
    return { ...result, provisional, final: wanted.final ? result.final : [] }
  }

  checkpoint(buildingId: string): Promise<SessionCheckpoint> {
    return this.inOrder(buildingId, (session) => session.checkpoint())
  }

  setHeads(buildingId: string, heads: readonly HomeHead[]): Promise<number> {
    return this.inOrder(buildingId, (session) => session.setHeads(heads))
  }

  async closeBuilding(buildingId: string): Promise<void> {
    if (!this.buildings.has(buildingId)) return
    await this.inOrder(buildingId, (session) => {
      session.close()
      this.buildings.delete(buildingId)
    })
  }

  async close(): Promise<void> {
    await Promise.all([...this.buildings.keys()].map((buildingId) => this.closeBuilding(buildingId)))
    await this.shared.close()
  }

  private async inOrder<T>(buildingId: string, action: (session: BuildingSession) => T | Promise<T>): Promise<T> {
    const building = this.buildings.get(buildingId)
    if (!building) throw new Error(`Building ${buildingId} is not open.`)
    const result = building.last.then(
      () => action(building.session),
      () => action(building.session),
    )
    building.last = result.catch(() => {})
    return result
  }
}
