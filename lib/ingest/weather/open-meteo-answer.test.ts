import { describe, expect, it } from 'vitest'
import { HISTORY_VARIABLES, readForecastAnswer, readHistoryAnswer } from './open-meteo-answer'

const HOUR = 3600
const DAY = 24 * HOUR
const NOON = 20_000 * DAY + 12 * HOUR

/** As api.open-meteo.com answers, with more in it than is read. */
const answer = (time: number[], temperature_2m: (number | null)[], shortwave_radiation: (number | null)[]) => ({
  latitude: 52.52,
  longitude: 13.419998,
  generationtime_ms: 0.05,
  utc_offset_seconds: 0,
  timezone: 'GMT',
  elevation: 38,
  hourly_units: { time: 'unixtime', temperature_2m: '°C', shortwave_radiation: 'W/m²' },
  hourly: { time, temperature_2m, shortwave_radiation },
})

describe('a forecast', () => {
  it('takes the radiation of an hour from its end, where the mean of the hour before stands, and the mean of its ends as temperature', () => {
    const hours = readForecastAnswer(answer([NOON, NOON + HOUR, NOON + 2 * HOUR], [10, 12, 16], [500, 600, 700]), NOON - HOUR)
    expect(hours).toMatchObject([
      { startSeconds: NOON, irradiance: 600, temperature: 11, leadDays: 0 },
      { startSeconds: NOON + HOUR, irradiance: 700, temperature: 14, leadDays: 0 },
    ])
  })

  it('goes by how long before the end of the hour it was said, and leaves out hours that are over', () => {
    const time = [NOON, NOON + HOUR, NOON + 2 * HOUR]
    const [first] = readForecastAnswer(answer(time, [1, 1, 1], [1, 1, 1]), NOON + HOUR - 3 * DAY)
    expect(first).toMatchObject({ startSeconds: NOON, leadDays: 3, saidSeconds: NOON + HOUR - 3 * DAY })
    expect(readForecastAnswer(answer(time, [1, 1, 1], [1, 1, 1]), NOON + HOUR).map(({ startSeconds }) => startSeconds)).toEqual([NOON + HOUR])
  })

  it('says nothing where the service says nothing, and no radiation below none', () => {
    const time = [NOON, NOON + HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR]
    expect(readForecastAnswer(answer(time, [10, null, null, null], [0, -0.4, 600, null]), NOON)).toMatchObject([
      { startSeconds: NOON, irradiance: 0, temperature: null },
      { startSeconds: NOON + HOUR, irradiance: 600, temperature: null },
    ])
  })

  it('knows no hour whose end is missing among the times', () => {
    const hours = readForecastAnswer(answer([NOON, NOON + 2 * HOUR, NOON + 3 * HOUR], [10, 12, 16], [500, 600, 700]), NOON)
    expect(hours.map(({ startSeconds }) => startSeconds)).toEqual([NOON + 2 * HOUR])
  })

  it.each([
    ['another form', { error: true, reason: 'no' }],
    ['text for a number', answer([NOON, NOON + HOUR], ['warm', 1] as unknown as number[], [1, 1])],
    ['columns of another length', answer([NOON, NOON + HOUR], [1], [1, 1])],
    ['local times', { hourly: { time: ['2026-01-01T00:00', '2026-01-01T01:00'], temperature_2m: [1, 1], shortwave_radiation: [1, 1] } }],
    ['half hours', answer([NOON + 1800, NOON + 1800 + HOUR], [1, 1], [1, 1])],
    ['times that run back', answer([NOON, NOON - HOUR], [1, 1], [1, 1])],
    ['a temperature nobody has lived through', answer([NOON, NOON + HOUR], [300, 300], [1, 1])],
  ])('is refused with %s', (_, given) => {
    expect(() => readForecastAnswer(given, NOON - DAY)).toThrow()
  })
})

it('forecasts of the past go by the days they are named after', () => {
  const columns = Object.fromEntries(
    HISTORY_VARIABLES.map((name) => [name, name.startsWith('temperature') ? [1, 3] : [0, 100 * Number(name.at(-1))]]),
  )
  const hours = readHistoryAnswer({ hourly: { time: [NOON, NOON + HOUR], ...columns } })
  expect(hours.map(({ leadDays, irradiance, temperature }) => [leadDays, irradiance, temperature])).toEqual(
    [1, 2, 3, 4, 5, 6, 7].map((days) => [days, 100 * days, 2]),
  )
  expect(hours[2]?.saidSeconds).toBe(NOON + HOUR - 3 * DAY)
})
