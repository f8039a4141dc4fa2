import { describe, expect, it, vi } from 'vitest'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { createBlock } from '@/lib/simulation/block'
import { Calendar } from '@/lib/simulation/calendar'
import { createHome } from '@/lib/simulation/home'
import type { Run } from '@/lib/simulation/load'

// Days of seconds are computed here, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 60_000 })

const TIME_ZONE = 'Europe/London'
const START_SECONDS = Date.parse('2026-02-02T00:00:00Z') / 1000
const WEEK_SECONDS = 7 * 86_400

function runsOf(appliance: Appliance, seed: number, fromSeconds: number, seconds: number): readonly Run[] {
  const home = createHome({ seed, startTimestampSeconds: fromSeconds, timeZone: TIME_ZONE })
  return home.appliances[APPLIANCES.indexOf(appliance)]!.runs(fromSeconds, fromSeconds + seconds)
}

/** Runs by local hour over 10 homes and 4 weeks of winter time. */
function runsByHour(appliance: Appliance): number[] {
  const hours = Array.from({ length: 24 }, () => 0)
  for (let seed = 0; seed < 10; seed += 1) {
    for (const run of runsOf(appliance, seed, START_SECONDS, 4 * WEEK_SECONDS))
      hours[new Date(run.startSeconds * 1000).getUTCHours()]! += 1
  }
  return hours
}

const within = (hours: number[], from: number, to: number) => hours.slice(from, to).reduce((sum, n) => sum + n, 0)

describe('the habits of the household', () => {
  it('boil water in the morning and not at night', () => {
    const hours = runsByHour('ElectricKettle')
    expect(hours[7]).toBeGreaterThan(60)
    expect(within(hours, 2, 5)).toBe(0)
  })

  it('watch television mostly in the evening, bake for dinner, wash dishes after meals', () => {
    const television = runsByHour('Television')
    expect(within(television, 18, 23)).toBeGreaterThan(0.6 * within(television, 0, 24))
    const oven = runsByHour('ElectricOven')
    expect(within(oven, 16, 20)).toBeGreaterThan(within(oven, 9, 16))
    const dishwasher = runsByHour('Dishwasher')
    expect(within(dishwasher, 18, 24)).toBeGreaterThan(0.6 * within(dishwasher, 0, 24))
  })

  it('start later at weekends than on days when they go to work', () => {
    const first = { working: 0, workingDays: 0, free: 0, freeDays: 0 }
    for (let seed = 0; seed < 10; seed += 1) {
      const home = createHome({ seed, startTimestampSeconds: START_SECONDS, timeZone: TIME_ZONE })
      const monday = home.context.calendar.dayAt(START_SECONDS).dayNumber
      for (let number = monday; number < monday + 28; number += 1) {
        const day = home.context.household.day(number)
        const hour = (day.wakeSeconds - day.day.startSeconds) / 3600
        if (day.free) {
          first.free += hour
          first.freeDays += 1
        } else if (!day.homeOffice) {
          first.working += hour
          first.workingDays += 1
        }
      }
    }
    expect(first.free / first.freeDays).toBeGreaterThan(first.working / first.workingDays + 1)
  })

  it('dry only what was washed, and after it', () => {
    for (let seed = 0; seed < 10; seed += 1) {
      const washes = runsOf('WashingMachine', seed, START_SECONDS, 4 * WEEK_SECONDS)
      const dries = runsOf('Dryer', seed, START_SECONDS, 4 * WEEK_SECONDS)
      expect(dries.length).toBeLessThanOrEqual(washes.length)
      for (const dry of dries)
        expect(washes.some((wash) => wash.endSeconds < dry.startSeconds && dry.startSeconds - wash.endSeconds < 8 * 3600)).toBe(
          true,
        )
    }
  })

  it('never run one device twice at a time', () => {
    for (const appliance of APPLIANCES) {
      for (let seed = 20; seed < 26; seed += 1) {
        const runs = runsOf(appliance, seed, START_SECONDS, 2 * WEEK_SECONDS)
        runs
          .slice(1)
          .forEach((run, index) =>
            expect(run.startSeconds, `${appliance} ${seed}`).toBeGreaterThanOrEqual(runs[index]!.endSeconds),
          )
      }
    }
  })

  it('keep local time when the clocks change', () => {
    const calendar = new Calendar('Europe/Berlin')
    const spring = calendar.dayAt(Date.parse('2026-03-29T12:00:00Z') / 1000)
    const autumn = calendar.dayAt(Date.parse('2026-10-25T12:00:00Z') / 1000)
    expect(spring.endSeconds - spring.startSeconds).toBe(23 * 3600)
    expect(autumn.endSeconds - autumn.startSeconds).toBe(25 * 3600)
    for (const day of [spring, autumn]) {
      const hour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' })
      expect(hour.format(day.at(7.5 * 3600) * 1000)).toBe('07:30')
    }
  })

  it('use 4 to 16 kWh a day beside the heat pump in each of 20 homes, 7 to 12 on average', () => {
    const days = 2
    const block = createBlock(days * 86_400)
    const daily = Array.from({ length: 20 }, (_, seed) => {
      createHome({ seed: 100 + seed, startTimestampSeconds: START_SECONDS + 4 * 86_400, timeZone: TIME_ZONE }).fill(
        block.powerWatts.length,
        block,
      )
      const heatPump = block.applianceWatts[0]!
      return block.powerWatts.reduce((sum, watts, i) => sum + watts - heatPump[i]!, 0) / 3.6e6 / days
    })
    for (const kwh of daily) {
      expect(kwh).toBeGreaterThan(4)
      expect(kwh).toBeLessThan(16)
    }
    const mean = daily.reduce((sum, kwh) => sum + kwh, 0) / daily.length
    expect(mean).toBeGreaterThan(7)
    expect(mean).toBeLessThan(12)
  })
})
