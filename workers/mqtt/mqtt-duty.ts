import type { MqttBroker, MqttLog } from '@/lib/infra/mqtt-connection'
import { startMqttBridge, type MqttBridge } from '@/lib/ingest/mqtt/mqtt-bridge'
import type { TopicMapping } from '@/lib/ingest/mqtt/topic-mapping'
import type { LiveStore } from '@/lib/live/live-store'
import { HomeAssistantPublisher, type PublisherOptions } from '@/lib/services/home-assistant/home-assistant-publisher'

const LOOK_EVERY_MILLISECONDS = 500

export interface DutyOptions {
  broker: MqttBroker
  mappings: readonly TopicMapping[]
  homeAssistant: Pick<PublisherOptions, 'buildings' | 'prefix' | 'stateSeconds'>
  log: MqttLog
}

/** All that is done over MQTT, while this process is the one to do it. */
export class MqttDuty {
  private bridge: MqttBridge | null = null
  private publisher: HomeAssistantPublisher | null = null
  private timer: NodeJS.Timeout | undefined
  private changing: Promise<void> = Promise.resolve()
  private isClosed = false

  constructor(private readonly options: DutyOptions) {}

  /** What process reports tell of it. */
  get facts(): Record<string, number> {
    const bridge = this.bridge?.status()
    const publisher = this.publisher?.status
    if (!bridge || !publisher) return { mqttConnected: 0 }
    return {
      mqttConnected: bridge.connected && publisher.connected ? 1 : 0,
      mqttStored: bridge.stored,
      mqttWaiting: bridge.waiting,
      mqttRejected: bridge.rejected,
      mqttRetained: bridge.retained,
      mqttWithoutPower: bridge.noPower,
      mqttLost: bridge.lost,
      announcedSensors: publisher.announcedSensors,
    }
  }

  /** @param isHolder null while it cannot be known: then everything stays as it is */
  follow(isHolder: () => boolean | null, store: LiveStore): void {
    this.timer = setInterval(() => {
      const holder = isHolder()
      if (holder === null || holder === (this.bridge !== null) || this.isClosed) return
      this.changing = this.changing.then(() => (holder ? this.begin(store) : this.end()))
    }, LOOK_EVERY_MILLISECONDS)
  }

  async close(): Promise<void> {
    this.isClosed = true
    clearInterval(this.timer)
    await this.changing
    await this.end()
  }

  private begin(store: LiveStore): void {
    if (this.bridge || this.isClosed) return
    const { broker, mappings, homeAssistant, log } = this.options
    this.bridge = startMqttBridge({ broker, mappings, append: (samples) => store.append(samples), log })
    this.publisher = new HomeAssistantPublisher({ broker, store, ...homeAssistant, log })
  }

  private async end(): Promise<void> {
    const { bridge, publisher } = this
    this.bridge = null
    this.publisher = null
    await Promise.all([bridge?.close(), publisher?.close()])
  }
}
