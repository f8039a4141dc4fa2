import { describe, expect, it } from 'vitest'
import { allCandidates } from './all-candidates'
import { applyChoice, chooseForecast, forecastSeries, viewOf } from './forecast'
import { FORECAST_MODEL_DIR, loadForecastNetworks } from './network-candidates'
import { PROFILE_CANDIDATES } from './profile-candidates'
import { regularSeries, type RegularSeries, SeriesError } from './regular-series'

const HOUR = 3600
/** Monday, 2025-01-06T00:00Z. */
const MONDAY = Date.UTC(2025, 0, 6) / 1000
const candidates = allCandidates(await loadForecastNetworks(FORECAST_MODEL_DIR))

/** The same numbers for the same seed, evenly between -0.5 and 0.5. */
function noise(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32 - 0.5
  }
}

function made(days: number, valueAt: (hour: number, day: number) => number, stepSeconds = HOUR): RegularSeries {
  const perDay = 86_400 / stepSeconds
  const values = Float64Array.from({ length: days * perDay }, (_, step) =>
    valueAt(((step % perDay) * stepSeconds) / HOUR, Math.floor(step / perDay)),
  )
  return { startSeconds: MONDAY, stepSeconds, values }
}

const home = (days: number, seed = 1, unit = 1) => {
  const random = noise(seed)
  return made(days, (hour, day) => {
    const isRest = day % 7 >= 5
    const usual = 200 + (hour >= 7 && hour < 9 && !isRest ? 900 : 0) + (hour >= 18 && hour < 22 ? 1200 : 0) + (isRest && hour > 10 ? 400 : 0)
    return unit * usual * (1 + 0.6 * random())
  })
}

// What every candidate must do is tested below; the rest needs no network.
const options = { horizonSteps: 24, timeZone: 'UTC', candidates: PROFILE_CANDIDATES, mostOrigins: 12 }

