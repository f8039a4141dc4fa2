import { expect, it } from 'vitest'
import type { EnergyReport } from '@/lib/contracts/energy'
import type { Tariff } from '@/lib/contracts/tariffs'
import { LocalCalendar } from '@/lib/domain/local-calendar'
import { RateBook } from '@/lib/domain/rate-book'
import { kwhTowardsBlocks, priceNow } from './price-now'

const at = (iso: string) => Date.parse(iso) / 1000
const NOW = at('2026-03-20T12:00:00Z')
const NOTHING = { startsAtSeconds: [], values: [] }

function ratesFrom(validFrom: string): RateBook {
  const rate: Tariff['rate'] = {
    kind: 'tiered',
    blocks: [
      { upToKwh: 100, pricePerKwh: 0.2 },
      { upToKwh: null, pricePerKwh: 0.4 },
    ],
  }
  const tariff = { id: 't', name: 'Blocks', validFrom, currency: 'EUR', standingChargePerDay: 0, exportCreditPerKwh: 0, rate }
  return new RateBook(
    {
      timeZone: 'UTC',
      currency: 'EUR',
      tariffs: [tariff],
      pricePerKwhBefore: 0.3,
      hourlyPrices: NOTHING,
      hourlyCarbon: NOTHING,
      carbonFactors: [],
    },
    new LocalCalendar('UTC', at('2026-02-01T00:00:00Z'), at('2026-04-01T00:00:00Z')),
  )
}

/** Ten kWh drawn on each day of March so far. */
const month = {
  buckets: Array.from({ length: 31 }, (_, day) => ({
    from: at('2026-03-01T00:00:00Z') + day * 86_400,
    importedKwh: day < 20 ? 10 : null,
  })),
} as unknown as EnergyReport

it('the block of now counts what was drawn since the tariff began, not what another one was paid for before', () => {
  const priceOf = (rates: RateBook) => priceNow(rates, NOW, kwhTowardsBlocks(rates, NOW, month))
  expect(kwhTowardsBlocks(ratesFrom('2026-03-16'), NOW, month)).toBe(50)
  expect(priceOf(ratesFrom('2026-03-16'))).toBe(0.2)
  expect(kwhTowardsBlocks(ratesFrom('2026-01-01'), NOW, month)).toBe(200)
  expect(priceOf(ratesFrom('2026-01-01'))).toBe(0.4)
})
