import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Sample } from '@/lib/contracts/sample'
import { OTHER_BUILDINGS } from '@/lib/ingest/building-counts'
import { startPubSubBridge, type PubSubBridge, type PubSubBridgeOptions } from '@/lib/ingest/pubsub-bridge'

const START_SECONDS = 1_790_000_000
const log = { info: () => {}, warn: () => {} }

/** The two calls of the port that a bridge makes, in memory: one channel every bridge hears, one list they append to. */
class MemoryStore {
  readonly appended: Sample[] = []
  /** Sizes of the batches. */
  readonly batches: number[] = []
  appendFails = false
  subscribeFails = false
  private readonly handlers = new Set<(buildingId: string, json: string) => void>()

  async append(samples: readonly Sample[]): Promise<void> {
    if (this.appendFails) throw new Error('the store is away')
    this.batches.push(samples.length)
    this.appended.push(...samples)
  }

  async subscribeInput(_: string, handler: (buildingId: string, json: string) => void) {
    if (this.subscribeFails) throw new Error('the store is away')
    this.handlers.add(handler)
    return { close: async () => void this.handlers.delete(handler) }
  }

  publish(buildingId: string, second: number, power: string | number = second): void {
    for (const handler of this.handlers) handler(buildingId, `{"timestamp": ${START_SECONDS + second}, "power_total": ${power}}`)
  }

