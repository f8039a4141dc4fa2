import { userByIdNow, userOf } from '@/lib/auth/current-user'
import { can } from '@/lib/auth/permissions'
import { isSiteVisible, type SiteRow } from '@/lib/data/sites'
import type { Logger } from '@/lib/infra/logger'
import type { LiveStore, Subscription } from '@/lib/live/live-store'
import { AlertFollower } from '@/lib/services/alerts/new-alerts'
import { encode, SiteRoom } from './site-room'
import { CLOSE_CODES, type LiveClient } from './live-client'

export interface HubIntervals {
  heartbeatMilliseconds: number
  todayMilliseconds: number
  statusMilliseconds: number
  /** How soon an alert that was stored is sent. */
  alertMilliseconds: number
  /** How soon a session that ended or a membership that was taken away closes its sockets. */
  recheckMilliseconds: number
  /** A peer that is gone is noticed after two of these. */
  pingMilliseconds: number
  /** How long a room that was left goes on remembering, for who lost the connection and comes back. */
  lingerMilliseconds: number
}

/** The rooms with somebody in them, the one subscription that feeds them all, and what happens on the clock. */
export class Hub {
  readonly #rooms = new Map<string, SiteRoom>()
  readonly #roomByBuilding = new Map<string, SiteRoom>()
  readonly #socketsByUser = new Map<string, number>()
  readonly #alerts = new AlertFollower()
  readonly #leaving = new Map<SiteRoom, NodeJS.Timeout>()
  #subscription: Subscription | undefined
  #timers: NodeJS.Timeout[] = []

  constructor(
    private readonly store: LiveStore,
    private readonly intervals: HubIntervals,
    private readonly log: Logger,
  ) {}

  get clients(): LiveClient[] {
    return [...this.#rooms.values()].flatMap((room) => [...room.clients])
  }

  /** Rooms with somebody in them. */
  get roomCount(): number {
    return this.#rooms.size - this.#leaving.size
  }

  socketsOf(userId: string): number {
    return this.#socketsByUser.get(userId) ?? 0
  }

  async start(): Promise<void> {
    this.#subscription = await this.store.subscribePredictions('*', (message) =>
      this.#roomByBuilding.get(message.building_id)?.publish(message),
    )
    const { intervals } = this
    this.#every(intervals.heartbeatMilliseconds, async () => this.#heartbeat())
    this.#every(intervals.todayMilliseconds, () => this.#eachRoom((room) => this.#refreshToday(room)))
    this.#every(intervals.alertMilliseconds, () => this.#sendAlerts())
    this.#every(intervals.statusMilliseconds, () => this.#eachRoom((room) => room.refreshStatus()))
    this.#every(intervals.todayMilliseconds, () => this.#eachRoom((room) => room.refreshAnomalies()))
    this.#every(intervals.recheckMilliseconds, () => this.#recheck())
    this.#every(intervals.pingMilliseconds, async () => this.clients.forEach((client) => client.ping()))
    this.#every(60_000, async () => this.clients.forEach((client) => client.startMinute()))
  }

  /**
   * Takes a client into its site's room; it leaves by itself when it closes.
   * @param lastEventId the last event it has from before, where it comes back
   */
  join(client: LiveClient, site: SiteRow, lastEventId?: string): void {
    const room = this.#enter(site)
    const userId = client.session.user.id
    room.clients.add(client)
    this.#socketsByUser.set(userId, this.socketsOf(userId) + 1)
    client.onceClosed(() => {
      room.clients.delete(client)
      const left = this.socketsOf(userId) - 1
      if (left > 0) this.#socketsByUser.set(userId, left)
      else this.#socketsByUser.delete(userId)
      if (room.clients.size === 0) this.#leave(room)
    })
    void room.admit(client, lastEventId)
  }

