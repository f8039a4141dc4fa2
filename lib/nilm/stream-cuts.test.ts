import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHome } from '@/lib/simulation/home'
import { BuildingSession } from './building-session'
import { loadSessionModel, type SessionModel } from './session-model'
import type { ActivationEstimate, MinuteEstimate, OrderedReading, PushResult, SessionCheckpoint } from './session-types'
import { householdPowers, NOON, randomSequence, readingsOf } from './testing/recordings'
import { hasShippedModel, SHIPPED_MODEL_DIR } from './testing/shipped-model'
import { stepModel } from './testing/step-network'

/** What a database holds that lets later rows replace earlier ones. */
interface Stored {
  minutes: Map<number, MinuteEstimate>
  runs: Map<string, ActivationEstimate>
}

const emptyStored = (): Stored => ({ minutes: new Map(), runs: new Map() })

function store(into: Stored, { minutes, activations }: PushResult): void {
  for (const minute of minutes) into.minutes.set(minute.minuteSeconds, minute)
  for (const run of activations) into.runs.set(`${run.appliance} ${run.startedAtSeconds}`, run)
}

/** A worker's life: pushes of these sizes, in turn. */
async function uninterrupted(model: SessionModel, readings: readonly OrderedReading[], size: () => number): Promise<Stored> {
  const session = new BuildingSession(model)
  const stored = emptyStored()
  for (let start = 0; start < readings.length; ) {
    const end = start + size()
    store(stored, await session.push(readings.slice(start, end)))
    start = end
  }
  session.close()
  return stored
}

/**
 * Workers that die and are followed by others, as the inference worker does it: a checkpoint a minute, and a successor that is
 * brought to the last one, is given again at once what was stored since, and goes on.
 */
async function interrupted(model: SessionModel, readings: readonly OrderedReading[], random: () => number): Promise<Stored> {
  const stored = emptyStored()
  let session = new BuildingSession(model)
  let checkpoint = ''
  let checkpointedAt = 0
  for (let start = 0; start < readings.length; ) {
    if (random() < 0.02) {
      session.close()
      session = new BuildingSession(model)
      const saved = checkpoint ? (JSON.parse(checkpoint) as SessionCheckpoint) : undefined
      const oldest = (saved?.positionSeconds ?? 0) - model.replaySeconds
      const history = readings.slice(0, checkpointedAt).filter(({ timestampSeconds }) => timestampSeconds > oldest)
      await session.open(saved, history.map(asStored))
      if (start > checkpointedAt) store(stored, await session.push(readings.slice(checkpointedAt, start).map(asStored)))
    }
    const end = start + 1 + Math.floor(random() * 20)
    store(stored, await session.push(readings.slice(start, end)))
    start = Math.min(end, readings.length)
    if (start - checkpointedAt >= 60) {
      checkpoint = JSON.stringify(session.checkpoint())
      checkpointedAt = start
    }
  }
  session.close()
  return stored
}

/** The database keeps single precision. */
const asStored = ({ timestampSeconds, powerWatts }: OrderedReading) => ({ timestampSeconds, powerWatts: Math.fround(powerWatts) })

function expectSame(actual: Stored, expected: Stored): void {
  expect([...actual.minutes.keys()]).toEqual([...expected.minutes.keys()])
  for (const [minuteSeconds, minute] of expected.minutes) {
    const other = actual.minutes.get(minuteSeconds)!
    expect(other.meterEnergyWh).toBeCloseTo(minute.meterEnergyWh, 4)
    expect(other.coveredSeconds).toBeCloseTo(minute.coveredSeconds, 6)
    for (const [index, { energyWh, onSeconds, confidence }] of minute.appliances.entries()) {
      expect(other.appliances[index]!.energyWh).toBeCloseTo(energyWh, 3)
      expect(other.appliances[index]!.onSeconds).toBeCloseTo(onSeconds, 6)
      expect(other.appliances[index]!.confidence).toBeCloseTo(confidence, 3)
    }
  }
  expect([...actual.runs.keys()].sort()).toEqual([...expected.runs.keys()].sort())
  for (const [key, run] of expected.runs) {
    const other = actual.runs.get(key)!
    expect(other.endedAtSeconds).toBe(run.endedAtSeconds)
    expect(other.energyWh).toBeCloseTo(run.energyWh, 2)
    expect(other.peakWatts).toBeCloseTo(run.peakWatts, 1)
  }
}

