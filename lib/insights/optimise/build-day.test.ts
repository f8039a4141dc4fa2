import { expect, it } from 'vitest'
import { LocalCalendar, QUARTER_SECONDS } from '@/lib/domain/local-calendar'
import { RateBook } from '@/lib/domain/rate-book'
import { buildDay, type SeenRun } from './build-day'

const HOUR = 3600
/** A local midnight. */
const START = Date.parse('2026-02-10T00:00:00+01:00') / 1000
const END = START + 24 * HOUR
const calendar = new LocalCalendar('Europe/Berlin', START - 2 * 24 * HOUR, END)
const none = { startsAtSeconds: [], values: [] }
const rates = new RateBook(
  { timeZone: 'Europe/Berlin', currency: 'EUR', tariffs: [], pricePerKwhBefore: 0.3, hourlyPrices: none, hourlyCarbon: none, carbonFactors: [] },
  calendar,
)

function seen(appliance: SeenRun['appliance'], place: number, startedAt: number, hours: number): SeenRun {
  const starts = Array.from({ length: hours * 4 }, (_, index) => startedAt + index * QUARTER_SECONDS)
  const times = { startedAt, endedAt: startedAt + hours * HOUR }
  return { id: `${appliance} ${startedAt}`, place, appliance, ...times, confidence: 0.9, quarterStartSeconds: starts, quarterWh: starts.map(() => 200) }
}

function candidates(overnight: readonly SeenRun[]): number[] {
  const quarters = new Map(Array.from({ length: 96 }, (_, slot) => [START + slot * QUARTER_SECONDS, { importedWh: 400, exportedWh: 0, coveredSeconds: 900 }]))
  const day = buildDay({
    startSeconds: START,
    endSeconds: END,
    quarters,
    runs: [seen('Dishwasher', 1, START + 10 * HOUR, 1)],
    overnight,
    windows: new Map([['Dishwasher', { fromClockSeconds: 0, toClockSeconds: 24 * HOUR }]]),
    rates,
    calendar,
    tierKwhBefore: 0,
    plannedSlots: new Map(),
    meters: 1,
  })
  if (typeof day === 'string') throw new Error(day)
  return [...day.problem.runs[0]!.candidateSlots]
}

it('a run is not moved onto one of its appliance that reaches over from the day before', () => {
  expect(candidates([])[0]).toBe(0)
  expect(candidates([seen('Dishwasher', 1, START - HOUR, 2)])[0]).toBe(4)
  expect(candidates([seen('Dishwasher', 2, START - HOUR, 2), seen('WashingMachine', 1, START - HOUR, 2)])[0]).toBe(0)
})
