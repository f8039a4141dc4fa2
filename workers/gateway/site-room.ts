import { randomBytes } from 'node:crypto'
import type { LiveEvent, LiveSnapshot } from '@/lib/contracts/live-events'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import { findLatestReading } from '@/lib/data/latest-reading'
import type { Logger } from '@/lib/infra/logger'
import type { LiveStore } from '@/lib/live/live-store'
import { AnomalyFollower } from '@/lib/services/anomalies'
import { getLiveSnapshot, getToday } from '@/lib/services/live-snapshot'
import { CLOSE_CODES, type LiveClient } from './live-client'

/**
 * Deltas kept of each building for those whose snapshot is being made meanwhile, which takes far less, and for those who lost the
 * connection and come back.
 */
const RECENT_DELTAS = 120
/** Clients that arrive together, as after a restart, share a snapshot. */
const SNAPSHOT_SHARED_MILLISECONDS = 500

interface Delta {
  timestamp: number
  /** Counts the room's deltas. */
  sequence: number
  data: Buffer
}

interface Snapshot {
  data: Buffer
  /** Per building, the newest prediction it includes. */
  includedUntil: Map<string, number>
}

/** All connections to one site. Every message is made once, whoever many read it. */
export class SiteRoom {
  readonly clients = new Set<LiveClient>()
  /** Tells this room's event ids from those of another gateway, or of one before a restart. */
  readonly #name = randomBytes(6).toString('hex')
  #sequence = 0
  /** The newest delta that is not remembered any more. */
  #forgottenUntil = 0
  readonly #recent = new Map<string, Delta[]>()
  readonly #sentStatus = new Map<string, string>()
  #snapshot: { made: Promise<Snapshot | null>; until: number } | undefined
  readonly #anomalies: AnomalyFollower

  constructor(
    readonly siteId: string,
    readonly buildingIds: Set<string>,
    private readonly store: LiveStore,
    private readonly log: Logger,
  ) {
    this.#anomalies = new AnomalyFollower(siteId)
  }

