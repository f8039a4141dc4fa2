import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sample } from '@/lib/contracts/sample'
import { startMqttBridge, type MqttBridge } from './mqtt-bridge'
import { TestBroker } from './testing/test-broker'
import { readTopicMappings } from './topic-mapping'

const START = Math.floor(Date.now() / 1000) - 3_600
const INPUT = 'undercurrent/{building_id}/input'
const log = { info: () => {}, warn: () => {} }
const until = { timeout: 20_000, interval: 20 }
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

/** The one call of the live store that a bridge makes. */
class MemoryStore {
  readonly appended: Sample[] = []
  readonly batches: number[] = []
  isAway = false

  append = async (samples: readonly Sample[]): Promise<void> => {
    if (this.isAway) throw new Error('the store is away')
    await new Promise((resolve) => setTimeout(resolve, 5))
    this.appended.push(...samples)
    this.batches.push(samples.length)
  }

  seconds = (): number[] => this.appended.map(({ timestampSeconds }) => timestampSeconds - START)
  watts = (): number[] => this.appended.map(({ powerWatts }) => powerWatts)
}

describe('the MQTT bridge', () => {
  let broker: TestBroker
  let store: MemoryStore
  const open: MqttBridge[] = []
  beforeEach(async () => {
    broker = await TestBroker.start()
    store = new MemoryStore()
  })
  afterEach(async () => {
    await Promise.all(open.splice(0).map((bridge) => bridge.close()))
    await broker.stop()
  })
  const start = async (topics = INPUT, credentials: { username?: string; password?: string } = {}) => {
    const bridge = startMqttBridge({
      broker: { url: broker.url, clientId: 'undercurrent', ...credentials },
      mappings: readTopicMappings(topics),
      append: store.append,
      log,
    })
    open.push(bridge)
    await expect.poll(() => bridge.status().connected, until).toBe(true)
    return bridge
  }
  const publish = (second: number, buildingId = 'home') =>
    broker.publish(`undercurrent/${buildingId}/input`, { timestamp: START + second, power_total: second })

  it('stores each reading once and in order, and acknowledges it only then', async () => {
    const bridge = await start()
    store.isAway = true
    for (const second of range(0, 50)) await publish(second)
    await expect.poll(() => bridge.status().waiting, until).toBe(50)
    expect(broker.acknowledged).toEqual([])
    store.isAway = false
    await expect.poll(() => broker.acknowledged.length, until).toBe(50)
    expect(store.seconds()).toEqual(range(0, 50))
    expect(broker.acknowledged.map(({ text }) => JSON.parse(text).power_total)).toEqual(range(0, 50))
  })

  it('stores what comes in while it stores as one batch', async () => {
    await start()
    await Promise.all(range(0, 200).map((home) => publish(1, `home_${home}`)))
    await expect.poll(() => store.appended.length, until).toBe(200)
    expect(store.batches.length).toBeLessThan(100)
  })

  it('gets what was published while it was away, also after it was killed with readings not acknowledged', async () => {
    const first = await start()
    for (const second of range(0, 10)) await publish(second)
    await expect.poll(() => broker.acknowledged.length, until).toBe(10)
    store.isAway = true
    for (const second of range(10, 20)) await publish(second)
    await expect.poll(() => first.status().waiting, until).toBe(10)
    await first.close()
    open.length = 0
    for (const second of range(20, 30)) await publish(second)
    store.isAway = false
    await start()
    await expect.poll(() => store.seconds(), until).toEqual(range(0, 30))
  })

  it('stores a reading once that the broker sends again while it waits', async () => {
    const bridge = await start()
    store.isAway = true
    for (const second of range(0, 20)) await publish(second)
    await expect.poll(() => bridge.status().waiting, until).toBe(20)
    broker.breakConnections()
    await expect.poll(() => bridge.status().connected, until).toBe(false)
    await expect.poll(() => bridge.status().connected, until).toBe(true)
    store.isAway = false
    await expect.poll(() => broker.acknowledged.length, until).toBe(20)
    expect(store.seconds()).toEqual(range(0, 20))
    expect(bridge.status().waiting).toBe(0)
  })

  it('connects again when the broker comes back, and asks it for nothing twice', async () => {
    const bridge = await start()
    await publish(0)
    await expect.poll(() => broker.acknowledged.length, until).toBe(1)
    await broker.disappear()
    await expect.poll(() => bridge.status().connected, until).toBe(false)
    for (const second of range(1, 6)) await publish(second)
    await broker.comeBack()
    await expect.poll(() => store.seconds(), until).toEqual(range(0, 6))
  })

  it('counts what a broker retained as old news, not as readings', async () => {
    await broker.publish('undercurrent/home/input', { timestamp: START, power_total: 1 }, { retain: true })
    await broker.publish('plug/power', '400', { retain: true })
    const bridge = await start(`${INPUT} plug/power?building=home`)
    await expect.poll(() => bridge.status().retained, until).toBe(2)
    await publish(7)
    // Retained by who publishes, but new to who listens.
    await broker.publish('plug/power', '500', { retain: true })
    await expect.poll(() => store.watts().toSorted((a, b) => a - b), until).toEqual([7, 500])
  })

  it('rejects hostile payloads with a count, and acknowledges them, so that they do not come again', async () => {
    const bridge = await start()
    const hostile = [
      Buffer.from([0xff, 0xfe, 0, 1]), '', '{', '[]', 'null', '5', '{"timestamp": 1, "power_total": 5}',
      `{"timestamp": ${START}, "power_total": 1e300}`, `{"timestamp": ${START}, "power_total": ${'1'.repeat(20_000)}}`,
      '['.repeat(10_000),
    ]
    for (const payload of hostile) await broker.publish('undercurrent/home/input', payload)
    await broker.publish('undercurrent/no such building!/input', { timestamp: START, power_total: 5 })
    await publish(1)
    await expect.poll(() => store.seconds(), until).toEqual([1])
    await expect.poll(() => broker.acknowledged.length, until).toBe(hostile.length + 2)
    expect(bridge.status().rejected).toBe(hostile.length + 1)
  })

  it('takes readings without a time at their arrival, and none from before it listened', async () => {
    await broker.publish('tele/main/SENSOR', { ENERGY: { Power: 1 } })
    const bridge = await start('tele/main/SENSOR?building=home')
    await bridge.close()
    open.length = 0
    await broker.publish('tele/main/SENSOR', { ENERGY: { Power: 2 } })
    const before = Date.now() / 1000
    await start('tele/main/SENSOR?building=home')
    await broker.publish('tele/main/SENSOR', { ENERGY: { Power: 3 } })
    await broker.publish('tele/main/SENSOR', { Time: 'x', SI7021: { Temperature: 20 } })
    await expect.poll(() => store.watts(), until).toEqual([3])
    expect(store.appended[0]?.timestampSeconds).toBeGreaterThanOrEqual(Math.floor(before))
    await expect.poll(() => open[0]?.status().noPower, until).toBe(1)
  })

  it('adds up the phases of one meter, once all are known, and refuses one more than there are', async () => {
    const bridge = await start('shellies/em3/emeter/+/power?building=home&sum=3')
    await broker.publish('shellies/em3/emeter/0/power', '100')
    await broker.publish('shellies/em3/emeter/1/power', '200')
    await broker.publish('shellies/em3/emeter/2/power', '-50.5')
    await expect.poll(() => store.watts(), until).toEqual([249.5])
    // Only one changed: the others keep what they said.
    await broker.publish('shellies/em3/emeter/0/power', '110')
    await expect.poll(() => store.watts(), until).toEqual([249.5, 259.5])
    await broker.publish('shellies/em3/emeter/3/power', '1')
    await expect.poll(() => bridge.status().rejected, until).toBe(1)
  })

  it('logs in with what it was given', async () => {
    await broker.stop()
    broker = await TestBroker.start({ username: 'meter', password: 'secret' })
    await start(INPUT, { username: 'meter', password: 'secret' })
    await publish(3)
    await expect.poll(() => store.seconds(), until).toEqual([3])
  })
})
