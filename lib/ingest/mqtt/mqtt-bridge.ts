import type { Sample } from '@/lib/contracts/sample'
import type { MqttBroker, MqttLog } from '@/lib/infra/mqtt-connection'
import { MqttReceiver, type ReceiverStatus } from './mqtt-receiver'
import { isTimed, type TopicMapping } from './topic-mapping'

export interface MqttBridgeOptions {
  broker: MqttBroker
  mappings: readonly TopicMapping[]
  append(samples: readonly Sample[]): Promise<void>
  log: MqttLog
}

export interface MqttBridge {
  status(): ReceiverStatus
  close(): Promise<void>
}

/**
 * Carries meters' messages from a broker into the durable stream. One process at a time: a second with the same client id would
 * take the session away from the first.
 */
export function startMqttBridge({ broker, mappings, append, log }: MqttBridgeOptions): MqttBridge {
  const timed = mappings.filter(isTimed)
  const timeless = mappings.filter((mapping) => !isTimed(mapping))
  const receivers = [
    ...(timed.length > 0 ? [new MqttReceiver({ broker, mappings: timed, qos: 1, append, log })] : []),
    ...(timeless.length > 0 ? [new MqttReceiver({ broker, mappings: timeless, qos: 0, append, log })] : []),
  ]
  return {
    status: () => receivers.map(({ status }) => status).reduce(add),
    close: async () => void (await Promise.all(receivers.map((receiver) => receiver.close()))),
  }
}

const add = (a: ReceiverStatus, b: ReceiverStatus): ReceiverStatus => ({
  connected: a.connected && b.connected,
  waiting: a.waiting + b.waiting,
  stored: a.stored + b.stored,
  lost: a.lost + b.lost,
  rejected: a.rejected + b.rejected,
  retained: a.retained + b.retained,
  noPower: a.noPower + b.noPower,
})
