import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { MqttClient } from 'mqtt'
import { publicLookup, refuseLiteralPrivate } from '@/lib/infra/public-address'
import { toJson, type AlertMessage } from './alert-message'
import { DeliveryError } from './delivery-error'

const TIMEOUT_MILLISECONDS = 10_000
const PORTS = { 'mqtt:': 1883, 'mqtts:': 8883 } as const

export interface MqttTarget {
  url: string
  username?: string
  password?: string
  topic?: string
}

/** The topic of a site where none was entered. */
export const defaultTopic = (siteId: string) => `undercurrent/${siteId}/alerts`

/** Publishes once with QoS 1 and waits until the broker has it. @throws DeliveryError */
export async function sendMqtt(message: AlertMessage, { url, username, password, topic }: MqttTarget): Promise<void> {
  const { hostname, port, protocol } = new URL(url)
  const isEncrypted = protocol === 'mqtts:'
  const host = hostname.replace(/^\[|\]$/g, '')
  const address = { host, port: Number(port) || PORTS[isEncrypted ? 'mqtts:' : 'mqtt:'], lookup: publicLookup }
  let client: MqttClient | undefined
  let timer: NodeJS.Timeout | undefined
  try {
    refuseLiteralPrivate(hostname)
    const open = () => (isEncrypted ? connectTls({ ...address, servername: host }) : connectTcp(address))
    client = new MqttClient(open, {
      username,
      password,
      reconnectPeriod: 0,
      connectTimeout: TIMEOUT_MILLISECONDS,
      clientId: `undercurrent_${message.id.slice(-23)}`,
    })
    const connected = client
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new DeliveryError('The broker did not answer in time.', 'transient')), TIMEOUT_MILLISECONDS)
      connected.on('error', reject)
      connected.on('close', () => reject(new DeliveryError('The broker closed the connection.', 'transient')))
      connected.publish(topic ?? defaultTopic(message.site.id), toJson(message), { qos: 1 }, (error) => (error ? reject(error) : resolve()))
    })
  } catch (error) {
    // 4, 5 of MQTT 3.1.1, 134, 135 of 5: user name, password, right.
    const code = error instanceof Error && 'code' in error ? Number(error.code) : Number.NaN
    if ([4, 5, 134, 135].includes(code)) throw new DeliveryError('The broker refused the user name or password.', 'final')
    throw DeliveryError.of(error)
  } finally {
    clearTimeout(timer)
    client?.on('error', () => {})
    client?.end(true)
  }
}
