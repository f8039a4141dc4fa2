import { readFileSync } from 'node:fs'
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import { env } from '@/lib/env'

const TIMEOUT_MILLISECONDS = 10_000
const KEEPALIVE_SECONDS = 30
const RECONNECT_MILLISECONDS = { first: 1_000, most: 30_000 }

export interface MqttLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface MqttBroker {
  url: string
  username?: string
  password?: string
  /** PEM. */
  ca?: Buffer
  /** Names this installation to the broker. */
  clientId: string
}

/**
 * The broker that the environment names; null where it names none.
 * @throws Error in one sentence where the certificates cannot be read
 */
export function mqttBroker(): MqttBroker | null {
  const { MQTT_URL, MQTT_USERNAME, MQTT_PASSWORD, MQTT_CA_FILE, MQTT_CLIENT_ID } = env()
  if (!MQTT_URL) return null
  return { url: MQTT_URL, username: MQTT_USERNAME, password: MQTT_PASSWORD, ca: readCertificates(MQTT_CA_FILE), clientId: MQTT_CLIENT_ID }
}

function readCertificates(file: string | undefined): Buffer | undefined {
  if (!file) return undefined
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Error(`MQTT_CA_FILE ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

export interface MqttOptions {
  broker: MqttBroker
  /** Sets this connection apart from others of the installation. */
  purpose?: string
  /** false: the broker keeps for this client what it cannot deliver, for as long as it is set to. */
  clean: boolean
  will?: IClientOptions['will']
  log: MqttLog
}

/**
 * Connects in the background, and again after every break, ever less often up to twice a minute. Credentials come from the
 * address or from their own settings; a server's certificate is always checked.
 */
export function openMqtt({ broker, purpose, clean, will, log }: MqttOptions): MqttClient {
  const { url, username, password, ca } = broker
  const clientId = purpose ? `${broker.clientId}-${purpose}` : broker.clientId
  const client = connect(url, {
    clientId,
    clean,
    will,
    ca,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    protocolVersion: 4,
    connectTimeout: TIMEOUT_MILLISECONDS,
    keepalive: KEEPALIVE_SECONDS,
    reconnectPeriod: RECONNECT_MILLISECONDS.first,
    reconnectOnConnackError: true,
    // Whoever subscribes does so at every connection, so that a broker that forgot the session is told again.
    resubscribe: false,
    queueQoSZero: false,
  })
  let said: string | null = null
  const trouble = (reason: string) => {
    if (said === reason) return
    said = reason
    log.warn({ broker: addressOf(url), clientId, reason }, 'the MQTT broker cannot be reached, trying again')
  }
  client.on('error', (error) => trouble(sentenceOf(error)))
  client.on('offline', () => said ?? trouble('The connection broke.'))
  client.on('reconnect', () => {
    const { reconnectPeriod = RECONNECT_MILLISECONDS.first } = client.options
    client.options.reconnectPeriod = Math.min(reconnectPeriod * 2, RECONNECT_MILLISECONDS.most)
  })
  client.on('connect', () => {
    client.options.reconnectPeriod = RECONNECT_MILLISECONDS.first
    said = null
    log.info({ broker: addressOf(url), clientId }, 'connected to the MQTT broker')
  })
  return client
}

/** Publishes with QoS 1 and waits until the broker has it. @throws Error also where that takes too long */
export async function publishConfirmed(client: MqttClient, topic: string, text: string, retain: boolean): Promise<void> {
  await inTime(client.publishAsync(topic, text, { qos: 1, retain }), `${topic} was not taken in time.`)
}

/**
 * Subscribes; who is not let or not answered is disconnected, so that the next connection tries again.
 * @returns whether it worked
 */
export async function subscribeOrReconnect(client: MqttClient, filters: readonly string[], qos: 0 | 1, log: MqttLog): Promise<boolean> {
  const { stream } = client
  try {
    const granted = await inTime(client.subscribeAsync([...filters], { qos }), 'The broker did not answer in time.')
    const refused = granted.filter((grant) => grant.qos > 2).map(({ topic }) => topic)
    if (refused.length === 0) return true
    throw new Error(`The broker refuses ${refused.join(', ')}.`)
  } catch (error) {
    if (client.disconnecting) return false
    log.warn({ reason: sentenceOf(error), filters }, 'topics could not be subscribed to, trying again')
    client.options.reconnectPeriod = RECONNECT_MILLISECONDS.most
    stream.destroy()
    return false
  }
}

/** Says good-bye, which keeps a will from being published; in time or not at all. */
export async function closeMqtt(client: MqttClient): Promise<void> {
  client.removeAllListeners('error').on('error', () => {})
  await inTime(client.endAsync(!client.connected), '', 2_000).catch(() => client.end(true))
}

async function inTime<Result>(work: Promise<Result>, otherwise: string, milliseconds = TIMEOUT_MILLISECONDS): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise)), milliseconds)
  })
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer))
}

/** Without credentials. */
function addressOf(url: string): string {
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`
}

/** A refused connection to a name with several addresses is an AggregateError without a message. */
function sentenceOf(error: unknown): string {
  if (error instanceof AggregateError && !error.message) return error.errors.map(sentenceOf).join(' ')
  return error instanceof Error ? error.message : String(error)
}
