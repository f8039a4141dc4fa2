import { describe, expect, it } from 'vitest'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { integrateReadings } from '@/lib/domain/energy'
import { BuildingSession } from './building-session'
import type { SecondEstimate } from './session-types'
import { createSessionModel } from './session-model'
import { constant, householdPowers, NOON, readingsOf } from './testing/recordings'
import { pushAll } from './testing/push-all'
import { stepManifest, stepModel } from './testing/step-network'

const index = (appliance: Appliance) => APPLIANCES.indexOf(appliance)
const home = () =>
  stepModel({
    Refrigerator: { fromWatts: 200, onPowerWatts: 100 },
    ElectricKettle: { fromWatts: 1500, onPowerWatts: 2000, logits: [1, 4] },
    WashingMachine: { fromWatts: 350, onPowerWatts: 900, logits: [0.5, 2] },
  })

describe('BuildingSession', { timeout: 30_000 }, () => {
  it('gives every second a provisional estimate at once and a final one 60 seconds later', async () => {
    const session = new BuildingSession(home())
    const first = await session.push(readingsOf(constant(300, 60)))
    expect(first.provisional.map((second) => second.timestampSeconds)).toEqual(constant(0, 60).map((_, i) => NOON + i + 1))
    expect(first.final).toEqual([])
    const next = await session.push(readingsOf([300], 1, NOON + 60))
    expect(next.final.map((second) => second.timestampSeconds)).toEqual([NOON + 1])
  })

  it('never estimates more than the meter shows, and calls the rest other', async () => {
    const { provisional, final } = await pushAll(home(), readingsOf(householdPowers(4000)), 100)
    for (const second of [...provisional, ...final]) {
      const sum = second.appliances.reduce((total, estimate) => total + estimate.powerWatts, 0)
      expect(sum).toBeLessThanOrEqual(Math.max(second.totalWatts, 0))
      expect(sum + second.otherWatts).toBeCloseTo(second.totalWatts, 9)
    }
  })

  it('calls nothing on that the meter leaves no power for, except while more is made than drawn', async () => {
    const model = () =>
      stepModel({
        ElectricKettle: { fromWatts: -1000, onPowerWatts: 3000, logits: [8, 8] },
        Television: { fromWatts: -1000, onPowerWatts: 100, logits: [0.3, 0.3] },
      })
    const at = async (watts: number) => {
      const { final } = await pushAll(model(), readingsOf(constant(watts, 200)), 50)
      return ['ElectricKettle', 'Television'].map((name) => final.at(-1)!.appliances[index(name as Appliance)]!)
    }
    expect((await at(4000)).map(({ isOn }) => isOn)).toEqual([true, true])
    expect(await at(2000)).toMatchObject([{ isOn: true }, { isOn: false, powerWatts: 0 }])
    expect(await at(0)).toMatchObject([{ isOn: false, powerWatts: 0 }, { isOn: false, powerWatts: 0 }])
    expect(await at(-500)).toMatchObject([{ isOn: true, powerWatts: 0 }, { isOn: true, powerWatts: 0 }])
  })

  it('decides once for all seconds of a slow reading', async () => {
    // The network's last word on a second is about the one two seconds before: it disagrees within a reading.
    const model = stepModel({ ElectricKettle: { fromWatts: 1500, onPowerWatts: 2000 } }, { lookaheadSeconds: 58 })
    const powers = Array.from({ length: 200 }, (_, i) => (i % 5 === 2 ? 2200 : 300) + i)
    const { final } = await pushAll(model, readingsOf(powers, 7, NOON + 7), 3)
    for (const watts of powers.slice(20, 190)) {
      const kettles = final.filter((second) => second.totalWatts === watts).map((second) => second.appliances[index('ElectricKettle')])
      expect(kettles).toHaveLength(7)
      expect(kettles.every((kettle) => kettle!.isOn === watts > 1500 && kettle!.powerWatts === kettles[0]!.powerWatts)).toBe(true)
    }
  })

  it('gives the same for pushes of 1, 60 and 1000 readings', async () => {
    const readings = readingsOf(householdPowers(3000).map((power, i) => (i > 1200 ? power : power - 400)))
    const one = await pushAll(home(), readings, 1)
    for (const size of [60, 1000]) {
      const other = await pushAll(home(), readings, size)
      expect(other.provisional).toEqual(one.provisional)
      expect(other.final).toEqual(one.final)
      expect(other.lastMinutes).toEqual(one.lastMinutes)
      expect(other.lastActivations).toEqual(one.lastActivations)
    }
  })

  it('has the documented confidence once the window is full and clean, and less in proportion before', async () => {
    const session = new BuildingSession(stepModel({ ElectricKettle: { fromWatts: 1500, onPowerWatts: 2000 } }))
    const { provisional } = await session.push(readingsOf(constant(2200, 200)))
    const kettle = provisional.map((second) => second.appliances[index('ElectricKettle')]!)
    const full = Math.abs(kettle[0]!.probability - 0.5) / 0.5
    expect(kettle[29]!.confidence).toBeCloseTo(full * (30 / 120), 12)
    expect(kettle[119]!.confidence).toBe(full)
    expect(kettle[199]!.confidence).toBe(full)
  })

  it('lowers the confidence by what a gap left unmeasured, and estimates nothing in it', async () => {
    const session = new BuildingSession(home())
    const before = await session.push(readingsOf(constant(2200, 200)))
    const after = await session.push(readingsOf(constant(2200, 1), 1, NOON + 200 + 30))
    expect(after.provisional.map((second) => second.timestampSeconds)).toEqual([NOON + 231])
    expect(after.bufferSeconds).toBe(90)
    const kettles = [before, after].map((result) => result.provisional.at(-1)!.appliances[index('ElectricKettle')]!)
    const confidences = kettles.map((kettle) => kettle.confidence)
    expect(confidences[1]).toBeCloseTo((confidences[0]! * 90) / 120, 9)
  })

  it('settles what is provisional as if the power had stayed, and starts from an empty window after a long outage', async () => {
    const session = new BuildingSession(home())
    const before = await session.push(readingsOf(constant(2200, 100)))
    const after = await session.push(readingsOf(constant(2200, 2), 1, NOON + 1000))
    expect(before.final.length + after.final.length).toBe(100)
    const { final: stayed } = await pushAll(home(), readingsOf(constant(2200, 160)), 160)
    const powers = (seconds: SecondEstimate[]) => seconds.map(({ appliances }) => appliances.map(({ powerWatts }) => powerWatts))
    expect(powers([...before.final, ...after.final])).toEqual(powers(stayed))
    expect(after.bufferSeconds).toBe(2)
    expect(after.activations).toHaveLength(3)
    expect(after.activations.every((run) => run.endedAtSeconds === NOON + 100)).toBe(true)
  })

  it('reports every appliance as unavailable without a model, with 0 W, and still meters', async () => {
    const model = createSessionModel(null, null, undefined, 'There is no model.')
    expect(model.description.appliances.every((appliance) => !appliance.available)).toBe(true)
    const readings = readingsOf(householdPowers(300))
    const { provisional, lastMinutes } = await pushAll(model, readings, 50)
    expect(provisional).toHaveLength(300)
    for (const { appliances, otherWatts, totalWatts } of provisional) {
      expect(appliances.every((estimate) => estimate.powerWatts === 0 && !estimate.isOn && estimate.confidence === 0)).toBe(true)
      expect(otherWatts).toBe(totalWatts)
    }
    expect(lastMinutes.map((minute) => minute.meterEnergyWh)).toEqual(
      integrateReadings(readings, 1).filter((minute) => minute.minuteSeconds >= NOON).map((minute) => minute.energyWh),
    )
  })

  it('leaves an appliance without a manifest entry at 0 W even if the network speaks of it', async () => {
    const manifest = stepManifest()
    const appliances = manifest.appliances.filter((entry) => entry.name !== 'ElectricKettle')
    const { provisional } = await pushAll(
      stepModel({ ElectricKettle: { fromWatts: 100, onPowerWatts: 2000 } }, { appliances }),
      readingsOf(constant(2500, 10)),
      10,
    )
    expect(provisional.every((second) => second.appliances[index('ElectricKettle')]!.powerWatts === 0)).toBe(true)
  })

  it('refuses readings that are not newer or not finite, and is unchanged by them', async () => {
    const session = new BuildingSession(home())
    await session.push(readingsOf([100, 200]))
    const before = session.checkpoint()
    await expect(session.push(readingsOf([300, 400], 1, NOON + 1))).rejects.toThrow('newer')
    await expect(session.push([{ timestampSeconds: NOON + 9, powerWatts: Number.NaN }])).rejects.toThrow('finite')
    expect(session.checkpoint()).toEqual(before)
  })
})