  /** Stops the clock and the subscription; the sockets are the caller's to close. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    this.#timers = []
    for (const timer of this.#leaving.values()) clearTimeout(timer)
    this.#leaving.clear()
    await this.#subscription?.close()
  }

  #enter(site: SiteRow): SiteRoom {
    const left = this.#rooms.get(site.id)
    if (!left) return this.#open(site)
    if (left.clients.size === 0) {
      clearTimeout(this.#leaving.get(left))
      this.#leaving.delete(left)
      // Nobody kept them up to date meanwhile.
      left.useBuildings(site.buildings.map(({ id }) => id))
      this.#route(left)
    }
    return left
  }

  #leave(room: SiteRoom): void {
    const timer = setTimeout(() => {
      this.#leaving.delete(room)
      this.#close(room)
    }, this.intervals.lingerMilliseconds)
    timer.unref()
    clearTimeout(this.#leaving.get(room))
    this.#leaving.set(room, timer)
  }

  #open(site: SiteRow): SiteRoom {
    const room = new SiteRoom(site.id, new Set(site.buildings.map(({ id }) => id)), this.store, this.log)
    this.#rooms.set(site.id, room)
    this.#route(room)
    return room
  }

  #close(room: SiteRoom): void {
    if (this.#rooms.get(room.siteId) === room) this.#rooms.delete(room.siteId)
    for (const [id, owner] of this.#roomByBuilding) if (owner === room) this.#roomByBuilding.delete(id)
  }

  #route(room: SiteRoom): void {
    for (const [id, owner] of this.#roomByBuilding) if (owner === room) this.#roomByBuilding.delete(id)
    for (const id of room.buildingIds) this.#roomByBuilding.set(id, room)
  }

  async #refreshToday(room: SiteRoom): Promise<void> {
    const buildingsChanged = await room.refreshToday()
    if (buildingsChanged && this.#rooms.get(room.siteId) === room) this.#route(room)
  }

  async #sendAlerts(): Promise<void> {
    const rooms = [...this.#rooms.values()].filter(({ clients }) => clients.size > 0)
    for (const alert of await this.#alerts.next(rooms.map(({ siteId }) => siteId))) {
      this.#rooms.get(alert.siteId)?.broadcast(encode({ type: 'new_alert', payload: alert }))
    }
  }

  #heartbeat(): void {
    const data = encode({ type: 'heartbeat', payload: { serverTimestamp: Date.now() / 1000 } })
    for (const room of this.#rooms.values()) room.broadcast(data)
  }

  /** A socket lives as long as its session or key, its user's right and its user's membership. */
  async #recheck(): Promise<void> {
    const visible = new Map<string, boolean>()
    for (const client of this.clients) {
      const { user, token } = client.session
      const now = await userOf(token)
      if (!now || !can(now, 'site:read')) {
        client.close(CLOSE_CODES.unauthorized, 'the session is over')
        continue
      }
      // A key of somebody who sees every site may see fewer.
      const key = `${user.id} ${now.siteScope} ${client.siteId}`
      if (!visible.has(key)) visible.set(key, await isSiteVisible(now, client.siteId))
      if (visible.get(key)) continue
      // A removed user's memberships go with it, while the user itself may still be remembered.
      if (await userByIdNow(user.id)) client.close(CLOSE_CODES.notFound, 'this site is not yours to see any more')
      else client.close(CLOSE_CODES.unauthorized, 'the session is over')
    }
  }

  async #eachRoom(work: (room: SiteRoom) => Promise<void>): Promise<void> {
    for (const room of this.#rooms.values()) {
      await work(room).catch((err: unknown) => this.log.warn({ err, siteId: room.siteId }, 'a live page could not be refreshed'))
    }
  }

  /** Runs never overlap: when one takes longer than the interval, the next tick is left out. */
  #every(milliseconds: number, work: () => Promise<void>): void {
    let running = false
    const timer = setInterval(() => {
      if (running) return
      running = true
      work()
        .catch((err: unknown) => this.log.warn({ err }, 'a periodic task failed, trying again'))
        .finally(() => (running = false))
    }, milliseconds)
    this.#timers.push(timer)
  }
}
