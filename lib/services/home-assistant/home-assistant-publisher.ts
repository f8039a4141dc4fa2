import { setTimeout as sleep } from 'node:timers/promises'
import type { IPublishPacket, MqttClient } from 'mqtt'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import { listBuildings, type BuildingRow } from '@/lib/data/buildings'
import { closeMqtt, openMqtt, publishConfirmed, subscribeOrReconnect, type MqttBroker, type MqttLog } from '@/lib/infra/mqtt-connection'
import type { LiveStore, Subscription } from '@/lib/live/live-store'
import { countEnergy } from '@/lib/services/energy-counting'
import {
  attributesOf,
  attributesTopic,
  availabilityTopic,
  discoveryDocuments,
  discoveryFilter,
  energyTopic,
  powerTopic,
  type AnnouncedBuilding,
  type Topics,
} from './discovery-documents'
import { energyState, powerState } from './states'

const LOOK_EVERY_MILLISECONDS = 10_000
const COUNT_EVERY_MILLISECONDS = 60_000
/** In this time after a subscription the broker has told what it keeps. */
const LEARN_MILLISECONDS = 1_000
const MAX_DOCUMENT_BYTES = 16_384

export interface PublisherOptions {
  broker: MqttBroker
  store: Pick<LiveStore, 'subscribePredictions' | 'latest'>
  /** Ids of the buildings that Home Assistant is told of, '*' for all; of none: what was announced is taken back. */
  buildings: readonly string[]
  prefix: string
  /** At most one state of a building in so long. */
  stateSeconds: number
  log: MqttLog
  lookEveryMilliseconds?: number
  countEveryMilliseconds?: number
}

export interface PublisherStatus {
  connected: boolean
  announcedSensors: number
  publishedStates: number
}

/**
 * Tells Home Assistant of buildings and their appliances, and what each draws. What was announced is known from the broker, which
 * keeps it: so a building that is gone, or a setting that changed while nothing ran, is taken back as well.
 */
export class HomeAssistantPublisher {
  private readonly client: MqttClient
  private readonly topics: Topics
  /** Discovery documents as the broker has them. */
  private readonly announced = new Map<string, string>()
  private readonly attributes = new Map<string, string>()
  private readonly newest = new Map<string, PredictionMessage>()
  private readonly unsent = new Set<string>()
  private readonly feedingIn = new Set<string>()
  private subscription: Subscription | null = null
  private timers: NodeJS.Timeout[] = []
  private working: Promise<void> = Promise.resolve()
  private countedAt = Number.NEGATIVE_INFINITY
  private isSubscribed = false
  private isClosed = false
  private isTroubled = false
  private published = 0

  constructor(private readonly options: PublisherOptions) {
    const { broker, prefix, log, stateSeconds } = options
    this.topics = { base: broker.clientId, prefix }
    const will = { topic: availabilityTopic(this.topics), payload: Buffer.from('offline'), qos: 1 as const, retain: true }
    this.client = openMqtt({ broker, purpose: 'home', clean: true, will, log })
    this.client.handleMessage = (packet, done) => {
      this.learn(packet)
      done()
    }
    this.client.on('connect', () => void this.begin())
    this.client.on('close', () => (this.isSubscribed = false))
    this.timers.push(
      setInterval(() => this.queueLook(), options.lookEveryMilliseconds ?? LOOK_EVERY_MILLISECONDS),
      setInterval(() => this.sendStates(), stateSeconds * 1000),
    )
  }

  get status(): PublisherStatus {
    return { connected: this.client.connected && this.isSubscribed, announcedSensors: this.announced.size, publishedStates: this.published }
  }

  /** Says that this installation is not running any more; what is announced stays. */
  async close(): Promise<void> {
    this.isClosed = true
    for (const timer of this.timers.splice(0)) clearInterval(timer)
    await this.working
    await this.subscription?.close()
    if (this.client.connected && this.isWanted) {
      await publishConfirmed(this.client, availabilityTopic(this.topics), 'offline', true).catch(() => {})
    }
    await closeMqtt(this.client)
  }

  private get isWanted(): boolean {
    return this.options.buildings.length > 0
  }

  private async begin(): Promise<void> {
    // Whatever the broker has is told again.
    this.announced.clear()
    this.attributes.clear()
    this.countedAt = Number.NEGATIVE_INFINITY
    const { stream } = this.client
    if (!(await subscribeOrReconnect(this.client, [discoveryFilter(this.topics)], 1, this.options.log))) return
    await sleep(LEARN_MILLISECONDS)
    if (!this.client.connected || this.client.stream !== stream || this.isClosed) return
    this.isSubscribed = true
    await publishConfirmed(this.client, availabilityTopic(this.topics), this.isWanted ? 'online' : '', true).catch(() => {})
    this.queueLook()
  }

  /** Also what this process published itself comes by here. */
  private learn({ topic, payload }: IPublishPacket): void {
    if (payload.length === 0) this.announced.delete(topic)
    else if (payload.length <= MAX_DOCUMENT_BYTES) this.announced.set(topic, payload.toString())
  }