  /** The seconds appended of one building, in order. */
  seconds(buildingId: string): number[] {
    return this.appended.filter((sample) => sample.buildingId === buildingId).map((one) => one.timestampSeconds - START_SECONDS)
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

describe('the pub/sub bridge', () => {
  let store: MemoryStore
  const open: PubSubBridge[] = []
  beforeEach(() => {
    vi.useFakeTimers({ now: START_SECONDS * 1000 })
    store = new MemoryStore()
  })
  afterEach(async () => {
    const closing = Promise.all(open.splice(0).map((bridge) => bridge.close()))
    await vi.advanceTimersByTimeAsync(10_000)
    await closing
    vi.useRealTimers()
  })
  const start = async (isHolder: () => boolean | null, options: Partial<PubSubBridgeOptions> = {}) => {
    const bridge = startPubSubBridge({ store, buildingId: '*', isHolder, log, ...options })
    open.push(bridge)
    await vi.advanceTimersByTimeAsync(1)
    return bridge
  }
  /** One message a second. */
  const live = async (from: number, to: number, buildingId = 'b1') => {
    for (const second of range(from, to)) {
      store.publish(buildingId, second)
      await vi.advanceTimersByTimeAsync(1_000)
    }
  }

  it('appends what meters publish once, in order, when this process holds the lease', async () => {
    await start(() => true)
    await start(() => false)
    await live(0, 40)
    expect(store.seconds('b1')).toEqual(range(0, 40))
  })

  it('loses nothing when the holder dies: the standby appends the last seconds first, then what comes', async () => {
    let takenOver = false
    const holder = await start(() => true)
    await start(() => takenOver)
    await live(0, 50)
    expect(store.seconds('b1')).toEqual(range(0, 50))
    // Stops at once, with nothing flushed, as kill -9 would: the store does not take its last samples.
    store.appendFails = true
    await holder.close()
    await live(50, 58)
    store.appendFails = false
    takenOver = true
    await live(58, 65)
    const seconds = store.seconds('b1')
    expect([...new Set(seconds)].sort((a, b) => a - b)).toEqual(range(0, 65))
    const repeated = seconds.slice(50)
    expect(repeated).toEqual([...repeated].sort((a, b) => a - b))
    expect(repeated[0]).toBeGreaterThanOrEqual(50 - 30)
  })

  it('repeats no more than the last 30 seconds when it takes over', async () => {
    let holder = false
    await start(() => holder)
    await live(0, 100)
    holder = true
    await live(100, 102)
    expect(store.seconds('b1')).toEqual(range(70, 102))
  })

  it('keeps samples while the store is away and appends them in order when it is back', async () => {
    const bridge = await start(() => true)
    await live(0, 3)
    store.appendFails = true
    await live(3, 200)
    expect(bridge.status()).toMatchObject({ bufferedSamples: 197, lastError: 'the store is away', lostSamples: 0 })
    store.appendFails = false
    await live(200, 210)
    expect(store.seconds('b1')).toEqual(range(0, 210))
    expect(bridge.status()).toMatchObject({ bufferedSamples: 0, appendedSamples: 210 })
  })

  it('never repeats so long a run of one building that it looks like a clock set back', async () => {
    await start(() => true)
    store.appendFails = true
    await live(0, 300)
    store.appendFails = false
    await live(300, 310)
    expect(Math.max(...store.batches)).toBeLessThanOrEqual(26)
  })

  it('loses the oldest and counts them when the buffer is full', async () => {
    const warnings: string[] = []
    const warn = (fields: object, message: string) => void warnings.push(`${message} ${JSON.stringify(fields)}`)
    const bridge = await start(() => true, { maxBufferedSamples: 100, log: { info: () => {}, warn } })
    store.appendFails = true
    await live(0, 250)
    store.appendFails = false
    await vi.advanceTimersByTimeAsync(10_000)
    await live(250, 260)
    expect(store.seconds('b1')).toEqual(range(150, 260))
    expect(bridge.status().lostSamples).toBe(150)
    expect(warnings.filter((warning) => warning.includes('lost'))).toHaveLength(8)
  })

  it('keeps everything while nobody can know who the holder is', async () => {
    let holder: boolean | null = null
    await start(() => holder)
    await live(0, 120)
    expect(store.appended).toEqual([])
    holder = true
    await live(120, 122)
    expect(store.seconds('b1')).toEqual(range(0, 122))
  })

  it('stops appending when it loses the lease, and forgets what is older than 30 seconds', async () => {
    let holder = true
    const bridge = await start(() => holder)
    await live(0, 10)
    holder = false
    await live(10, 100)
    expect(store.seconds('b1')).toEqual(range(0, 10))
    expect(bridge.status()).toMatchObject({ holder: false, bufferedSamples: 30 })
    await vi.advanceTimersByTimeAsync(40_000)
    expect(bridge.status().bufferedSamples).toBe(0)
  })

  it('does not lose its place when samples leave the buffer during an append', async () => {
    let finish = () => {}
    const slow = vi.spyOn(store, 'append').mockImplementationOnce(async (samples) => {
      await new Promise<void>((resolve) => (finish = resolve))
      store.appended.push(...samples)
    })
    await start(() => true, { maxBufferedSamples: 5 })
    for (const second of range(0, 5)) store.publish('b1', second)
    await vi.advanceTimersByTimeAsync(100)
    expect(slow).toHaveBeenCalledOnce()
    for (const second of range(5, 8)) store.publish('b1', second)
    finish()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(store.seconds('b1')).toEqual(range(0, 8))
  })

  it('counts accepted, repaired and rejected messages of each building, and goes on after bad ones', async () => {
    const bridge = await start(() => true)
    store.publish('b1', 0)
    store.publish('b1', 1, 'NaN')
    store.publish('b1', 2, '"7"')
    store.publish('b2', 0, 'null')
    store.publish('not an id', 0)
    await vi.advanceTimersByTimeAsync(100)
    expect(bridge.counts('b1')).toMatchObject({ accepted: 2, repaired: 1, rejected: 1 })
    expect(bridge.counts('b1').lastReason).toContain('text')
    expect(bridge.counts('b2')).toMatchObject({ accepted: 0, repaired: 0, rejected: 1 })
    expect(bridge.counts('b2').lastReason).toContain('null')
    expect(bridge.counts('b3')).toEqual({ accepted: 0, repaired: 0, rejected: 0, lastReason: null })
    expect([...bridge.status().buildings.keys()]).toEqual(['b1', 'b2', OTHER_BUILDINGS])
    expect(store.seconds('b1')).toEqual([0, 2])
  })

  it('bounds its memory when someone makes up building ids without end', async () => {
    const bridge = await start(() => true)
    for (const number of range(0, 10_500)) store.publish(`made-up-${number}`, 0)
    expect(bridge.status().buildings.size).toBe(10_001)
    expect(bridge.counts(OTHER_BUILDINGS).accepted).toBe(500)
  })

  it('begins to listen when the store comes up after it', async () => {
    store.subscribeFails = true
    const bridge = await start(() => true)
    let ready = false
    void bridge.ready.then(() => (ready = true))
    await vi.advanceTimersByTimeAsync(3_000)
    expect([ready, bridge.status().subscribed]).toEqual([false, false])
    store.subscribeFails = false
    await vi.advanceTimersByTimeAsync(10_000)
    expect([ready, bridge.status().subscribed]).toEqual([true, true])
    await live(0, 2)
    expect(store.seconds('b1')).toEqual([0, 1])
  })

  it('appends what is due before it closes, and hears nothing afterwards', async () => {
    const bridge = await start(() => true)
    store.publish('b1', 0)
    await bridge.close()
    store.publish('b1', 1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(store.seconds('b1')).toEqual([0])
  })

  it('closes within seconds when the store does not answer', async () => {
    vi.spyOn(store, 'append').mockImplementation(() => new Promise(() => {}))
    const bridge = await start(() => true)
    store.publish('b1', 0)
    let closed = false
    void bridge.close().then(() => (closed = true))
    await vi.advanceTimersByTimeAsync(6_000)
    expect(closed).toBe(true)
  })
})