describe('minutes', { timeout: 30_000 }, () => {
  it.each([1, 7, 60])('hold the meter energy of the readings exactly, at %i s', async (interval) => {
    const readings = readingsOf(householdPowers(600), interval, NOON + 13.4)
    const { lastMinutes } = await pushAll(home(), readings, 37)
    const expected = new Map(integrateReadings(readings, interval).map((minute) => [minute.minuteSeconds, minute]))
    for (const minute of lastMinutes.slice(1)) {
      expect(minute.meterEnergyWh).toBeCloseTo(expected.get(minute.minuteSeconds)!.energyWh, 9)
      expect(minute.coveredSeconds).toBeCloseTo(expected.get(minute.minuteSeconds)!.coveredSeconds, 6)
    }
  })

  it('hold no more for the appliances than for the meter, in every state on the way', async () => {
    const powers = householdPowers(3000).map((power, i) => (i % 400 < 90 ? power - 2500 : power))
    const { minutes } = await pushAll(home(), readingsOf(powers), 1)
    for (const minute of minutes) {
      const sum = minute.appliances.reduce((total, appliance) => total + appliance.energyWh, 0)
      expect(sum).toBeLessThanOrEqual(Math.max(minute.meterEnergyWh, 0))
    }
  })

  it('end with the sum of the final seconds', async () => {
    const { final, lastMinutes } = await pushAll(home(), readingsOf(householdPowers(1200)), 45)
    const minute = lastMinutes.find((row) => row.minuteSeconds === NOON + 300)!
    const seconds = final.filter((second) => second.timestampSeconds > NOON + 300 && second.timestampSeconds <= NOON + 360)
    for (const [i, appliance] of minute.appliances.entries()) {
      const energyWh = seconds.reduce((sum, second) => sum + second.appliances[i]!.powerWatts, 0) / 3600
      expect(appliance.energyWh).toBeCloseTo(energyWh, 9)
      expect(appliance.onSeconds).toBe(seconds.filter((second) => second.appliances[i]!.isOn).length)
    }
  })

  it('count nothing for the filled seconds of a gap', async () => {
    const readings = [...readingsOf(constant(2200, 30)), { timestampSeconds: NOON + 90, powerWatts: 2200 }]
    const { lastMinutes } = await pushAll(home(), readings, 31)
    expect(lastMinutes.map((minute) => [minute.minuteSeconds, minute.coveredSeconds])).toEqual([
      [NOON, 30],
      [NOON + 60, 1],
    ])
    expect(lastMinutes[0]!.appliances[index('ElectricKettle')]!.onSeconds).toBe(30)
  })
})

