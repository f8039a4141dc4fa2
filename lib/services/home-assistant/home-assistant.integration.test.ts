import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { z } from 'zod'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { prisma } from '@/lib/data/prisma'
import { upsertMinutes } from '@/lib/data/series-write'
import { provideEnv } from '@/lib/env'
import { closePool, pool, withTransaction } from '@/lib/infra/db'
import { TestBroker } from '@/lib/ingest/mqtt/testing/test-broker'
import type { LiveStore } from '@/lib/live/live-store'
import { createPostgresLiveStore } from '@/lib/live/postgres'
import { makeSite, makeUpdate, type TestSite } from '@/scripts/testing/place-fixtures'
import { HomeAssistantPublisher } from './home-assistant-publisher'

const until = { timeout: 30_000, interval: 50 }
const log = { info: () => {}, warn: () => {} }

/** What Home Assistant takes of an MQTT sensor, of what is used here: https://www.home-assistant.io/integrations/sensor.mqtt/ */
const template = z.string().regex(/^\{\{ .+ \}\}$/)
const topic = z.string().regex(/^[^+#]+$/)
const documentSchema = z.strictObject({
  name: z.string().min(1),
  unique_id: z.string().regex(/^[A-Za-z0-9_-]+$/),
  device_class: z.enum(['power', 'energy']),
  state_class: z.enum(['measurement', 'total_increasing']),
  unit_of_measurement: z.enum(['W', 'kWh']),
  suggested_display_precision: z.number().int().min(0),
  state_topic: topic,
  value_template: template,
  expire_after: z.number().int().positive().optional(),
  json_attributes_topic: topic,
  json_attributes_template: template,
  availability: z.array(z.strictObject({ topic, value_template: template.optional() })).min(1),
  availability_mode: z.literal('all'),
  device: z.strictObject({
    identifiers: z.array(z.string()).length(1),
    name: z.string(),
    manufacturer: z.string(),
    model: z.string(),
    sw_version: z.string(),
  }),
  origin: z.strictObject({ name: z.string() }),
})
type Document = z.infer<typeof documentSchema>

describe('Home Assistant discovery', () => {
  let broker: TestBroker, store: LiveStore, site: TestSite
  let modelVersionId: number
  let publisher: HomeAssistantPublisher | null = null

  beforeAll(async () => {
    provideEnv({ DATABASE_URL: inject('databaseUrl') })
    store = createPostgresLiveStore({ connectionString: inject('databaseUrl'), shardCount: 8, windowSeconds: 1536, onProblem: () => {} })
    modelVersionId = await ensureModelVersion('home-assistant-test', '1')
  })
  beforeEach(async () => {
    broker = await TestBroker.start()
    site = await makeSite([])
  })
  afterEach(async () => {
    await publisher?.close()
    publisher = null
    await broker.stop()
  })
  afterAll(async () => {
    await store.close()
    await closePool()
  })

  const start = async (buildings: readonly string[] = [site.buildingId], stateSeconds = 1) => {
    publisher = new HomeAssistantPublisher({
      broker: { url: broker.url, clientId: 'undercurrent' },
      store,
      buildings,
      prefix: 'homeassistant',
      stateSeconds,
      log,
      lookEveryMilliseconds: 100,
      countEveryMilliseconds: 100,
    })
    await expect.poll(() => publisher?.status.connected, until).toBe(true)
  }
  const documents = (): Document[] =>
    [...broker.retained].filter(([name]) => /^homeassistant\/sensor\/undercurrent\/[A-Za-z0-9_-]+\/config$/.test(name))
      .map(([, text]) => documentSchema.parse(JSON.parse(text)))
  const named = (name: string) => documents().find((document) => document.name === name)
  const texts = (name: string) => broker.messages.filter((message) => message.topic === name).map(({ text }) => text)
  const speak = async (change: (update: ReturnType<typeof makeUpdate>) => void = () => {}, timestamp = Math.floor(Date.now() / 1000)) => {
    const update = makeUpdate(site.buildingId, timestamp)
    change(update)
    await store.publish(update)
  }
  const storeMinute = (minuteSeconds: number, meterEnergyWh: number, kettleWh: number) =>
    withTransaction(async (client) => {
      await client.query('SELECT ensure_partitions(to_timestamp($1), to_timestamp($1))', [minuteSeconds])
      const appliances = APPLIANCES.map((name) => ({ energyWh: name === 'ElectricKettle' ? kettleWh : 0, onSeconds: 60, confidence: 0.8 }))
      await upsertMinutes(client, [{
        buildingKey: site.buildingKey,
        modelVersionId,
        minute: { minuteSeconds, meterEnergyWh, coveredSeconds: 60, minWatts: 0, maxWatts: 4000, appliances },
      }])
    })
  /** The minute its counter began with, Unix seconds. */
  const firstMinute = async () => {
    const { rows } = await pool().query<{ begun: number }>(
      'SELECT extract(epoch FROM frozen_until)::float8 AS begun FROM energy_counter WHERE building_key = $1',
      [site.buildingKey],
    )
    return rows[0]?.begun ?? Number.NaN
  }
  /** What Home Assistant makes of a state: templates here are a path each. */
  const valueOf = (document: Document | undefined, text: string | undefined): unknown => {
    const path = /^\{\{ value_json\.(\w+) \}\}$/.exec(document?.value_template ?? '')?.[1] ?? ''
    return (JSON.parse(text ?? '{}') as Record<string, unknown>)[path]
  }
  const kwh = (name: string) => valueOf(named(name), broker.retained.get(named(name)?.state_topic ?? ''))

  it('announces total, other and each appliance in power and energy, as sensors of one device', async () => {
    await speak()
    await start()
    await expect.poll(() => documents().length, until).toBe(4 + 2 * APPLIANCES.length)
    expect(new Set(documents().map(({ unique_id }) => unique_id)).size).toBe(26)
    expect(new Set(documents().map(({ device }) => device.identifiers[0])).size).toBe(1)
    for (const { device_class, state_class, unit_of_measurement } of documents()) {
      expect([state_class, unit_of_measurement]).toEqual(device_class === 'power' ? ['measurement', 'W'] : ['total_increasing', 'kWh'])
    }
    expect(broker.retained.get('undercurrent/availability')).toBe('online')
    expect(named('Heat pump power')?.availability.map((one) => one.topic)).toContain('undercurrent/availability')
  })

  it('keeps the ids of sensors when it starts again, and announces nothing twice', async () => {
    await speak()
    await start()
    await expect.poll(() => documents().length, until).toBe(26)
    const before = new Map(broker.retained)
    await publisher?.close()
    expect(broker.retained.get('undercurrent/availability')).toBe('offline')
    await start()
    await expect.poll(() => broker.retained.get('undercurrent/availability'), until).toBe('online')
    await speak()
    await expect.poll(() => publisher?.status.publishedStates, until).toBeGreaterThan(0)
    expect(broker.retained).toEqual(before)
    expect(broker.messages.filter((message) => message.topic.endsWith('/config')).length).toBe(26)
  })

  it('publishes live power, at most once in the time it was told', async () => {
    await start([site.buildingId], 2)
    const startedAt = performance.now()
    const now = Math.floor(Date.now() / 1000)
    for (let second = 0; second < 20; second++) {
      await speak((update) => (update.message.total_power = 1000 + second), now + second)
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
    const name = `undercurrent/${site.buildingId}/power`
    await expect.poll(() => valueOf(named('Power'), texts(name).at(-1)), until).toBe(1019)
    expect(texts(name).length).toBeLessThanOrEqual((performance.now() - startedAt) / 2000 + 1)
    expect(JSON.parse(texts(name).at(-1)!)).toMatchObject({ HeatPump: 10, Television: 110, other: 40 })
    expect(broker.retained.has(name)).toBe(false)
  })

  it('marks what is experimental, simulated or not available', async () => {
    await speak(({ message }) => {
      message.simulated = true
      Object.assign(message.predictions[0]!, { experimental: true })
      Object.assign(message.predictions[1]!, { available: false, power_watts: 0 })
    })
    await start()
    await expect.poll(() => documents().length, until).toBe(26)
    expect(named('Heat pump power (experimental)')?.device.name).toBe('House (simulated)')
    const attributes = JSON.parse(broker.retained.get(named('Power')!.json_attributes_topic)!) as Record<string, object>
    expect(attributes.meter).toEqual({ origin: 'simulated', simulated: true })
    expect(attributes.HeatPump).toMatchObject({ origin: 'estimated from simulated readings', experimental: true, available: true })
    expect(attributes.Dishwasher).toMatchObject({ available: false })
    await speak(({ message }) => Object.assign(message.predictions[1]!, { available: false, power_watts: 0 }))
    await expect.poll(() => valueOf(named('Dishwasher power'), texts(`undercurrent/${site.buildingId}/power`).at(-1)), until).toBeNull()
    expect(named('Dishwasher power')?.availability[1]?.value_template).toContain('value_json.Dishwasher.available')
  })

  it('counts energy from when it was announced, and never backwards when stored minutes are corrected', async () => {
    await storeMinute(Math.floor(Date.now() / 60_000) * 60 - 7200, 5000, 100)
    await speak()
    await start()
    await expect.poll(() => kwh('Energy'), until).toBe(0)
    const minute = await firstMinute()
    await storeMinute(minute, 60, 45)
    await expect.poll(() => kwh('Kettle energy'), until).toBe(0.045)
    expect(kwh('Energy')).toBe(0.06)
    expect(kwh('Other energy')).toBe(0.015)
    const kettle: unknown[] = []
    await storeMinute(minute, 50, 5)
    await expect.poll(() => kettle.push(kwh('Kettle energy')), until).toBeGreaterThan(20)
    expect(new Set(kettle)).toEqual(new Set([0.045]))
    // Restarted, it goes on where it was, and grows again once the sum is beyond it.
    await publisher?.close()
    await start()
    await storeMinute(minute, 90, 70)
    await expect.poll(() => kwh('Kettle energy'), until).toBe(0.07)
    const seen = texts(`undercurrent/${site.buildingId}/energy`).map((text) => (JSON.parse(text) as { ElectricKettle: number }).ElectricKettle)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(named('Energy fed in')).toBeUndefined()
  })

  it('tells of energy fed in once there is some', async () => {
    await speak()
    await start()
    await expect.poll(() => kwh('Energy'), until).toBe(0)
    await storeMinute(await firstMinute(), -30, 0)
    await expect.poll(() => kwh('Energy fed in'), until).toBe(0.03)
    expect(kwh('Energy')).toBe(0)
  })

  it('takes back all of a building that is gone, and leaves others and strangers alone', async () => {
    const other = await makeSite([])
    await speak()
    await store.publish(makeUpdate(other.buildingId, Math.floor(Date.now() / 1000)))
    await broker.publish('homeassistant/sensor/somebody_else/x/config', { name: 'x' }, { retain: true })
    await start([site.buildingId, other.buildingId])
    await expect.poll(() => documents().length, until).toBe(52)
    await prisma().building.delete({ where: { id: site.buildingId } })
    await expect.poll(() => [...broker.retained.keys()].filter((name) => name.includes(site.buildingId.replaceAll('-', '--'))), until).toEqual([])
    await expect.poll(() => [...broker.retained.keys()].filter((name) => name.includes(site.buildingId)), until).toEqual([])
    expect(documents().length).toBe(26)
    expect(broker.retained.has('homeassistant/sensor/somebody_else/x/config')).toBe(true)
    expect((await pool().query('SELECT 1 FROM energy_counter WHERE building_key = $1', [site.buildingKey])).rowCount).toBe(0)
  })

  it('takes everything back when the setting is off, also what it announced before it was started again', async () => {
    await speak()
    await start()
    await expect.poll(() => documents().length, until).toBe(26)
    await publisher?.close()
    const hostile = { state_topic: 'undercurrent/../other/x', json_attributes_topic: 'somebody/else/energy' }
    await broker.publish('homeassistant/sensor/undercurrent/hostile/config', hostile, { retain: true })
    await broker.publish('somebody/else/energy', 'mine', { retain: true })
    await start([])
    await expect.poll(() => [...broker.retained.keys()], until).toEqual(['somebody/else/energy'])
  })
})
