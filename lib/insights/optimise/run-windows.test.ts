import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { LocalCalendar } from '@/lib/domain/local-calendar'
import { candidateSlots, learnWindow } from './run-windows'

const ZONE = 'Europe/Berlin'
const at = (day: number, hour: number, minute = 0) =>
  Math.round(DateTime.fromObject({ year: 2026, month: 3, day, hour, minute }, { zone: ZONE }).toSeconds())
const calendar = new LocalCalendar(ZONE, at(1, 0), at(31, 0))
const runs = (count: number, hour: number) =>
  Array.from({ length: count }, (_, index) => ({ startedAt: at(index + 1, hour), endedAt: at(index + 1, hour) + 3600 }))
const HOUR = 3600

describe('when a home may run an appliance', () => {
  it('is between 6 and 23 o’clock where it never ran it outside', () => {
    expect(learnWindow(runs(10, 19), calendar)).toEqual({ fromClockSeconds: 6 * HOUR, toClockSeconds: 23 * HOUR })
    expect(learnWindow([], calendar)).toEqual({ fromClockSeconds: 6 * HOUR, toClockSeconds: 23 * HOUR })
  })

  it('reaches into the night where the home does, but not for a single night', () => {
    expect(learnWindow([...runs(10, 19), ...runs(3, 2)], calendar).fromClockSeconds).toBe(2 * HOUR)
    expect(learnWindow([...runs(10, 19), ...runs(1, 2)], calendar).fromClockSeconds).toBe(6 * HOUR)
    expect(learnWindow([...runs(10, 19), ...runs(3, 23)], calendar).toClockSeconds).toBe(24 * HOUR)
  })

  const window = { fromClockSeconds: 6 * HOUR, toClockSeconds: 23 * HOUR }
  const day = { startSlot: 76, length: 4, slots: 96 }

  it('lets a run begin where it lies within the window as a whole', () => {
    const found = candidateSlots('Dishwasher', { startedAt: at(5, 19), endedAt: at(5, 20) }, day, window, calendar)
    expect([found[0], found.at(-1), found.length]).toEqual([24, 88, 65])
  })

  it('lets a heat pump wait for an hour at most', () => {
    const found = candidateSlots('HeatPump', { startedAt: at(5, 19), endedAt: at(5, 20) }, day, window, calendar)
    expect(found).toEqual([72, 73, 74, 75, 76, 77, 78, 79, 80])
  })

  it('leaves a run over midnight, and one longer than any cycle, where it was', () => {
    const late = { startSlot: 94, length: 6, slots: 96 }
    expect(candidateSlots('Dryer', { startedAt: at(5, 23, 30), endedAt: at(6, 1) }, late, window, calendar)).toEqual([94])
    const long = { startSlot: 32, length: 28, slots: 96 }
    expect(candidateSlots('Dryer', { startedAt: at(5, 8), endedAt: at(5, 15) }, long, window, calendar)).toEqual([32])
  })

  it('counts the hours of the local clock on the day it is set forward', () => {
    const shortDay = { startSlot: 36, length: 4, slots: 92 }
    const found = candidateSlots('Dishwasher', { startedAt: at(29, 10), endedAt: at(29, 11) }, shortDay, window, calendar)
    // 6 o'clock is five hours after midnight.
    expect([found[0], found.at(-1)]).toEqual([20, 84])
  })
})