describe('a forecast', () => {
  it('is better than repeating the day before where days have habits, and the band holds what comes', async () => {
    const whole = home(64)
    const past = { ...whole, values: whole.values.slice(0, 57 * 24) }
    const { points, choice } = await forecastSeries(past, { ...options, mostOrigins: 30, horizonSteps: 168 })
    const actual = [...whole.values.slice(57 * 24)]
    const error = (said: (i: number) => number) => actual.reduce((sum, value, i) => sum + Math.abs(value - said(i)), 0)
    expect(error((i) => points[i]!.value)).toBeLessThan(0.8 * error((i) => whole.values[56 * 24 + (i % 24)]!))
    const inside = actual.filter((value, i) => value >= points[i]!.lower95 && value <= points[i]!.upper95).length
    expect(inside / actual.length).toBeGreaterThan(0.9)
    expect(choice.backtest.meanAbsoluteError).toBeLessThan(choice.backtest.naiveDayError)
  })

  it('is in the unit of the series: a thousandth in, a thousandth out', async () => {
    const [watts, kilowatts] = [await forecastSeries(home(30), options), await forecastSeries(home(30, 1, 0.001), options)]
    watts.points.forEach(({ value, upper95 }, i) => {
      expect(kilowatts.points[i]!.value * 1000).toBeCloseTo(value, 0)
      expect(kilowatts.points[i]!.upper95 * 1000).toBeCloseTo(upper95, 0)
    })
  })

  it('moves when the history moves', async () => {
    const before = await forecastSeries(home(30), options)
    const changed = home(30)
    for (let step = changed.values.length - 5 * 24; step < changed.values.length; step++) changed.values[step]! += 1000
    const after = await forecastSeries(changed, options)
    const mean = ({ points }: typeof before) => points.reduce((sum, { value }) => sum + value, 0) / points.length
    expect(mean(after)).toBeGreaterThan(mean(before) + 200)
  })

  it('lives with gaps, and says how much is missing', async () => {
    const gappy = home(40)
    gappy.values.fill(Number.NaN, 20 * 24, 24 * 24)
    gappy.values.fill(Number.NaN, 39 * 24 + 3, 39 * 24 + 9)
    const { points, notes } = await forecastSeries(gappy, options)
    expect(points.every(({ value, lower95, upper95 }) => lower95 <= value && value <= upper95)).toBe(true)
    expect(notes.map(({ text }) => text).join(' ')).toMatch(/% of the last 28 days was not measured/)
  })

  it('says when the home looks empty', async () => {
    const empty = home(40)
    for (let step = 37 * 24; step < 40 * 24; step++) empty.values[step] = 60
    const { notes, points } = await forecastSeries(empty, options)
    expect(notes.map(({ text }) => text).join(' ')).toMatch(/The last 3 days were far below the usual/)
    const occupied = await forecastSeries(home(40), options)
    expect(points[19]!.value).toBeLessThan(occupied.points[19]!.value)
  })

  it('refuses too little history, in days', async () => {
    await expect(forecastSeries(home(1), options)).rejects.toThrow(SeriesError)
    await expect(forecastSeries(home(1), options)).rejects.toThrow(/1\.0 days are known/)
  })

  it('forecasts from the fewest days it asks for, and says that they are few', async () => {
    for (const days of [2, 4]) {
      const { points, notes } = await forecastSeries(home(days), options)
      expect(points).toHaveLength(24)
      expect(points.every(({ value, lower95, upper95 }) => lower95 <= value && value <= upper95)).toBe(true)
      expect(notes.map(({ kind }) => kind)).toContain('short')
    }
  })

  it('keeps to the signs that the series knows: no generation at night, no negative use', async () => {
    const random = noise(5)
    const solar = made(60, (hour) => Math.max(0, Math.sin(((hour + 0.5 - 6) / 12) * Math.PI)) * 3000 * (0.65 + 0.7 * random()))
    const { points } = await forecastSeries(solar, { ...options, candidates, mostOrigins: 6 })
    expect(points.every(({ lower95 }) => lower95 >= 0)).toBe(true)
    for (const night of [0, 1, 2, 3, 4, 20, 21, 22]) expect(points[night]).toMatchObject({ value: 0, lower95: 0, upper95: 0 })
    expect(points[12]!.value).toBeGreaterThan(1000)
  })

  it('forecasts steps of five minutes from what is usual at that minute', async () => {
    const random = noise(9)
    const fine = made(16, (hour) => 100 + (hour >= 6 && hour < 6.5 ? 2000 : 0) + 40 * random(), 300)
    const { points } = await forecastSeries(fine, { ...options, horizonSteps: 288 })
    expect(points).toHaveLength(288)
    expect(points[6 * 12 + 2]!.value).toBeGreaterThan(1000)
    expect(points[6 * 12 - 6]!.value).toBeLessThan(300)
  })

  it('forecasts steps of a day and of six hours', async () => {
    const weekly = made(70, (_hour, day) => (day % 7 >= 5 ? 900 : 300), 86_400)
    const daily = await forecastSeries(weekly, { ...options, candidates, horizonSteps: 7 })
    expect(daily.points.map(({ value }) => Math.round(value / 300))).toEqual([1, 1, 1, 1, 1, 3, 3])
    const quarters = await forecastSeries(made(40, (hour) => 100 + hour, 21_600), { ...options, candidates, horizonSteps: 4 })
    expect(quarters.points.map(({ value }) => Math.round(value))).toEqual([100, 106, 112, 118])
  })

  it('says of what never changes that it stays, with no band', async () => {
    const { points } = await forecastSeries(made(30, () => 42), { ...options, candidates, mostOrigins: 6 })
    for (const { value, lower95, upper95 } of points) expect([value, lower95, upper95]).toEqual([42, 42, 42])
  })

  it('keeps local habits at their local hour when the clocks change', async () => {
    const start = Date.UTC(2025, 2, 3) / 1000
    const values = Float64Array.from({ length: 27 * 24 }, (_, step) => (step % 24 === 6 ? 2000 : 100))
    // 06:00 UTC is 07:00 in Berlin until 30 March; from then on 07:00 is 05:00 UTC.
    const { points } = await forecastSeries({ startSeconds: start, stepSeconds: HOUR, values }, {
      ...options,
      timeZone: 'Europe/Berlin',
    })
    const peak = points.reduce((best, point) => (point.value > best.value ? point : best))
    expect(new Date(peak.startSeconds * 1000).toISOString()).toBe('2025-03-30T05:00:00.000Z')
  })

  it('is the same from a choice that was kept as from one made now', async () => {
    const series = home(30)
    const choice = await chooseForecast(series, options)
    const kept = JSON.parse(JSON.stringify(choice)) as typeof choice
    expect(await applyChoice(series, kept, options)).toEqual(await applyChoice(series, choice, options))
  })
})

describe('every candidate', () => {
  it.each(candidates)('$name: never looks at what comes after the origin', async (candidate) => {
    const series = home(40)
    const origin = 30 * 24
    const task = { origin, targets: Int32Array.from({ length: 24 }, (_, i) => origin + i) }
    const [before] = await candidate.forecast(viewOf(series, 24, 'UTC'), [task])
    const future = { ...series, values: series.values.map((value, step) => (step >= origin ? 9e5 : value)) }
    const [after] = await candidate.forecast(viewOf(future, 24, 'UTC'), [task])
    expect(after).toEqual(before)
  })
})

describe('a series', () => {
  it('is laid on the grid of its usual step, whatever the order; what is missing is a gap', () => {
    const times = [0, 1800, 900, 3600, 4500, 5400].map((seconds) => MONDAY + seconds)
    const { stepSeconds, values } = regularSeries(times, [1, 3, 2, 5, 6, 7])
    expect(stepSeconds).toBe(900)
    expect([...values]).toEqual([1, 2, 3, Number.NaN, 5, 6, 7])
  })

  it('says what is wrong with one that is too coarse or too short', () => {
    expect(() => regularSeries([0, 7, 14].map((day) => day * 86_400), [1, 2, 3])).toThrow(/7.0 days apart; at most a day/)
    expect(regularSeries([0, 1, 2].map((day) => day * 86_400), [1, 2, 3]).stepSeconds).toBe(86_400)
    expect(() => regularSeries([0, 3600], [1, 2])).toThrow(/fewer than three/)
  })
})
