import type { Sample } from '@/lib/contracts/sample'
import { closeMqtt, openMqtt, publishConfirmed, type MqttBroker, type MqttLog } from '@/lib/infra/mqtt-connection'
import { onShutdown } from '@/lib/infra/shutdown'
import type { LiveStore } from '@/lib/live/live-store'
import { inputMessageOf } from '@/lib/simulation/home-sample'
import type { ProducerTransport } from '@/workers/producer/settings'

export interface TransportOptions {
  store: LiveStore
  transport: ProducerTransport
  /** What `mqtt` publishes to. */
  broker: MqttBroker | null
  log: MqttLog
}

/** Puts samples into the durable stream, or publishes each as a meter outside would. */
export function transportTo({ store, transport, broker, log }: TransportOptions): (samples: readonly Sample[]) => Promise<void> {
  if (transport === 'stream') return (samples) => store.append(samples)
  if (transport === 'mqtt' && broker) return inParts(publisherTo(broker, log))
  return inParts((buildingId, json) => store.publishInput(buildingId, json))
}

type Publish = (buildingId: string, json: string) => Promise<void>

function publisherTo(broker: MqttBroker, log: MqttLog): Publish {
  const client = openMqtt({ broker, purpose: 'meter', clean: true, log })
  onShutdown('MQTT', () => closeMqtt(client))
  return (buildingId, json) => {
    if (!client.connected) throw new Error('There is no connection to the MQTT broker.')
    return publishConfirmed(client, `undercurrent/${buildingId}/input`, json, false)
  }
}

function inParts(publish: Publish): (samples: readonly Sample[]) => Promise<void> {
  // A batch is tried again from the first message that failed, so that what was published is not published twice.
  let published: { batch: readonly Sample[]; count: number } | null = null
  return async (samples) => {
    if (published?.batch !== samples) published = { batch: samples, count: 0 }
    for (const sample of samples.slice(published.count)) {
      await publish(sample.buildingId, JSON.stringify(inputMessageOf(sample)))
      published.count += 1
    }
  }
}