describe('checkpoints', { timeout: 30_000 }, () => {
  it.each([1, 10, 60])('continue as if nothing had happened, at %i s', async (interval) => {
    const position = Math.max(60, Math.ceil(2000 / interval))
    const readings = readingsOf(householdPowers(position + 160), interval, NOON + 0.25)
    const whole = new BuildingSession(home())
    await whole.push(readings.slice(0, position))
    const checkpoint = JSON.parse(JSON.stringify(whole.checkpoint()))
    const restored = new BuildingSession(home())
    const since = checkpoint.positionSeconds - home().replaySeconds
    await restored.open(checkpoint, readings.slice(0, position).filter((reading) => reading.timestampSeconds > since))
    for (let start = position; start < readings.length; start += 40) {
      const [expected, actual] = await Promise.all([whole, restored].map((s) => s.push(readings.slice(start, start + 40))))
      expect(differences({ ...actual, inferenceMilliseconds: 0 }, { ...expected, inferenceMilliseconds: 0 })).toEqual([])
    }
  })

  it('stay small', async () => {
    const model = stepModel({ ElectricKettle: { fromWatts: 1, onPowerWatts: 50 } }, { windowSeconds: 1536 })
    const session = new BuildingSession(model)
    await session.push(readingsOf(householdPowers(3000).map((power, i) => (i % 2 ? power + 0.123456789 : power / 3))))
    expect(JSON.stringify(session.checkpoint()).length).toBeLessThan(32 * 1024)
  })

  it('claim no full window where the readings before them are gone, and keep counting the minute', async () => {
    const session = new BuildingSession(home())
    await session.push(readingsOf(constant(2200, 290)))
    const restored = new BuildingSession(home())
    await restored.open(session.checkpoint(), [])
    const result = await restored.push(readingsOf([2200], 1, NOON + 290))
    expect(result.bufferSeconds).toBe(1)
    expect(result.minutes[0]).toMatchObject({ minuteSeconds: NOON + 240, coveredSeconds: 51 })
  })

  it('of another format are refused in plain words', async () => {
    const session = new BuildingSession(home())
    const broken = { ...session.checkpoint(), state: { resampler: 5 } }
    await expect(new BuildingSession(home()).open(broken, [])).rejects.toThrow('cannot be read by this version')
  })
})

/** Where two results differ: other structure, or numbers more than 1e-4 apart. */
function differences(actual: unknown, expected: unknown, path = ''): string[] {
  if (typeof actual === 'number' && typeof expected === 'number') {
    return Math.abs(actual - expected) < 1e-4 ? [] : [`${path}: ${actual} instead of ${expected}`]
  }
  if (expected === null || actual === null || typeof expected !== 'object' || typeof actual !== 'object') {
    return actual === expected ? [] : [`${path}: ${String(actual)} instead of ${String(expected)}`]
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)])
  const [left, right] = [actual as Record<string, unknown>, expected as Record<string, unknown>]
  return [...keys].flatMap((key) => differences(left[key], right[key], `${path}/${key}`))
}
