import { describe, expect, it } from 'vitest'
import type { WeatherColumns } from '@/lib/data/weather-forecasts'
import { leadDaysOf } from '@/lib/insights/forecast/weather'
import { weatherViewOf } from './weather-view'

const HOUR = 3600
const STEPS = 10 * 24
const series = { startSeconds: 20_000 * 86_400, stepSeconds: HOUR, values: new Float64Array(STEPS) }

type Row = [step: number, leadDays: number, irradiance: number, temperature?: number]

function viewOf(rows: Row[]) {
  const columns: Omit<WeatherColumns, 'isFetched'> = { startSeconds: [], leadDays: [], irradiance: [], temperature: [] }
  for (const [step, leadDays, irradiance, temperature = 1] of rows.toSorted(([a, b], [c, d]) => a - c || b - d)) {
    columns.startSeconds.push(series.startSeconds + step * HOUR)
    columns.leadDays.push(leadDays)
    columns.irradiance.push(irradiance)
    columns.temperature.push(temperature)
  }
  return weatherViewOf(columns, series)
}

const COMING: Row = [STEPS, 0, 50]
const leads = (rows: readonly Float64Array[] | undefined, step: number) => rows?.map((row) => row[step])

describe('the weather of a step that is over', () => {
  it('is for each lead what was said that many days before, never what was said later', () => {
    const all = [0, 1, 2, 3, 4, 5, 6, 7].map((leadDays): Row => [100, leadDays, 10 * leadDays])
    expect(leads(viewOf([COMING, ...all])?.irradianceWattsPerSquareMetre, 100)).toEqual([10, 20, 30, 40, 50, 60, 70])
    expect(leads(viewOf([COMING, [100, 0, 5]])?.irradianceWattsPerSquareMetre, 100)).toEqual(new Array(7).fill(Number.NaN))
  })

  it('is what was said longer before where nothing was said in time, for each quantity by itself', () => {
    const view = viewOf([COMING, [100, 1, Number.NaN, 11], [100, 3, 30, 13]])
    expect(leads(view?.irradianceWattsPerSquareMetre, 100)).toEqual([30, 30, 30, ...new Array(4).fill(Number.NaN)])
    expect(leads(view?.temperatureCelsius, 100)).toEqual([11, 13, 13, ...new Array(4).fill(Number.NaN)])
  })
})

describe('the weather of a step to come', () => {
  it('is the newest that was said, for the lead at which a forecast made now looks at it', () => {
    for (const hours of [2, 24, 25, 100, 168]) {
      const step = STEPS + hours - 1
      const asked = leadDaysOf(STEPS, step, HOUR)!
      const view = viewOf([COMING, [step, asked - 1, 500], [step, Math.min(7, asked + 1), 200]])
      expect(view?.irradianceWattsPerSquareMetre[asked - 1]?.[step]).toBe(500)
    }
  })

  it('is for longer leads what was said then', () => {
    const view = viewOf([[STEPS + 2, 0, 500], [STEPS + 2, 2, 200]])
    expect(leads(view?.irradianceWattsPerSquareMetre, STEPS + 2)).toEqual([500, 200, ...new Array(5).fill(Number.NaN)])
  })
})

it('there is none where the forecasts of the weather have ended', () => {
  expect(viewOf([[100, 1, 10], [STEPS + 30, 2, 10]])).toBeUndefined()
  expect(viewOf([])).toBeUndefined()
  expect(viewOf([[100, 1, 10], COMING])).toBeDefined()
})
