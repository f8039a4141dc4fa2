import { beforeAll, describe, expect, it } from 'vitest'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { createHome } from '@/lib/simulation/home'
import { createInProcessEngine } from './in-process-engine'

/**
 * Guards the shipped weights and everything around them against getting worse, on a home of our own making. It says nothing about
 * real homes: those figures are in models/wavenilm/CARD.md.
 */
const DAYS = 3
const HOME = { seed: 17, startTimestampSeconds: Date.UTC(2025, 9, 6) / 1000, timeZone: 'Europe/Berlin' }
const PUSH_SECONDS = 3600

interface Score {
  f1: number
  maeWatts: number
  maeAlwaysOffWatts: number
}

let scores: Record<Appliance, Score>

beforeAll(async () => {
  const engine = await createInProcessEngine({ modelDir: 'models/wavenilm', windowSeconds: 1536, device: 'cpu' })
  const home = createHome(HOME)
  const truth = new Map<number, Float32Array>()
  const sums = APPLIANCES.map(() => ({ truePositives: 0, falsePositives: 0, falseNegatives: 0, error: 0, power: 0, seconds: 0 }))
  await engine.open('home')
  for (let start = 0; start < DAYS * 86_400; start += PUSH_SECONDS) {
    const seconds = Array.from({ length: PUSH_SECONDS }, () => home.next())
    for (const second of seconds) truth.set(second.timestampSeconds, Float32Array.from(second.applianceWatts))
    const { final } = await engine.push('home', seconds)
    for (const second of final) {
      const watts = truth.get(second.timestampSeconds)
      truth.delete(second.timestampSeconds)
      if (!watts) throw new Error(`An estimate for ${second.timestampSeconds}, which was not measured`)
      sums.forEach((sum, index) => {
        const estimate = second.appliances[index]
        const power = watts[index] ?? 0
        const isOn = power > ON_WATTS[index]!
        if (estimate?.isOn && isOn) sum.truePositives++
        else if (estimate?.isOn) sum.falsePositives++
        else if (isOn) sum.falseNegatives++
        sum.error += Math.abs((estimate?.powerWatts ?? 0) - power)
        sum.power += power
        sum.seconds++
      })
    }
  }
  await engine.close()
  scores = Object.fromEntries(
    sums.map((sum, index) => [
      APPLIANCES[index],
      {
        f1: (2 * sum.truePositives) / Math.max(1, 2 * sum.truePositives + sum.falsePositives + sum.falseNegatives),
        maeWatts: sum.error / sum.seconds,
        maeAlwaysOffWatts: sum.power / sum.seconds,
      },
    ]),
  ) as Record<Appliance, Score>
}, 120_000)

/** On above these watts: the thresholds of the evaluation protocol, in contract order. */
const ON_WATTS = [300, 20, 20, 200, 30, 40, 200, 200, 1000, 25, 20]

/** A little below what the weights of the day reach; to be raised with them, never lowered. */
const F1_FLOORS: Partial<Record<Appliance, number>> = {
  HeatPump: 0.62,
  Dishwasher: 0.74,
  WashingMachine: 0.85,
  Dryer: 0.9,
  Refrigerator: 0.63,
  ElectricOven: 0.45,
  Microwave: 0.6,
  ElectricKettle: 0.88,
}

describe.each(Object.entries(F1_FLOORS))('the shipped weights on a simulated home: %s', (appliance, floor) => {
  it('is nearer to the true watts than saying it is always off', () => {
    const { maeWatts, maeAlwaysOffWatts } = scores[appliance as Appliance]
    expect(maeWatts).toBeLessThan(0.95 * maeAlwaysOffWatts)
  })

  it(`knows when it is on with an F1 of at least ${floor}`, () => {
    expect(scores[appliance as Appliance].f1).toBeGreaterThanOrEqual(floor)
  })
})
