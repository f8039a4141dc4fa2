import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { Aedes } from 'aedes'

export interface BrokerOptions {
  username?: string
  password?: string
}

/** A real MQTT broker over loopback, which keeps sessions and retained messages for as long as it lives. */
export class TestBroker {
  /** Retained messages by topic, as whoever subscribes gets them. */
  readonly retained = new Map<string, string>()
  /** Every message of a client or of `publish`, oldest first. */
  readonly messages: { topic: string; text: string; qos: number; retain: boolean }[] = []
  /** What clients acknowledged, by client id. */
  readonly acknowledged: { clientId: string; text: string }[] = []
  /** Filters that clients subscribed to, oldest first. */
  readonly subscribed: string[] = []
  private readonly sockets = new Set<Socket>()
  private port = 0

  private constructor(
    private readonly broker: Aedes,
    private server: Server,
  ) {}

  static async start({ username, password }: BrokerOptions = {}): Promise<TestBroker> {
    const aedes = await Aedes.createBroker({
      authenticate: (_, givenName, givenPassword, done) =>
        done(null, username === undefined || (givenName === username && givenPassword?.toString() === password)),
    })
    const broker = new TestBroker(aedes, createServer())
    aedes.on('publish', ({ topic, payload, qos, retain }) => {
      if (topic.startsWith('$SYS')) return
      const text = payload.toString()
      broker.messages.push({ topic, text, qos, retain })
      if (!retain) return
      if (text === '') broker.retained.delete(topic)
      else broker.retained.set(topic, text)
    })
    aedes.on('subscribe', (subscriptions) => void broker.subscribed.push(...subscriptions.map(({ topic }) => topic)))
    aedes.on('ack', (packet, client) => {
      if (!packet || !('payload' in packet)) return
      broker.acknowledged.push({ clientId: client.id, text: String(packet.payload) })
    })
    await broker.listen()
    return broker
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`
  }

  async publish(topic: string, payload: string | Buffer | object, options: { qos?: 0 | 1; retain?: boolean } = {}): Promise<void> {
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload))
    await new Promise<void>((resolve, reject) => {
      const packet = { cmd: 'publish' as const, topic, payload: bytes, qos: options.qos ?? 1, retain: options.retain ?? false, dup: false }
      this.broker.publish(packet, (error) => (error ? reject(error) : resolve()))
    })
  }

  get connectedClients(): number {
    return this.broker.connectedClients
  }

  /** Breaks every connection; the broker takes new ones at once. */
  breakConnections(): void {
    for (const socket of this.sockets) socket.destroy()
  }

  /** Away for clients, though it remembers their sessions. */
  async disappear(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()))
    this.breakConnections()
    await closed
  }

  async comeBack(): Promise<void> {
    this.server = createServer()
    await this.listen()
  }

  async stop(): Promise<void> {
    await this.disappear()
    await new Promise<void>((resolve) => this.broker.close(() => resolve()))
  }

  private async listen(): Promise<void> {
    this.server.on('connection', (socket) => {
      this.sockets.add(socket)
      socket.on('close', () => this.sockets.delete(socket))
      this.broker.handle(socket)
    })
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve))
    this.port = (this.server.address() as AddressInfo).port
  }
}
