import { describe, expect, it } from 'vitest'
import { leadDaysBefore, newestByLead, type WeatherHour } from './weather-hours'

const HOUR = 3600
const DAY = 24 * HOUR
const START = 20_000 * DAY + 12 * HOUR

describe('the lead of a forecast', () => {
  it('is how many full days it was said before the end of its hour', () => {
    const end = START + HOUR
    expect(leadDaysBefore(START, end - 1)).toBe(0)
    expect(leadDaysBefore(START, end - DAY + 1)).toBe(0)
    expect(leadDaysBefore(START, end - DAY)).toBe(1)
    expect(leadDaysBefore(START, end - 7 * DAY)).toBe(7)
  })

  it('is seven days for whatever was said longer before, and none for what was said when the hour was over', () => {
    expect(leadDaysBefore(START, START - 15 * DAY)).toBe(7)
    expect(leadDaysBefore(START, START + HOUR)).toBeNull()
  })
})

it('of several forecasts of an hour with the same lead the one said last counts, in whatever order they come', () => {
  const said = (saidSeconds: number, leadDays: number): WeatherHour => ({ startSeconds: START, saidSeconds, leadDays, irradiance: saidSeconds, temperature: 1 })
  const hours = [said(300, 1), said(500, 1), said(400, 1), said(200, 2)]
  expect(newestByLead(hours).map(({ irradiance }) => irradiance)).toEqual([500, 200])
  expect(newestByLead(hours.toReversed()).map(({ irradiance }) => irradiance)).toEqual([500, 200])
})
