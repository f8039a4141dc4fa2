import { DateTime } from 'luxon'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Appliance } from '@/lib/contracts/appliances'
import type { ToolCall } from '@/lib/contracts/assistant'
import { findSite } from '@/lib/data/sites'
import { insertTariff } from '@/lib/data/tariffs'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { closeSharedSolver } from '@/lib/insights/optimise/highs-solver'
import { forecastSite } from '@/lib/services/forecast'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { makeSite, TEST_SECRET, type TestSite } from '@/scripts/testing/place-fixtures'
import { writeWornRefrigerator } from '@/scripts/testing/worn-refrigerator'
import { writeKnownHome } from '@/scripts/testing/planned-home'
import { askInsight, type Askers, makeAskers, momentOf, valueOf, worded } from '../testing/insight-answers'
import { at, NOW, ZONE } from '../testing/seeded-home'

const HOUR = 3600
const DAY = 86_400
const WEEK = 7 * DAY

let askers: Askers
const ask = (...asked: [TestSite, ToolCall, number?]) => askInsight(askers, ...asked)

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  askers = await makeAskers()
})
afterAll(async () => {
  await closeSharedSolver()
  await closeSharedLiveStore()
  await closePool()
})

describe('what needs maintenance', () => {
  const call = (appliance?: Appliance): ToolCall => ({ tool: 'maintenance', arguments: appliance ? { appliance } : {} })

  const storeWeeks = ({ buildingKey }: TestSite, weeks: number, growth: number) =>
    writeWornRefrigerator({ buildingKey, toSeconds: DateTime.fromSeconds(NOW, { zone: ZONE }).startOf('week').toSeconds(), weeks, growth })
  const DUTY = 'the share of the time for which the refrigerator cools'

  it('is told with its limit and a date within an interval, both of which move with the weeks', async () => {
    const state: ToolCall = { tool: 'appliance_state', arguments: { appliance: 'Refrigerator' } }
    const site = await makeSite([askers.user], ZONE)
    await storeWeeks(site, 20, 0)
    const steady = await ask(site, call())
    expect(momentOf(steady, /^limit reached/)).toBeUndefined()
    expect(worded(steady)).toMatch(/2 of the things watched are as before/)
    expect(worded(await ask(site, state))).toContain('In 140 days it has shown no trend towards a fault.')
    await storeWeeks(site, 20, 0.02)
    const slow = await ask(site, call())
    expect(valueOf(slow, `at first: ${DUTY}`)).toBeCloseTo(30, 0)
    expect(valueOf(slow, `now: ${DUTY}`)).toBeGreaterThan(33)
    const [due, earliest, latest] = ['limit reached', 'earliest', 'latest'].map((label) => momentOf(slow, `${label}: ${DUTY}`)!)
    expect(earliest).toBeLessThanOrEqual(due!)
    expect(latest).toBeGreaterThanOrEqual(due!)
    const text = worded(slow)
    expect(text).toMatch(/refrigerator cools has risen from 30% to about 3\d%\. It reaches its limit of 4\d% about \w+, \d+ \w+, between .* and .* \(95%\)/)
    expect(text).toContain('door seal')
    expect(worded(await ask(site, state))).toMatch(/^The share of the time for which the refrigerator cools has risen from 30%/)
    await storeWeeks(site, 20, 0.03)
    const fast = await ask(site, call('Refrigerator'))
    expect(momentOf(fast, `limit reached: ${DUTY}`)).toBeLessThan(due!)
    expect(worded(await ask(site, call('ElectricKettle')))).toContain('not watched for wear')
  })

  it('is not told of a young history, and says when it will be', async () => {
    const site = await makeSite([askers.user], ZONE)
    await storeWeeks(site, 3, 0)
    const result = await ask(site, call('Refrigerator'))
    expect(valueOf(result, 'days measured of the refrigerator')).toBe(21)
    const to = DateTime.fromSeconds(NOW, { zone: ZONE }).startOf('week').toSeconds()
    // The clocks change in between.
    expect(Math.abs(momentOf(result, 'first judgement of the refrigerator')! - (to + 5 * WEEK))).toBeLessThanOrEqual(HOUR)
    expect(worded(result)).toMatch(/Not enough history yet of the refrigerator: 21 days .* 56 are needed/)
  })
})

