import { describe, expect, it } from 'vitest'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { ActivationTracker } from './activation-tracker'
import { BuildingSession } from './building-session'
import type { ActivationEstimate } from './session-types'
import { constant, NOON, readingsOf } from './testing/recordings'
import { pushAll } from './testing/push-all'
import { AS_IT_IS, stepModel } from './testing/step-network'

// Runs of at least 10 s; pauses under 30 s belong to the run.
const home = () => stepModel({ ElectricKettle: { fromWatts: 1500, onPowerWatts: 2000 } })

describe('ActivationTracker', () => {
  it('reports a run with its start, end, energy and peak', async () => {
    const powers = [...constant(100, 50), ...constant(2100, 120), ...constant(100, 200)]
    const { lastActivations, final } = await pushAll(home(), readingsOf(powers), 25)
    const wattSeconds = final.reduce((sum, second) => sum + second.appliances[8]!.powerWatts, 0)
    expect(lastActivations).toEqual([
      {
        appliance: 'ElectricKettle',
        startedAtSeconds: NOON + 50,
        endedAtSeconds: NOON + 170,
        energyWh: expect.closeTo(wattSeconds / 3600, 9),
        peakWatts: Math.max(...final.map((second) => second.appliances[8]!.powerWatts)),
        confidence: expect.closeTo(0.99, 1),
      },
    ])
  })

  it('reports a run in progress with growing energy and no end', async () => {
    const session = new BuildingSession(home())
    await session.push(readingsOf(constant(2100, 100)))
    const [earlier] = (await session.push(readingsOf(constant(2100, 10), 1, NOON + 100))).activations
    const [later] = (await session.push(readingsOf(constant(2100, 10), 1, NOON + 110))).activations
    expect([earlier!.startedAtSeconds, later!.startedAtSeconds]).toEqual([NOON, NOON])
    expect([earlier!.endedAtSeconds, later!.endedAtSeconds]).toEqual([null, null])
    expect(later!.energyWh).toBeGreaterThan(earlier!.energyWh)
  })

  it('joins runs over a pause shorter than the shortest off time, and splits them over a longer one', async () => {
    const runs = async (pause: number) => {
      const powers = [...constant(2100, 40), ...constant(100, pause), ...constant(2100, 40), ...constant(100, 120)]
      const { lastActivations } = await pushAll(home(), readingsOf(powers), 30)
      return lastActivations.map((run) => [run.startedAtSeconds, run.endedAtSeconds])
    }
    expect(await runs(20)).toEqual([[NOON, NOON + 100]])
    expect(await runs(35)).toEqual([
      [NOON, NOON + 40],
      [NOON + 75, NOON + 115],
    ])
  })

  it('joins runs over the longest pause that is still too short, to the second', async () => {
    const runs = async (pauseSeconds: number) => {
      const freezer = stepModel({ Freezer: { fromWatts: 1500, onPowerWatts: 1900 } }, { appliances: [pausing] })
      const powers = [...constant(2100, 300), ...constant(100, pauseSeconds), ...constant(2100, 300), ...constant(100, 600)]
      return (await pushAll(freezer, readingsOf(powers), 60)).lastActivations.length
    }
    expect([await runs(299), await runs(300)]).toEqual([1, 2])
  })

  it('never reports a run shorter than the shortest on time, not even while it lasts', async () => {
    const home = stepModel({ Dishwasher: { fromWatts: 1500, onPowerWatts: 1900 } }, { appliances: [dishwasher] })
    const powers = [...constant(100, 50), ...constant(2100, 500), ...constant(100, 2500)]
    expect((await pushAll(home, readingsOf(powers), 60)).activations).toEqual([])
  })

  it('keeps one run together over a short gap without counting energy in it', async () => {
    const readings = [...readingsOf(constant(2100, 100)), ...readingsOf(constant(2100, 50), 1, NOON + 200)]
    const { lastActivations } = await pushAll(home(), [...readings, ...readingsOf(constant(100, 120), 1, NOON + 250)], 60)
    expect(lastActivations).toHaveLength(1)
    expect(lastActivations[0]!.energyWh).toBeCloseTo((150 * lastActivations[0]!.peakWatts) / 3600, 6)
  })

  it('says of a run that it was on only where that was measured: no run starts, lasts or ends in a gap', async () => {
    const { lastActivations } = await pushAll(
      home(),
      [...readingsOf(constant(2100, 100)), ...readingsOf(constant(100, 300), 1, NOON + 280)],
      60,
    )
    expect(lastActivations.map((run) => [run.startedAtSeconds, run.endedAtSeconds])).toEqual([[NOON, NOON + 100]])
  })

  it('takes what is on again after minutes without readings as another run', async () => {
    const readings = [...readingsOf(constant(2100, 100)), ...readingsOf(constant(2100, 50), 1, NOON + 500)]
    const { lastActivations } = await pushAll(home(), [...readings, ...readingsOf(constant(100, 120), 1, NOON + 550)], 60)
    expect(lastActivations.map((run) => [run.startedAtSeconds, run.endedAtSeconds])).toEqual([
      [NOON, NOON + 100],
      [NOON + 500, NOON + 550],
    ])
  })
})

const dishwasher = {
  name: 'Dishwasher',
  status: 'measured' as const,
  blend: { fine: AS_IT_IS, coarse: AS_IT_IS },
  minOnSeconds: 1200,
  minOffSeconds: 1800,
  onThresholdWatts: 20,
}

const pausing = { ...dishwasher, name: 'Freezer', minOnSeconds: 180, minOffSeconds: 300 }

/** Runs of a dishwasher of 1.8 kW by second: whether it is on, and how much of the second readings cover. */
function runsOf(seconds: readonly [isOn: boolean, coveredSeconds: number][]): ActivationEstimate[] {
  const tracker = new ActivationTracker(APPLIANCES.map((name) => (name === 'Dishwasher' ? dishwasher : null)))
  for (const [i, [isOn, coveredSeconds]] of seconds.entries()) {
    const appliances = APPLIANCES.map((name) => {
      const runs = isOn && name === 'Dishwasher'
      return { powerWatts: runs ? 1800 : 0, probability: 0.9, isOn: runs, confidence: 0.8 }
    })
    tracker.add({ timestampSeconds: NOON + i + 1, totalWatts: 3000, coveredSeconds, appliances, otherWatts: 0 })
  }
  tracker.endAll()
  return tracker.takeChanged()
}

const stretch = (isOn: boolean, count: number, coveredSeconds = 1) =>
  Array.from({ length: count }, (): [boolean, number] => [isOn, coveredSeconds])

describe('a run', () => {
  it('is more than two blips at its ends', () => {
    expect(runsOf([...stretch(true, 100), ...stretch(false, 1100), ...stretch(true, 100)])).toEqual([])
    expect(runsOf([...stretch(true, 400), ...stretch(false, 800), ...stretch(true, 400)])).toHaveLength(1)
  })

  it('has the energy of what readings cover', () => {
    const [run] = runsOf([...stretch(true, 1200), ...stretch(true, 1200, 0.5)])
    expect(run!.energyWh).toBeCloseTo((1800 * 1800) / 3600, 9)
  })
})
