import { describe, expect, it } from 'vitest'
import type { Tariff, TariffRate } from '@/lib/contracts/tariffs'
import { LocalCalendar } from './local-calendar'
import { RateBook, tieredCost, type TimedValues } from './rate-book'

const at = (iso: string) => Date.parse(iso) / 1000
const FROM = at('2025-01-01T00:00:00Z')
const TO = at('2026-06-01T00:00:00Z')
const NOTHING: TimedValues = { startsAtSeconds: [], values: [] }

const tariff = (validFrom: string, rate: TariffRate, more: Partial<Tariff> = {}): Tariff => ({
  id: validFrom,
  name: 'T',
  validFrom,
  currency: 'EUR',
  standingChargePerDay: 0,
  exportCreditPerKwh: 0.08,
  rate,
  ...more,
})

function bookOf(tariffs: Tariff[], more: { hourlyPrices?: TimedValues; hourlyCarbon?: TimedValues } = {}): RateBook {
  const carbonFactors = [
    { validFrom: '2025-01-01', gramsPerKwh: 400 },
    { validFrom: '2026-01-01', gramsPerKwh: 350 },
  ]
  const entries = {
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    tariffs,
    pricePerKwhBefore: 0.3,
    hourlyPrices: NOTHING,
    hourlyCarbon: NOTHING,
    carbonFactors,
  }
  return new RateBook({ ...entries, ...more }, new LocalCalendar('Europe/Berlin', FROM, TO))
}
const priceAt = (book: RateBook, iso: string) => book.rateAt(at(iso)).importPrice