describe('what could be saved', () => {
  const call = (appliance?: Appliance): ToolCall => ({ tool: 'savings', arguments: appliance ? { appliance } : {} })
  const today = DateTime.fromSeconds(NOW, { zone: ZONE }).startOf('day')
  const localTime = (daysAgo: number, hour: number) => Math.round(today.minus({ days: daysAgo }).set({ hour }).toSeconds())

  /** A dishwasher every evening at seven, an hour at 1.2 kW; the evening costs 0.50. */
  async function homeWith(dayPrice: number, baseWatts: (at: number) => number = () => 120): Promise<TestSite> {
    const site = await makeSite([askers.user], ZONE)
    const runs = Array.from({ length: 28 }, (_, index) => {
      return { appliance: 'Dishwasher' as const, startSeconds: localTime(28 - index, 19), minutes: 60, watts: 1200 }
    })
    const fromSeconds = Math.floor((localTime(29, 0) - DAY) / HOUR) * HOUR
    await writeKnownHome({ buildingKey: site.buildingKey, fromSeconds, toSeconds: localTime(0, 0), baseWatts, runs })
    const windows = [{ name: 'Evening', weekdays: [1, 2, 3, 4, 5, 6, 7], from: '17:00', to: '23:00', pricePerKwh: 0.5 }]
    const rate = { kind: 'time_of_use', defaultPricePerKwh: dayPrice, windows } as const
    await insertTariff(site.id, `tariff_${site.id}`, { name: 'Day', validFrom: '2020-01-01', standingChargePerDay: 0, exportCreditPerKwh: 0.05, rate }, 'EUR')
    return site
  }

  it('is the difference in cost that the optimiser finds, and moves with the prices', async () => {
    const result = await ask(await homeWith(0.1), call())
    const label = 'difference in cost by running the dishwasher when energy costs less'
    expect(valueOf(result, label)).toBeCloseTo(-28 * 1.2 * 0.4, 4)
    expect(worded(result)).toMatch(/running the dishwasher when energy costs less would have saved about €13\.44/i)
    expect(valueOf(await ask(await homeWith(0.3), call()), label)).toBeCloseTo(-28 * 1.2 * 0.2, 4)
    const same = await ask(await homeWith(0.5), call())
    expect(same.notes.join()).toContain('moving runs saves nothing')
    worded(same)
  })

  it('says when a run costs least, today and tomorrow, as the prices say', async () => {
    const result = await ask(await homeWith(0.1), call('Dishwasher'))
    // It is 15:37: done by 17:00 today, from 06:00 tomorrow.
    expect(momentOf(result, 'cheapest start today')).toBe(at('2026-04-09T15:45'))
    expect(momentOf(result, 'cheapest start tomorrow')).toBe(at('2026-04-10T06:00'))
    expect(valueOf(result, 'cost of a run of the dishwasher today at the cheapest time')).toBeCloseTo(0.12, 6)
    expect(worded(result)).toMatch(/Now is the cheapest time for the dishwasher: a run then costs about €0\.12/)
    const evening = at('2026-04-09T18:00')
    const later = await ask(await homeWith(0.1), call('Dishwasher'), evening)
    expect(valueOf(later, 'cost of a run of the dishwasher now')).toBeCloseTo(0.6, 6)
    expect(worded(later, evening)).toMatch(/tomorrow at 06:00: a run then costs about €0\.12\. Begun now, it would be about €0\.60/)
    const flat = await ask(await homeWith(0.5), call('Dishwasher'))
    expect(momentOf(flat, /cheapest/)).toBeUndefined()
    expect(worded(flat)).toMatch(/a run costs about €0\.60.*same at all these times/)
  })

  it('puts a run where the sun is expected to pay for it', async () => {
    const hourOf = (seconds: number) => DateTime.fromSeconds(seconds, { zone: ZONE }).hour
    const sunny = await homeWith(0.4, (seconds) => (hourOf(seconds) >= 10 && hourOf(seconds) < 14 ? -2500 : 120))
    // Made before it is asked about, however long that takes.
    await forecastSite((await findSite(sunny.id))!, 'load', 48, NOW)
    const result = await ask(sunny, call('Dishwasher'))
    const start = hourOf(momentOf(result, 'cheapest start tomorrow')!)
    expect(start).toBeGreaterThanOrEqual(10)
    expect(start).toBeLessThan(14)
    expect(valueOf(result, 'cost of a run of the dishwasher tomorrow at the cheapest time')).toBeLessThan(0.2)
    expect(worded(result)).toContain('What is expected to be fed in is considered.')
  })

  it('names no cost of what was hardly seen, and no time for what runs by itself', async () => {
    const site = await homeWith(0.1)
    const dryer = await ask(site, call('Dryer'))
    expect(dryer.figures.some(({ unit }) => unit === 'currency')).toBe(false)
    expect(worded(dryer)).toMatch(/Too few runs of the dryer/)
    expect(worded(await ask(site, call('Refrigerator')))).toContain('runs by itself')
  })
})
