import type { LiveEvent, LiveSnapshot } from '@/lib/contracts/live-events'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import type { Logger } from '@/lib/infra/logger'
import type { LiveStore } from '@/lib/live/live-store'
import { getLiveSnapshot, getToday } from '@/lib/services/live-snapshot'
import { CLOSE_CODES, type SocketClient } from './socket-client'

/** Deltas kept for those whose snapshot is being made meanwhile; far more than that takes. */
const RECENT_DELTAS = 60
/** Clients that arrive together, as after a restart, share a snapshot. */
const SNAPSHOT_SHARED_MILLISECONDS = 500

interface Delta {
  timestamp: number
  data: Buffer
}

interface Snapshot {
  data: Buffer
  /** Per building, the newest prediction it includes. */
  includedUntil: Map<string, number>
}

/** All sockets of one site. Every message is made once, whoever many read it. */
export class SiteRoom {
  readonly clients = new Set<SocketClient>()
  readonly #recent = new Map<string, Delta[]>()
  readonly #sentStatus = new Map<string, string>()
  #snapshot: { made: Promise<Snapshot | null>; until: number } | undefined

  constructor(
    readonly siteId: string,
    readonly buildingIds: Set<string>,
    private readonly store: LiveStore,
    private readonly log: Logger,
  ) {}

  /** Gives a client its snapshot and all that happened since that was read. */
  async welcome(client: SocketClient): Promise<void> {
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
      for (const delta of deltas) if (delta.timestamp > includedUntil) client.offer(delta.data)
    }
  }

  publish(message: PredictionMessage): void {
    const data = encode({ type: 'prediction', payload: message })
    // A prediction is the truth about now. What came before it of a later time is void: the meter's clock was set back.
    const deltas = (this.#recent.get(message.building_id) ?? []).filter(({ timestamp }) => timestamp <= message.timestamp)
    deltas.push({ timestamp: message.timestamp, data })
    if (deltas.length > RECENT_DELTAS) deltas.shift()
    this.#recent.set(message.building_id, deltas)
    this.broadcast(data)
  }

  broadcast(data: Buffer): void {
    for (const client of this.clients) {
      if (client.hasCaughtUp) void this.welcome(client)
      else client.offer(data)
    }
  }

  /** Sends the buffer status of each building whose status changed since the last time. */
  async refreshStatus(): Promise<void> {
    for (const buildingId of this.buildingIds) {
      const status = await this.store.status(buildingId)
      if (!status) continue
      const text = JSON.stringify(status)
      if (this.#sentStatus.get(buildingId) === text) continue
      this.#sentStatus.set(buildingId, text)
      this.broadcast(encode({ type: 'telemetry_update', payload: { buildingId, status } }))
    }
  }

  /**
   * Sends the day so far of each building.
   * @returns whether the site's buildings are others than before
   */
  async refreshToday(): Promise<boolean> {
    const todays = await getToday(this.siteId)
    if (!todays) {
      for (const client of this.clients) client.close(CLOSE_CODES.notFound, 'this site was removed')
      return false
    }
    for (const [buildingId, today] of todays) this.broadcast(encode({ type: 'today', payload: { buildingId, today } }))
    const changed = todays.size !== this.buildingIds.size || [...todays.keys()].some((id) => !this.buildingIds.has(id))
    if (!changed) return false
    this.buildingIds.clear()
    for (const id of todays.keys()) this.buildingIds.add(id)
    for (const id of this.#recent.keys()) if (!todays.has(id)) this.#recent.delete(id)
    this.#snapshot = undefined
    for (const client of this.clients) if (client.isLive) void this.welcome(client)
    return true
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
