import { expect, it } from 'vitest'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { constant, NOON, randomSequence } from './testing/recordings'
import { pushAll } from './testing/push-all'
import { AS_IT_IS, stepManifest, stepModel } from './testing/step-network'

it.each([15, 20, 21, 30])('a meter of %s s whose readings come 5 % early or late is judged by one blend throughout', async (interval) => {
  const random = randomSequence(5)
  const fine = { ...AS_IT_IS, final: { ...AS_IT_IS.final, threshold: 0.9 } }
  const appliances = stepManifest().appliances.map((entry) => ({ ...entry, blend: { fine, coarse: AS_IT_IS } }))
  // p = 0.73: on for a coarse meter and off for a fine one.
  const model = stepModel({ ElectricKettle: { fromWatts: 1500, onPowerWatts: 2000, logits: [1, 1] } }, { appliances })
  const readings = constant(2200, 200).map((powerWatts, i) => {
    return { timestampSeconds: NOON + interval * (i + 0.1 * (random() - 0.5)), powerWatts }
  })
  const { final } = await pushAll(model, readings, 50)
  const kettle = final.slice(10 * interval).map(({ appliances }) => appliances[APPLIANCES.indexOf('ElectricKettle')]!.isOn)
  expect(new Set(kettle)).toEqual(new Set([interval >= 20]))
})