const anySize = (random: () => number) => () => 1 + Math.floor(random() * 90)

/** Provisional and final estimates differ in watts, and of the washing machine in whether it runs. */
const steps = () =>
  stepModel({
    Refrigerator: { fromWatts: 200, onPowerWatts: 100 },
    ElectricKettle: { fromWatts: 1500, onPowerWatts: 2000, logits: [1, 4] },
    WashingMachine: { fromWatts: 350, onPowerWatts: 900, logits: [-1, 2] },
  })

describe('what is stored of a stream that stops anywhere', { timeout: 30_000 }, () => {
  const powers = householdPowers(2400).map((power, second) => (second % 500 < 250 ? power : power + 1600))

  it.each([1, 7, 0.4])('is the same to the last digit however it was cut into pushes, at %s s', async (intervalSeconds) => {
    const random = randomSequence(11)
    const all = readingsOf(powers.slice(0, intervalSeconds > 1 ? 500 : 2400), intervalSeconds, NOON + 0.3)
    for (let length = Math.floor(all.length / 4); length < all.length; length += Math.ceil(all.length / 14)) {
      const readings = all.slice(0, length)
      const one = await uninterrupted(steps(), readings, () => 1)
      expect(one.runs.size).toBeGreaterThan(0)
      expect(await uninterrupted(steps(), readings, () => readings.length)).toEqual(one)
      expect(await uninterrupted(steps(), readings, anySize(random))).toEqual(one)
    }
  })

  it('is the same with a gap and an outage in it', async () => {
    const random = randomSequence(12)
    const from = (seconds: number) => (reading: OrderedReading) => ({ ...reading, timestampSeconds: reading.timestampSeconds + seconds })
    const all = readingsOf(powers, 1, NOON + 0.6)
    const readings = [...all.slice(0, 719), ...all.slice(719, 1290).map(from(45)), ...all.slice(1290, 1700).map(from(1000))]
    for (const length of [700, 720, 750, 1000, 1289, 1291, 1340, 1699]) {
      const one = await uninterrupted(steps(), readings.slice(0, length), () => 1)
      expect(await uninterrupted(steps(), readings.slice(0, length), () => length)).toEqual(one)
      expect(await uninterrupted(steps(), readings.slice(0, length), anySize(random))).toEqual(one)
    }
  })

  it('is the same after any number of restarts', async () => {
    const random = randomSequence(13)
    for (const length of [400, 1111, 2400]) {
      const readings = readingsOf(powers.slice(0, length))
      expectSame(await interrupted(steps(), readings, random), await uninterrupted(steps(), readings, () => 1))
    }
  })
})

describe.skipIf(!hasShippedModel())('what is stored of a simulated home by the shipped model', { timeout: 60_000 }, () => {
  let model: SessionModel
  let readings: OrderedReading[]
  let one: Stored

  beforeAll(async () => {
    model = await loadSessionModel({ modelDir: SHIPPED_MODEL_DIR, windowSeconds: 1536 })
    const home = createHome({ seed: 3, startTimestampSeconds: Date.UTC(2025, 2, 4, 6, 30) / 1000, timeZone: 'Europe/London' })
    readings = Array.from({ length: 1500 }, () => home.next())
    one = await uninterrupted(model, readings, () => 1)
  }, 60_000)
  afterAll(() => model?.close())

  it.each(['one push', 'pushes of 500', 'pushes of any size'])('is the same to the last digit in %s as second by second', async (cut) => {
    const sizes = { 'one push': () => 1500, 'pushes of 500': () => 500, 'pushes of any size': anySize(randomSequence(14)) }
    expect(await uninterrupted(model, readings, sizes[cut as keyof typeof sizes])).toEqual(one)
  })

  it.each([1, 2, 3])('is the same after restarts at random points (%i)', async (seed) => {
    expectSame(await interrupted(model, readings, randomSequence(seed)), one)
  })
})
