import { expect, it } from 'vitest'
import { bandRows, bandScore } from './prepare-band'

it('judges a band by the measured hours alone', () => {
  const point = { startSeconds: 0, value: 100, lower95: 50, upper95: 150 }
  const rows = bandRows([
    { ...point, actual: 140 },
    { ...point, actual: 180 },
    { ...point, actual: null },
  ])
  expect(bandScore(rows)).toEqual({ measured: 2, inside: 1, meanErrorWatts: 60, forecastKwh: 0.2, measuredKwh: 0.32 })
  expect(bandScore(bandRows([point]))).toEqual({ measured: 0, inside: 0, meanErrorWatts: 0, forecastKwh: 0, measuredKwh: 0 })
})
