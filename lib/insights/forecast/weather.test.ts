import { describe, expect, it } from 'vitest'
import { allCandidates } from './all-candidates'
import type { Candidate } from './candidate'
import { applyChoice, chooseForecast, type ForecastChoice, viewOf } from './forecast'
import { FROM_IRRADIANCE } from './irradiance-candidates'
import { judgeChoices } from './judge-choices'
import { FORECAST_MODEL_DIR, loadForecastNetworks } from './network-candidates'
import { QUICK_CANDIDATES } from './profile-candidates'
import { SKY_OF_LAST_DAY, SKY_OF_LAST_HOURS } from './solar-candidates'
import { FROM_TEMPERATURE } from './temperature-candidates'
import { changed, cloudedPlant, evenNoise, heatedHome, wasSaid, type WeatheredSeries } from './testing/weather-made-up'
import { leadDaysOf, type WeatherView } from './weather'

const DAYS = 60
const JUDGED_HOURS = 9 * 24
const networks = await loadForecastNetworks(FORECAST_MODEL_DIR)
const plant = cloudedPlant(DAYS)
const home = heatedHome(46)
const FOLLOWING: [Candidate, WeatheredSeries][] = [
  ...FROM_IRRADIANCE.map((candidate): [Candidate, WeatheredSeries] => [candidate, plant]),
  [FROM_TEMPERATURE, home],
]
const candidates = [...QUICK_CANDIDATES, SKY_OF_LAST_DAY, SKY_OF_LAST_HOURS, ...FROM_IRRADIANCE, FROM_TEMPERATURE]
const options = { horizonSteps: 24, timeZone: 'UTC', candidates, mostOrigins: 24 }

const until = (series: WeatheredSeries['series'], steps: number) => ({ ...series, values: series.values.slice(0, steps) })
const taskAt = (origin: number, hours = 24) => ({ origin, targets: Int32Array.from({ length: hours }, (_, i) => origin + i) })
const noiseOf = (weather: WeatherView) => {
  const random = evenNoise(99)
  return changed(weather, (value) => (Number.isNaN(value) ? value : value * 0.5 * (2 + random()) + 8 * random()))
}
/** The same weather, of other days: as it might be, and of no use. */
const ofOtherDays = (weather: WeatherView): WeatherView => {
  const away = (rows: readonly Float64Array[]) =>
    rows.map((row) => row.map((_, step) => row[(step + 31 * 24) % (row.length - (row.length % 24))]!))
  return {
    irradianceWattsPerSquareMetre: away(weather.irradianceWattsPerSquareMetre),
    temperatureCelsius: away(weather.temperatureCelsius),
  }
}

const chance = (weather: WeatherView) => {
  const random = evenNoise(7)
  return changed(weather, (value) => (Number.isNaN(value) ? value : 10 * random()))
}

const choicesWithout = new Map<WeatheredSeries, ForecastChoice>()

/** Mean absolute errors on nine days that nothing was fitted on: with the weather, over those without. */
async function errorRatio(of: WeatheredSeries, weather: WeatherView): Promise<number> {
  const { series } = of
  const fromStep = series.values.length - JUDGED_HOURS
  const fitted = until(series, fromStep)
  const plain = choicesWithout.get(of) ?? (await chooseForecast(fitted, options))
  choicesWithout.set(of, plain)
  const choices = [await chooseForecast(fitted, { ...options, weather }), plain]
  const judged = await judgeChoices(series, choices, { ...options, weather, fromStep })
  const [following, without] = judged!.scores
  return following!.meanAbsoluteError / without!.meanAbsoluteError
}

describe('the lead of a forecast of the weather', () => {
  it('is as many days as the end of the step lies ahead, rounded up, and none beyond a week', () => {
    const leads = [0, 23, 24, 47, 48, 167, 168].map((ahead) => leadDaysOf(100, 100 + ahead, 3600))
    expect(leads).toEqual([1, 1, 2, 2, 3, 7, null])
    expect(leadDaysOf(100, 100 + 95, 900)).toBe(1)
    expect(leadDaysOf(100, 100 + 96, 900)).toBe(2)
    expect(leadDaysOf(100, 40, 3600)).toBe(1)
  })
})

