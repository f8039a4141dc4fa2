import { findHourlyValues } from '@/lib/data/hourly-values'
import type { SiteRow } from '@/lib/data/sites'
import { findCarbonFactors, findTariffs } from '@/lib/data/tariffs'
import { LocalCalendar } from '@/lib/domain/local-calendar'
import { RateBook } from '@/lib/domain/rate-book'

const LONGEST_MONTH_SECONDS = 32 * 86_400
const NOTHING = { startsAtSeconds: [], values: [] }

export interface SiteRates {
  rates: RateBook
  calendar: LocalCalendar
}

/** What energy costs and emits at a site in [fromSeconds, toSeconds), Unix seconds, and in the month that leads up to it. */
export async function loadSiteRates(site: SiteRow, fromSeconds: number, toSeconds: number): Promise<SiteRates> {
  const calendar = new LocalCalendar(site.timeZone, fromSeconds - LONGEST_MONTH_SECONDS, toSeconds)
  const [tariffs, carbonFactors, hourlyCarbon] = await Promise.all([
    findTariffs(site.id),
    findCarbonFactors(site.id),
    findHourlyValues(site.id, 'carbon', fromSeconds, toSeconds),
  ])
  const hasDynamic = tariffs.some(({ rate }) => rate.kind === 'dynamic')
  const hourlyPrices = hasDynamic ? await findHourlyValues(site.id, 'price', fromSeconds, toSeconds) : NOTHING
  const { timeZone, currency, pricePerKwh: pricePerKwhBefore } = site
  const entries = { timeZone, currency, tariffs, pricePerKwhBefore, hourlyPrices, hourlyCarbon, carbonFactors }
  return { calendar, rates: new RateBook(entries, calendar) }
}
