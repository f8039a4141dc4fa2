import type { IPublishPacket, MqttClient } from 'mqtt'
import { writeToStream } from 'mqtt-packet'
import type { Sample } from '@/lib/contracts/sample'
import { closeMqtt, openMqtt, subscribeOrReconnect, type MqttBroker, type MqttLog } from '@/lib/infra/mqtt-connection'
import { BuildingCounts } from '@/lib/ingest/building-counts'
import { readMeterPayload } from './meter-payload'
import { SampleIntake } from './sample-intake'
import { SummedTopics } from './summed-topics'
import { buildingOf, type TopicMapping } from './topic-mapping'

const MOST_WAITING = 20_000
const CLOSE_MILLISECONDS = 3_000
const MOST_SUMS = 1_000

export interface ReceiverOptions {
  broker: MqttBroker
  mappings: readonly TopicMapping[]
  /**
   * 1: of readings that say when they were measured. The broker keeps them while nobody takes them, and each is acknowledged once
   * it is stored. 0: of readings of the moment; one that cannot be stored soon is held here, up to a bound.
   */
  qos: 0 | 1
  append(samples: readonly Sample[]): Promise<void>
  log: MqttLog
  /** Of a receiver that the broker keeps nothing for: what tells it apart from others. */
  passing?: string
}

export interface ReceiverStatus {
  connected: boolean
  /** Taken from the broker and not stored yet. */
  waiting: number
  stored: number
  /** Readings of the moment that did not fit while the store was away. */
  lost: number
  rejected: number
  /** Old news that the broker repeats to who subscribes. */
  retained: number
  /** Messages of a meter without a power in them, and of topics that no mapping names any more. */
  noPower: number
}

/** Takes meters' messages from a broker into the durable stream. */
export class MqttReceiver {
  readonly counts = new BuildingCounts()
  private readonly client: MqttClient
  private readonly intake: SampleIntake
  private readonly sums = new Map<string, SummedTopics>()
  private isSubscribed = false
  private isClosed = false
  private retained = 0
  private noPower = 0
  private lost = 0

  constructor(private readonly options: ReceiverOptions) {
    const { broker, qos, log, append, passing = qos === 0 ? 'live' : undefined } = options
    this.intake = new SampleIntake({ append, capacity: MOST_WAITING, log })
    this.client = openMqtt({ broker, purpose: passing, clean: passing !== undefined, log })
    this.client.handleMessage = (packet, done) => this.handle(packet, done)
    this.client.on('connect', () => void this.subscribe())
    this.client.on('close', () => (this.isSubscribed = false))
  }

  get status(): ReceiverStatus {
    return {
      connected: this.client.connected && this.isSubscribed,
      waiting: this.intake.size,
      stored: this.intake.stored,
      lost: this.lost,
      rejected: [...this.counts.byBuilding.values()].reduce((sum, { rejected }) => sum + rejected, 0),
      retained: this.retained,
      noPower: this.noPower,
    }
  }

  /** Stores and acknowledges what has come in, if that is possible within seconds, and leaves; the broker keeps the rest. */
  async close(): Promise<void> {
    this.isClosed = true
    for (const sum of this.sums.values()) sum.close()
    await this.intake.close(CLOSE_MILLISECONDS)
    await closeMqtt(this.client)
  }

  private async subscribe(): Promise<void> {
    const { mappings, qos, log } = this.options
    this.isSubscribed = await subscribeOrReconnect(this.client, mappings.map(({ filter }) => filter), qos, log)
  }

  /**
   * The library acknowledges when it is told that a message is handled, and only then reads the next. Telling it of an error lets it
   * read on without acknowledging, which is done here once the reading is stored, on the connection it came by: on the next
   * one the broker sends it again.
   */
  private handle(packet: IPublishPacket, done: (error?: Error) => void): void {
    const { stream } = this.client
    const acknowledge = () => {
      if (packet.qos === 0 || this.client.stream !== stream || !this.client.connected) return
      writeToStream({ cmd: 'puback', messageId: packet.messageId }, stream)
    }
    if (!this.isClosed) this.take(packet, acknowledge)
    const proceed = () => done(new Error('not stored yet'))
    if (this.options.qos === 1) return this.intake.whenRoom(proceed)
    while (this.intake.isFull) {
      this.lost++
      this.intake.dropOldest()
    }
    proceed()
  }

  private take(packet: IPublishPacket, acknowledge: () => void): void {
    const nowSeconds = Date.now() / 1000
    const samples: Sample[] = []
    if (packet.retain) this.retained++
    else samples.push(...this.samplesOf(packet, nowSeconds))
    const [sample = null] = samples
    this.intake.add(sample, acknowledge)
  }

  private samplesOf({ topic, payload }: IPublishPacket, nowSeconds: number): Sample[] {
    for (const mapping of this.options.mappings) {
      const buildingId = buildingOf(mapping, topic)
      if (buildingId === null) continue
      const reading = readMeterPayload(mapping, buildingId, Buffer.from(payload), nowSeconds)
      if (reading.kind === 'reading') {
        if (mapping.sumOf > 1) return this.addUp(mapping, topic, reading.sample)
        this.counts.accept(buildingId, reading.notes)
        return [reading.sample]
      }
      if (reading.kind === 'rejected') this.reject(buildingId, topic, reading.reason)
      else if (this.noPower++ === 0) this.options.log.info({ topic: topic.slice(0, 200) }, 'a message without a power; further ones are only counted')
      return []
    }
    this.noPower++
    return []
  }

  private addUp(mapping: TopicMapping, topic: string, { buildingId, powerWatts, timestampSeconds }: Sample): Sample[] {
    let sum = this.sums.get(buildingId)
    if (!sum) {
      if (this.sums.size >= MOST_SUMS) return []
      sum = new SummedTopics(mapping.sumOf, (watts, atSeconds) => {
        this.counts.accept(buildingId, [])
        this.intake.add({ buildingId, timestampSeconds: atSeconds, powerWatts: watts, source: 'mqtt' }, () => {})
      })
      this.sums.set(buildingId, sum)
    }
    if (!sum.take(topic, powerWatts, timestampSeconds)) {
      this.reject(buildingId, topic, `${topic} is one topic more than sum=${mapping.sumOf} says.`)
    }
    return []
  }

  private reject(buildingId: string, topic: string, reason: string): void {
    if (this.counts.reject(buildingId, reason) > 1) return
    this.options.log.warn({ topic: topic.slice(0, 200), reason }, 'a message was rejected; further ones are only counted')
  }
}