  /** Lets a client go on after the last event it has, or gives it a snapshot where what came since is not remembered. */
  async admit(client: LiveClient, lastEventId: string | undefined): Promise<void> {
    const missed = lastEventId === undefined ? null : this.#since(lastEventId)
    if (!missed) return this.welcome(client)
    client.resume()
    for (const delta of missed) client.offer(delta.data, this.#idOf(delta))
  }

  /** Gives a client its snapshot and all that happened since that was read. */
  async welcome(client: LiveClient): Promise<void> {
    client.waitForSnapshot()
    let snapshot: Snapshot | null
    try {
      snapshot = await this.#currentSnapshot()
    } catch (err) {
      this.log.warn({ err, siteId: this.siteId }, 'no snapshot could be made')
      return client.close(CLOSE_CODES.tryAgainLater, 'the live data cannot be read at the moment')
    }
    if (!client.isOpen) return
    if (!snapshot) return client.close(CLOSE_CODES.notFound, 'there is no such site')
    client.sendSnapshot(snapshot.data)
    for (const [buildingId, deltas] of this.#recent) {
      const includedUntil = snapshot.includedUntil.get(buildingId) ?? -Infinity
      for (const delta of deltas) if (delta.timestamp > includedUntil) client.offer(delta.data, this.#idOf(delta))
    }
  }

  publish(message: PredictionMessage): void {
    const data = encode({ type: 'prediction', payload: message })
    // A prediction is the truth about now. What came before it of a later time is void: the meter's clock was set back.
    const deltas = (this.#recent.get(message.building_id) ?? []).filter(({ timestamp }) => timestamp <= message.timestamp)
    const delta = { timestamp: message.timestamp, sequence: ++this.#sequence, data }
    deltas.push(delta)
    const forgotten = deltas.length > RECENT_DELTAS ? deltas.shift() : undefined
    if (forgotten) this.#forgottenUntil = Math.max(this.#forgottenUntil, forgotten.sequence)
    this.#recent.set(message.building_id, deltas)
    this.broadcast(data, this.#idOf(delta))
  }

  broadcast(data: Buffer, id?: string): void {
    for (const client of this.clients) {
      if (client.hasCaughtUp) void this.welcome(client)
      else client.offer(data, id)
    }
  }

  /** Sends the buffer status and the newest reading of each building whose status changed since the last time. */
  async refreshStatus(): Promise<void> {
    if (this.clients.size === 0) return
    for (const buildingId of this.buildingIds) {
      const status = await this.store.status(buildingId)
      if (!status) continue
      const text = JSON.stringify(status)
      if (this.#sentStatus.get(buildingId) === text) continue
      this.#sentStatus.set(buildingId, text)
      const telemetry = await findLatestReading(buildingId)
      this.broadcast(encode({ type: 'telemetry_update', payload: { buildingId, status, telemetry } }))
    }
  }

  /** Sends what was found to look wrong since the last time. */
  async refreshAnomalies(): Promise<void> {
    if (this.clients.size === 0) return
    for (const anomaly of await this.#anomalies.next()) this.broadcast(encode({ type: 'anomaly', payload: anomaly }))
  }

  /**
   * Sends the day so far of each building.
   * @returns whether the site's buildings are others than before
   */
  async refreshToday(): Promise<boolean> {
    if (this.clients.size === 0) return false
    const todays = await getToday(this.siteId)
    if (!todays) {
      for (const client of this.clients) client.close(CLOSE_CODES.notFound, 'this site was removed')
      return false
    }
    for (const [buildingId, today] of todays) this.broadcast(encode({ type: 'today', payload: { buildingId, today } }))
    const changed = todays.size !== this.buildingIds.size || [...todays.keys()].some((id) => !this.buildingIds.has(id))
    if (!changed) return false
    this.useBuildings([...todays.keys()])
    for (const client of this.clients) if (client.isLive) void this.welcome(client)
    return true
  }

  /** These are the site's buildings from now on. */
  useBuildings(ids: readonly string[]): void {
    this.buildingIds.clear()
    for (const id of ids) this.buildingIds.add(id)
    for (const id of this.#recent.keys()) if (!this.buildingIds.has(id)) this.#recent.delete(id)
    this.#snapshot = undefined
  }

  #idOf({ sequence }: Delta): string {
    return `${this.#name}-${sequence}`
  }

  /** The deltas after an event, oldest first; null where it is not this room's or some of them are forgotten. */
  #since(lastEventId: string): Delta[] | null {
    const [name, counted] = lastEventId.split('-')
    const last = Number(counted)
    if (name !== this.#name || !Number.isInteger(last) || last < this.#forgottenUntil || last > this.#sequence) return null
    const deltas = [...this.#recent.values()].flat().filter(({ sequence }) => sequence > last)
    return deltas.sort((a, b) => a.sequence - b.sequence)
  }

  #currentSnapshot(): Promise<Snapshot | null> {
    if (!this.#snapshot || this.#snapshot.until < Date.now()) {
      const made = getLiveSnapshot(this.siteId).then((snapshot) => snapshot && pack(snapshot))
      const entry = { made, until: Date.now() + SNAPSHOT_SHARED_MILLISECONDS }
      this.#snapshot = entry
      made.catch(() => {
        if (this.#snapshot === entry) this.#snapshot = undefined
      })
    }
    return this.#snapshot.made
  }
}

export function encode(event: LiveEvent): Buffer {
  return Buffer.from(JSON.stringify(event))
}

function pack(snapshot: LiveSnapshot): Snapshot {
  return {
    data: encode({ type: 'snapshot', payload: snapshot }),
    includedUntil: new Map(
      snapshot.buildings.map(({ buildingId, latest }) => [buildingId, latest?.timestamp ?? -Infinity]),
    ),
  }
}