describe('a tariff', () => {
  it('holds from its first local midnight until the next one begins, and what it was stays', () => {
    const book = bookOf([
      tariff('2026-03-01', { kind: 'flat', pricePerKwh: 0.5 }),
      tariff('2025-07-01', { kind: 'flat', pricePerKwh: 0.4 }),
    ])
    expect(priceAt(book, '2025-06-30T21:45:00Z')).toBe(0.3)
    expect(priceAt(book, '2025-06-30T22:00:00Z')).toBe(0.4)
    expect(priceAt(book, '2026-02-28T22:45:00Z')).toBe(0.4)
    expect(priceAt(book, '2026-02-28T23:00:00Z')).toBe(0.5)
  })

  it('counts energy fed in at the plain price only while there is no tariff', () => {
    const book = bookOf([tariff('2025-07-01', { kind: 'flat', pricePerKwh: 0.4 })])
    expect(book.rateAt(at('2025-06-01T00:00:00Z')).exportPrice).toBe(0.3)
    expect(book.rateAt(at('2025-08-01T00:00:00Z')).exportPrice).toBe(0.08)
  })

  it('by time of use goes by the local clock, over midnight by the day it began on, first window first', () => {
    const book = bookOf([
      tariff('2025-01-01', {
        kind: 'time_of_use',
        defaultPricePerKwh: 0.4,
        windows: [
          { name: 'Friday night', weekdays: [5], from: '22:00', to: '06:00', pricePerKwh: 0.1 },
          {
            name: 'Winter evening',
            weekdays: [1, 2, 3, 4, 5, 6, 7],
            months: [1, 12],
            from: '17:00',
            to: '24:00',
            pricePerKwh: 0.6,
          },
        ],
      }),
    ])
    expect(priceAt(book, '2025-07-04T19:45:00Z')).toBe(0.4)
    expect(priceAt(book, '2025-07-04T20:00:00Z')).toBe(0.1)
    expect(priceAt(book, '2025-07-05T03:45:00Z')).toBe(0.1)
    expect(priceAt(book, '2025-07-05T04:00:00Z')).toBe(0.4)
    expect(priceAt(book, '2025-07-05T20:00:00Z')).toBe(0.4)
    expect(priceAt(book, '2025-12-12T21:00:00Z')).toBe(0.1)
    expect(priceAt(book, '2025-12-13T22:45:00Z')).toBe(0.6)
  })

  it('by season knows seasons over the new year, both of their days included', () => {
    const rate: TariffRate = {
      kind: 'seasonal',
      defaultPricePerKwh: 0.25,
      seasons: [{ name: 'Winter', from: '10-15', to: '03-31', pricePerKwh: 0.4 }],
    }
    const book = bookOf([tariff('2025-01-01', rate)])
    expect(
      ['2025-10-14', '2025-10-15', '2026-01-01', '2026-03-31', '2026-04-01'].map((day) => priceAt(book, `${day}T12:00:00Z`)),
    ).toEqual([0.25, 0.4, 0.4, 0.4, 0.25])
  })

  it('with hourly prices has none where none is stored, an hour after the last at the latest', () => {
    const hourlyPrices = {
      startsAtSeconds: [at('2025-05-01T10:00:00Z'), at('2025-05-01T11:00:00Z'), at('2025-05-01T11:15:00Z')],
      values: [0.1, -0.05, 0.2],
    }
    const rate: TariffRate = { kind: 'dynamic', multiplier: 1.2, surchargePerKwh: 0.15, fallbackPricePerKwh: null }
    const book = bookOf([tariff('2025-01-01', rate)], { hourlyPrices })
    expect(priceAt(book, '2025-05-01T10:45:00Z')).toBeCloseTo(0.27, 12)
    expect(priceAt(book, '2025-05-01T11:00:00Z')).toBeCloseTo(0.09, 12)
    expect(priceAt(book, '2025-05-01T12:00:00Z')).toBeCloseTo(0.39, 12)
    expect(priceAt(book, '2025-05-01T12:15:00Z')).toBeNull()
    expect(priceAt(book, '2025-05-01T09:45:00Z')).toBeNull()
    expect(book.changesBy).toBe('quarter')
  })

  it('in another currency than the site has no price', () => {
    const book = bookOf([tariff('2025-01-01', { kind: 'flat', pricePerKwh: 3 }, { currency: 'HRK' })])
    expect(book.rateAt(at('2025-05-01T00:00:00Z'))).toMatchObject({ importPrice: null, exportPrice: null })
  })

  it('in blocks counts from the first of the month, or from its own first day', () => {
    const book = bookOf([tariff('2025-05-10', { kind: 'tiered', blocks: [{ upToKwh: null, pricePerKwh: 1 }] })])
    expect(book.rateAt(at('2025-05-20T00:00:00Z')).tiersFromSeconds).toBe(at('2025-05-09T22:00:00Z'))
    expect(book.rateAt(at('2025-06-20T00:00:00Z')).tiersFromSeconds).toBe(at('2025-05-31T22:00:00Z'))
  })
})

it('runs a month through its blocks, whatever the pieces', () => {
  const blocks = [
    { upToKwh: 10, pricePerKwh: 0.1 },
    { upToKwh: 30, pricePerKwh: 0.2 },
    { upToKwh: null, pricePerKwh: 0.5 },
  ]
  expect(tieredCost(blocks, 0, 40)).toBeCloseTo(1 + 4 + 5, 12)
  let cost = 0
  for (let kwh = 0; kwh < 40; kwh += 0.7) cost += tieredCost(blocks, kwh, Math.min(0.7, 40 - kwh))
  expect(cost).toBeCloseTo(10, 9)
})

it('takes the hourly CO2 where there is one, else the factor that held on the day', () => {
  const hourlyCarbon = { startsAtSeconds: [at('2026-02-01T10:00:00Z')], values: [120] }
  const book = bookOf([], { hourlyCarbon })
  const gramsAt = (iso: string) => book.rateAt(at(iso)).carbonGrams
  expect(gramsAt('2025-12-31T22:45:00Z')).toBe(400)
  expect(gramsAt('2025-12-31T23:00:00Z')).toBe(350)
  expect(gramsAt('2026-02-01T10:30:00Z')).toBe(120)
  expect(gramsAt('2024-06-01T00:00:00Z')).toBeNull()
})