  private queueLook(): void {
    this.working = this.working.then(() => this.look()).then(
      () => (this.isTroubled = false),
      (error: unknown) => {
        if (!this.isTroubled) this.options.log.warn({ err: error }, 'Home Assistant could not be told, trying again')
        this.isTroubled = true
      },
    ).then(() => {})
  }

  private async look(): Promise<void> {
    if (this.isClosed || !this.isSubscribed) return
    const { store, buildings: wanted } = this.options
    if (this.isWanted) this.subscription ??= await store.subscribePredictions('*', (message) => this.take(message))
    const rows = this.isWanted ? await listBuildings() : []
    const chosen = rows.filter(({ id }) => wanted.includes('*') || wanted.includes(id))
    await this.findNewest(chosen)
    await this.count(chosen)
    const documents = new Map<string, string>()
    for (const row of chosen) {
      const building = this.describe(row)
      if (!building) continue
      await this.retain(attributesTopic(this.topics, row.id), JSON.stringify(attributesOf(building)))
      for (const [topic, document] of discoveryDocuments(building, this.topics)) documents.set(topic, document)
    }
    for (const [topic, document] of documents) {
      if (this.announced.get(topic) === document) continue
      await publishConfirmed(this.client, topic, document, true)
      // It comes by again, but maybe only after the next look.
      this.announced.set(topic, document)
    }
    await this.takeBack([...this.announced].filter(([topic]) => !documents.has(topic)))
    const kept = new Set(chosen.map(({ id }) => id))
    for (const id of this.newest.keys()) if (!kept.has(id)) this.newest.delete(id)
  }

  private take(message: PredictionMessage): void {
    const { building_id: id } = message
    const { buildings } = this.options
    if (!buildings.includes('*') && !buildings.includes(id)) return
    this.newest.set(id, message)
    this.unsent.add(id)
  }

  /** Of a building that says nothing now, what it said last tells which appliances there are. */
  private async findNewest(rows: readonly BuildingRow[]): Promise<void> {
    for (const { id } of rows) {
      const latest = this.newest.has(id) ? null : await this.options.store.latest(id)
      if (latest && !this.newest.has(id)) this.newest.set(id, latest)
    }
  }

  /** null before its first estimate. */
  private describe({ id, name, simulated }: BuildingRow): AnnouncedBuilding | null {
    const newest = this.newest.get(id)
    if (!newest) return null
    return {
      id,
      name,
      simulated: simulated || newest.simulated,
      modelVersion: newest.model_version,
      appliances: newest.predictions,
      feedsIn: this.feedingIn.has(id),
    }
  }

  private async count(rows: readonly BuildingRow[]): Promise<void> {
    const now = performance.now()
    if (now - this.countedAt < (this.options.countEveryMilliseconds ?? COUNT_EVERY_MILLISECONDS)) return
    this.countedAt = now
    const known = rows.filter(({ id }) => this.newest.has(id))
    const shown = await countEnergy(known.map(({ key }) => key), Date.now() / 1000)
    for (const { id, key } of known) {
      const energy = shown.get(key)
      if (!energy) continue
      if (energy.fedInWh >= 1) this.feedingIn.add(id)
      await publishConfirmed(this.client, energyTopic(this.topics, id), JSON.stringify(energyState(energy)), true)
    }
  }

  private async retain(topic: string, text: string): Promise<void> {
    if (this.attributes.get(topic) === text) return
    await publishConfirmed(this.client, topic, text, true)
    this.attributes.set(topic, text)
  }

  /** Removes sensors, then what the broker keeps of their building. */
  private async takeBack(documents: readonly [topic: string, document: string][]): Promise<void> {
    const retained = new Set<string>()
    for (const [topic, document] of documents) {
      await publishConfirmed(this.client, topic, '', true)
      this.announced.delete(topic)
      for (const name of this.retainedTopicsOf(document)) retained.add(name)
    }
    const stillUsed = new Set([...this.announced.values()].flatMap((document) => this.retainedTopicsOf(document)))
    for (const topic of retained) {
      if (stillUsed.has(topic)) continue
      await publishConfirmed(this.client, topic, '', true)
      this.attributes.delete(topic)
    }
  }

  /** Others can write such documents too: only topics that are this installation's own are named. */
  private retainedTopicsOf(document: string): string[] {
    const found = [...document.matchAll(/"(?:state_topic|json_attributes_topic)":"([^"\\+#]+)"/g)].map(([, topic = '']) => topic)
    return found.filter((topic) => topic.startsWith(`${this.topics.base}/`) && /^[^/]+\/[^/]+\/(energy|attributes)$/.test(topic))
  }

  private sendStates(): void {
    if (!this.client.connected) return
    for (const id of this.unsent) {
      const message = this.newest.get(id)
      this.unsent.delete(id)
      if (!message) continue
      this.client.publish(powerTopic(this.topics, id), JSON.stringify(powerState(message)), { qos: 0 })
      this.published++
    }
  }
}
