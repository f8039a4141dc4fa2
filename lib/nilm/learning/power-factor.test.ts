import { expect, it } from 'vitest'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { BuildingSession } from '../building-session'
import { madeRows, ROW_SECONDS } from '../testing/made-rows'
import { constant, NOON, readingsOf } from '../testing/recordings'
import { AS_IT_IS, stepManifest, stepModel } from '../testing/step-network'
import { learnAppliance } from './learn-appliance'
import { sortRows, type RunLabel } from './labelled-rows'
import { powerFactorOf } from './power-factor'
import { recordRows } from './record-rows'

const PERIOD_SECONDS = 1800
const RUN_SECONDS = 180
const KETTLE_WATTS = 2000
const BASE_WATTS = 900
const readings = readingsOf(
  Array.from({ length: 8 }, () => [
    ...constant(BASE_WATTS, PERIOD_SECONDS - RUN_SECONDS),
    ...constant(BASE_WATTS + KETTLE_WATTS, RUN_SECONDS),
  ]).flat(),
)
const labels = Array.from({ length: 6 }, (_, i): RunLabel => {
  const startedAtSeconds = NOON + (i + 1) * PERIOD_SECONDS - RUN_SECONDS
  return { id: `${i}`, appliance: 'ElectricKettle', isRun: true, startedAtSeconds, endedAtSeconds: startedAtSeconds + RUN_SECONDS }
})

/** A kettle the shared model sees with little certainty, at the power it has. */
function unsureModel(sharpness: number) {
  const calibration = { ...AS_IT_IS.final, sharpness }
  const blend = { slowShare: 0, provisional: calibration, final: calibration }
  const appliances = stepManifest().appliances.map((entry) => ({ ...entry, blend: { fine: blend, coarse: blend } }))
  return stepModel({ ElectricKettle: { fromWatts: 1000, onPowerWatts: KETTLE_WATTS, logits: [0.5, 0.5] } }, { appliances })
}

it.each([0.5, 1, 3])('a head brings watts to the step of the mains at sharpness %s', { timeout: 60_000 }, async (sharpness) => {
  const model = unsureModel(sharpness)
  const rows = await recordRows(model, [readings], () => 5)
  const { head } = (await learnAppliance(model, rows, labels, 'ElectricKettle'))!
  const session = new BuildingSession(model)
  const heads = [{ head: { id: 'own', ...head }, fromSeconds: NOON, untilSeconds: null }]
  await session.open(undefined, [], heads)
  const { final } = await session.push(readings)
  const kettle = final
    .filter(({ totalWatts }) => totalWatts > KETTLE_WATTS)
    .map(({ appliances }) => appliances[APPLIANCES.indexOf('ElectricKettle')]!.powerWatts)
  expect(kettle.reduce((sum, watts) => sum + watts, 0) / kettle.length / KETTLE_WATTS).toBeCloseTo(1, 1)
})

/** The factor of runs estimated at 1 kW whose true steps are these. */
function factorOf(steps: readonly number[]): number {
  const [quietRows, runRows] = [60, 6]
  const rows = madeRows('ElectricKettle', 0, steps.flatMap((step) => [
    ...Array.from({ length: quietRows }, () => ({ mainsWatts: 200 })),
    ...Array.from({ length: runRows }, () => ({ mainsWatts: 200 + step, onPowerWatts: 1000, logit: 30 })),
  ]).concat(Array.from({ length: quietRows }, () => ({ mainsWatts: 200 }))))
  const runs = steps.map((_, run): RunLabel => {
    const startedAtSeconds = NOON + ((run + 1) * quietRows + run * runRows) * ROW_SECONDS
    const endedAtSeconds = startedAtSeconds + runRows * ROW_SECONDS
    return { id: `${run}`, appliance: 'ElectricKettle', isRun: true, startedAtSeconds, endedAtSeconds }
  })
  const appliance = APPLIANCES.indexOf('ElectricKettle')
  const logits = Float64Array.from({ length: rows.count }, (_, row) => rows.final.logits[row * APPLIANCES.length + appliance]!)
  return powerFactorOf(rows, sortRows(rows, runs, 'ElectricKettle'), appliance, logits, () => 1)
}

it('the factor is the median of the runs where runs left out agree, and none where they do not', () => {
  expect(factorOf([1200, 1250, 1300])).toBeCloseTo(1.25)
  // By all three the median, 1.2, would be nearer than 1; by the others of each it is not.
  expect(factorOf([700, 1200, 1300])).toBe(1)
  expect(factorOf([1200, 1250])).toBe(1)
  expect(factorOf([4000, 4000, 4000])).toBe(2)
})
