import { beforeAll, describe, expect, it } from 'vitest'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { createHome, type SimulatedSecond } from '@/lib/simulation/home'
import { BuildingSession } from './building-session'
import { createSessionModel, loadSessionModel } from './session-model'
import type { OrderedReading } from './session-types'
import { randomSequence } from './testing/recordings'
import { hasShippedModel, SHIPPED_MODEL_DIR } from './testing/shipped-model'

/** A home of our own making, as meters of other rates report it. Figures of real homes are in models/wavenilm/CARD.md. */
const HOME = { seed: 17, startTimestampSeconds: Date.UTC(2025, 9, 6) / 1000, timeZone: 'Europe/Berlin' }
const DAY_SECONDS = 86_400
const METERED_SECONDS = 2 * 3600
const RATES = [1, 2, 3, 5, 6, 7, 8, 10, 12, 15, 20, 30, 45, 60]

let day: SimulatedSecond[]
beforeAll(() => {
  const home = createHome(HOME)
  day = Array.from({ length: DAY_SECONDS }, () => home.next())
}, 120_000)

interface MeterOptions {
  /** 'mean' of the time since the reading before, or the power at that moment. */
  reports?: 'mean' | 'instant'
  /** Share of the interval that a reading comes early or late at most. */
  jitter?: number
  /** Share of the readings that are lost. */
  lost?: number
}

function metered(intervalSeconds: number, seconds = DAY_SECONDS, options: MeterOptions = {}): OrderedReading[] {
  const { reports = 'mean', jitter = 0, lost = 0 } = options
  const random = randomSequence(41)
  const startSeconds = day[0]!.timestampSeconds - 1
  const readings: OrderedReading[] = []
  let before = 0
  for (let i = 1; (i + 1) * intervalSeconds <= seconds; i++) {
    const at = intervalSeconds * (i + jitter * (2 * random() - 1))
    const isLost = random() < lost
    const covered = day.slice(Math.round(before), Math.max(Math.round(before) + 1, Math.round(at)))
    const mean = covered.reduce((sum, second) => sum + second.powerWatts, 0) / covered.length
    before = at
    const powerWatts = reports === 'mean' ? mean : covered.at(-1)!.powerWatts
    if (!isLost) readings.push({ timestampSeconds: startSeconds + at, powerWatts })
  }
  return readings
}

const VARIANTS: [string, MeterOptions][] = [
  ['its means', {}],
  ['its instants', { reports: 'instant' }],
  ['20 % of jitter', { jitter: 0.2 }],
  ['5 % of its readings lost', { lost: 0.05 }],
]

describe.each(RATES)('a meter that reports every %s s', { timeout: 60_000 }, (intervalSeconds) => {
  it.each(VARIANTS)('is recognised within its first minutes and its energy counted, with %s', async (_, options) => {
    const readings = metered(intervalSeconds, METERED_SECONDS, options)
    const session = new BuildingSession(createSessionModel(null, null))
    let energyWh = 0
    const minutes = new Map<number, number>()
    const firstSeconds = Math.max(120, 4 * intervalSeconds)
    const soon = readings.findIndex(({ timestampSeconds }) => timestampSeconds > readings[0]!.timestampSeconds + firstSeconds)
    for (const part of [readings.slice(0, soon), readings.slice(soon)]) {
      const result = await session.push(part)
      expect(Math.abs(result.meterIntervalSeconds / intervalSeconds - 1)).toBeLessThan(options.jitter ? 0.3 : 0.01)
      for (const minute of result.minutes) minutes.set(minute.minuteSeconds, minute.meterEnergyWh)
    }
    for (const minuteWh of minutes.values()) energyWh += minuteWh
    const trueWh = day.slice(0, METERED_SECONDS).reduce((sum, second) => sum + second.powerWatts, 0) / 3600
    // Up to two intervals at the end are not measured, and instants are a sample of the mean.
    expect(energyWh / trueWh).toBeGreaterThan(options.lost ? 0.97 : 0.98)
    expect(energyWh / trueWh).toBeLessThan(1.02)
  })
})

it('a meter that goes from 1 s to 60 s and back loses at most three minutes of energy', async () => {
  const start = day[0]!.timestampSeconds
  const changing = [
    ...metered(60, 3600).filter(({ timestampSeconds }) => timestampSeconds <= start + 1800),
    ...metered(1, 3600).filter(({ timestampSeconds }) => timestampSeconds > start + 1800),
    ...metered(60, 7200).filter(({ timestampSeconds }) => timestampSeconds > start + 3600),
  ]
  const session = new BuildingSession(createSessionModel(null, null))
  const { minutes, meterIntervalSeconds } = await session.push(changing)
  expect(meterIntervalSeconds).toBe(60)
  const coveredSeconds = minutes.reduce((sum, minute) => sum + minute.coveredSeconds, 0)
  expect(changing.at(-1)!.timestampSeconds - changing[0]!.timestampSeconds - coveredSeconds).toBeLessThanOrEqual(180)
})

/** On above these watts: the thresholds of the evaluation protocol. */
const WATCHED: Partial<Record<Appliance, number>> = { WashingMachine: 20, Refrigerator: 40, ElectricKettle: 1000 }

describe.runIf(hasShippedModel())('the shipped weights', { timeout: 120_000 }, () => {
  async function f1At(intervalSeconds: number, ofSeconds = DAY_SECONDS, clockAheadSeconds = 0) {
    const model = await loadSessionModel({ modelDir: SHIPPED_MODEL_DIR })
    const session = new BuildingSession(model)
    const clock = (seconds: number) => seconds + clockAheadSeconds
    const readings = metered(intervalSeconds, ofSeconds).map(({ timestampSeconds, powerWatts }) => ({
      timestampSeconds: clock(timestampSeconds),
      powerWatts,
    }))
    const seconds = [...(await session.push(readings)).final, ...(await session.finish()).final]
    session.close()
    await model.close()
    const start = clock(day[0]!.timestampSeconds)
    return Object.fromEntries(
      Object.entries(WATCHED).map(([name, onWatts]) => {
        const index = APPLIANCES.indexOf(name as Appliance)
        const counts = { hits: 0, wrong: 0 }
        for (const second of seconds) {
          const isOn = (day[Math.round(second.timestampSeconds - start)]?.applianceWatts[index] ?? 0) > onWatts
          if (second.appliances[index]!.isOn && isOn) counts.hits++
          else if (second.appliances[index]!.isOn || isOn) counts.wrong++
        }
        return [name, (2 * counts.hits) / Math.max(1, 2 * counts.hits + counts.wrong)]
      }),
    ) as Record<keyof typeof WATCHED, number>
  }

  it.each([10, 60])('find kettle, refrigerator and washing machine at %s s', async (intervalSeconds) => {
    const f1 = await f1At(intervalSeconds)
    expect(f1.ElectricKettle).toBeGreaterThan(0.7)
    expect(f1.Refrigerator).toBeGreaterThan(0.5)
    expect(f1.WashingMachine).toBeGreaterThan(0.5)
  })

  it('find the same where the clock is hours off', async () => {
    const off = await f1At(30, METERED_SECONDS, 5 * 3600)
    expect(off).toEqual(await f1At(30, METERED_SECONDS))
  })
})