describe.each(FOLLOWING)('$name', (candidate, { series, weather }) => {
  const origin = series.values.length - 10 * 24 + 7
  const ask = async (given: WeatherView | undefined, hours = 24) =>
    (await candidate.forecast(viewOf(series, 168, 'UTC', given), [taskAt(origin, hours)]))[0]!

  it('never looks at what was said after the origin, however far ahead it forecasts', async () => {
    const said = await ask(weather, 168)
    expect(said.every((value) => !Number.isNaN(value))).toBe(true)
    const later = changed(weather, (value, leadDays, step) => (wasSaid(leadDays, step, origin) ? value : value * 3 + 7))
    expect(await ask(later, 168)).toEqual(said)
    const unknown = changed(weather, (value, leadDays, step) => (wasSaid(leadDays, step, origin) ? value : Number.NaN))
    expect(await ask(unknown, 168)).toEqual(said)
  })

  it('follows what had been said: another forecast of the weather makes another one of the series', async () => {
    const other = changed(weather, (value, _leadDays, step) => (step >= origin ? value * 0.5 - 4 : value))
    expect(await ask(other)).not.toEqual(await ask(weather))
  })

  it('says nothing without weather, none of the steps whose weather is not known, nor from too little of the past', async () => {
    expect((await ask(undefined)).every((value) => Number.isNaN(value))).toBe(true)
    const gap = changed(weather, (value, _leadDays, step) => (step >= origin + 12 ? Number.NaN : value))
    const said = await ask(gap)
    expect([...said].map((value) => Number.isNaN(value))).toEqual(Array.from({ length: 24 }, (_, i) => i >= 12))
    const young = changed(weather, (value, _leadDays, step) => (step < origin - 48 ? Number.NaN : value))
    expect((await ask(young)).every((value) => Number.isNaN(value))).toBe(true)
  })

  it('forecasts steps of a quarter of an hour from the weather of their hours', async () => {
    const fine = (row: Float64Array) => Float64Array.from({ length: row.length * 4 }, (_, step) => row[Math.floor(step / 4)]!)
    const finer: WeatherView = {
      irradianceWattsPerSquareMetre: weather.irradianceWattsPerSquareMetre.map(fine),
      temperatureCelsius: weather.temperatureCelsius.map(fine),
    }
    const view = viewOf({ ...series, stepSeconds: 900, values: fine(series.values) }, 672, 'UTC', finer)
    const [said] = await candidate.forecast(view, [taskAt(origin * 4, 96)])
    const hourly = await ask(weather)
    const daily = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(daily(said!) / daily(hourly)).toBeCloseTo(1, 1)
  })
})

describe('a choice', () => {
  it.each([
    ['generation', plant],
    ['load', home],
  ])('of %s is the same to the bit without weather, and where none of it is known', async (_, { series: whole, weather }) => {
    const all = allCandidates(networks)
    const given = { ...options, candidates: all, mostOrigins: 6 }
    const series = until(whole, 21 * 24)
    const before = await chooseForecast(series, { ...given, candidates: all.filter(({ needsWeather }) => !needsWeather) })
    expect(await chooseForecast(series, given)).toEqual(before)
    const unknown = changed(weather, () => Number.NaN)
    expect(await chooseForecast(series, { ...given, weather: unknown })).toEqual(before)
    expect(await applyChoice(series, before, { ...given, weather })).toEqual(await applyChoice(series, before, given))
  })

  it('follows weather that tells: generation with less than half of the error', async () => {
    expect(await errorRatio(plant, plant.weather)).toBeLessThan(0.5)
  })

  it('gains less from a forecast that is half wrong, but gains', async () => {
    const ratio = await errorRatio(plant, noiseOf(plant.weather))
    expect(ratio).toBeGreaterThan(0.2)
    expect(ratio).toBeLessThan(0.9)
  })

  it('follows weather that tells: heating with a seventh less of the error', async () => {
    expect(await errorRatio(home, home.weather)).toBeLessThan(0.86)
  })

  it.each([
    ['that of other days', plant, ofOtherDays(plant.weather)],
    ['chance', plant, chance(plant.weather)],
    ['that of other days', home, ofOtherDays(home.weather)],
    ['chance', home, chance(home.weather)],
  ])('is not misled by weather that tells nothing (%s): at most three of 100 more error', async (_, made, weather) => {
    expect(await errorRatio(made, weather)).toBeLessThan(1.03)
  })

  it('follows a feed that began five weeks ago, and not one of ten days', async () => {
    const { series, weather } = plant
    const since = (days: number) => changed(weather, (value, _leadDays, step) => (step < (DAYS - days) * 24 ? Number.NaN : value))
    const young = await chooseForecast(series, { ...options, weather: since(35) })
    expect(young.withoutWeather).toEqual(await chooseForecast(series, options))
    expect(young.backtest.meanAbsoluteError).toBeLessThan(0.6 * young.withoutWeather!.backtest.meanAbsoluteError)
    const points = await applyChoice(series, young, { ...options, weather: since(35) })
    expect(points.every(({ value, lower95, upper95 }) => lower95 <= value && value <= upper95)).toBe(true)
    expect((await chooseForecast(series, { ...options, weather: since(10) })).withoutWeather).toBeUndefined()
  })

  it('forecasts steps whose weather is not known as if there were none, with the wider band that they need', async () => {
    const { series, weather } = plant
    const choice = await chooseForecast(series, { ...options, weather })
    const without = await applyChoice(series, choice.withoutWeather!, options)
    expect(await applyChoice(series, choice, options)).toEqual(without)
    const until11 = changed(weather, (value, _leadDays, step) => (step >= DAYS * 24 + 11 ? Number.NaN : value))
    const some = await applyChoice(series, choice, { ...options, weather: until11 })
    expect(some.slice(11)).toEqual(without.slice(11))
    expect(some[9]!.upper95 - some[9]!.lower95).toBeLessThan(without[9]!.upper95 - without[9]!.lower95)
  })
})
