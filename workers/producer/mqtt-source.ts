import type { Sample } from '@/lib/contracts/sample'
import type { MqttBroker, MqttLog } from '@/lib/infra/mqtt-connection'
import { MqttReceiver } from '@/lib/ingest/mqtt/mqtt-receiver'
import type { TopicMapping } from '@/lib/ingest/mqtt/topic-mapping'
import type { ReadingSource } from '@/workers/producer/reading-source'

export interface MqttSourceOptions {
  broker: MqttBroker
  mappings: readonly TopicMapping[]
  buildingId: string
  log: MqttLog
}

/** What meters of one building publish from now on, without end. The broker keeps nothing for it while it does not run. */
export function openMqttSource({ broker, mappings, buildingId, log }: MqttSourceOptions): ReadingSource {
  const waiting: Sample[] = []
  let isClosed = false
  let wake = () => {}
  const append = async (samples: readonly Sample[]) => {
    waiting.push(...samples.filter((sample) => sample.buildingId === buildingId))
    wake()
  }
  const receiver = new MqttReceiver({ broker, mappings, qos: 1, append, log, passing: 'producer' })
  return {
    startSeconds: Math.floor(Date.now() / 1000),
    followsWallClock: false,
    async next() {
      while (waiting.length === 0 && !isClosed) await new Promise<void>((resolve) => (wake = resolve))
      return waiting.shift() ?? null
    },
    problems: () => null,
    close() {
      isClosed = true
      wake()
      return receiver.close()
    },
  }
}
