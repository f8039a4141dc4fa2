import { DateTime } from 'luxon'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { AlwaysOn, EnergyBucket, EnergyReport } from '@/lib/contracts/energy'
import type { EnergyComparison, EnergyOverview } from '@/lib/contracts/energy-overview'
import { readQuarters } from '@/lib/data/energy-facts'
import { findSiteOf, type SiteRow } from '@/lib/data/sites'
import { alwaysOnLoad } from '@/lib/domain/always-on'
import { EXPORT_KEY } from '@/lib/domain/energy-account'
import { expectMonth } from '@/lib/domain/expected-month'
import { localDateStartSeconds, LocalCalendar, QUARTER_SECONDS } from '@/lib/domain/local-calendar'
import { tieredCost, type RateBook } from '@/lib/domain/rate-book'
import { reportEnergy } from './energy-report'
import { kwhTowardsBlocks, powerNow, priceNow } from './price-now'
import { loadSiteRates } from './site-rates'

const DAY_SECONDS = 86_400
const LOOK_BACK_DAYS = 28
const HOURS_PER_MONTH = 730.5
/** With less of either side measured, a comparison would be of something else. */
const LEAST_COVERAGE = 0.5

/** The overview of one of the user's sites; null = no such site. */
export async function getEnergyOverviewOf(
  user: CurrentUser,
  siteId: string,
  nowSeconds = Date.now() / 1000,
): Promise<EnergyOverview | null> {
  const site = await findSiteOf(user, siteId)
  return site && overviewOf(site, nowSeconds)
}

async function overviewOf(site: SiteRow, nowSeconds: number): Promise<EnergyOverview> {
  const local = DateTime.fromSeconds(nowSeconds, { zone: site.timeZone })
  const monthStart = (months: number) =>
    localDateStartSeconds(local.startOf('month').plus({ months }).toISODate() ?? '', site.timeZone)
  const byDay = (fromSeconds: number, toSeconds: number) =>
    reportEnergy(site, { fromSeconds, toSeconds, granularity: 'day', by: 'appliance' }, nowSeconds)
  const [month, before, yearAgo, { rates, calendar }, power] = await Promise.all([
    byDay(monthStart(0), monthStart(1)),
    byDay(monthStart(-1), monthStart(0)),
    byDay(monthStart(-12), monthStart(-11)),
    loadSiteRates(site, nowSeconds - LOOK_BACK_DAYS * DAY_SECONDS, Math.max(nowSeconds + DAY_SECONDS, monthStart(1))),
    powerNow(site, nowSeconds),
  ])
  const past = [...before.buckets, ...month.buckets].filter(({ to }) => to <= nowSeconds).slice(-LOOK_BACK_DAYS)
  const comparedDays = month.buckets.filter(({ to }) => to <= nowSeconds).length
  const pricePerKwh = priceNow(rates, nowSeconds, kwhTowardsBlocks(rates, nowSeconds, month))
  const today = month.buckets.find(({ from, to }) => from <= nowSeconds && nowSeconds < to)
  if (!today) throw new Error(`The month of ${site.timeZone} does not contain its own present.`)
  return {
    siteId: site.id,
    timestamp: nowSeconds,
    timeZone: site.timeZone,
    currency: site.currency,
    isSimulated: month.isSimulated,
    firstReadingAt: month.firstReadingAt,
    now: {
      powerWatts: power.totalWatts,
      costPerHour:
        power.totalWatts === null || pricePerKwh === null ? null : (Math.max(0, power.totalWatts) / 1000) * pricePerKwh,
      pricePerKwh,
      measuredAt: power.measuredAt,
    },
    today,
    month,
    expected: expectedOf(month, past, rates, calendar, nowSeconds),
    comparedDays,
    lastMonth: compare(month, before, comparedDays),
    yearAgo: compare(month, yearAgo, comparedDays),
    alwaysOn: await alwaysOnOf(site, nowSeconds),
    peakThisMonth: month.peak,
  }
}

/** The always-on load of the last 28 days and what it costs in a month of mean length, under the tariff of now. */
export async function alwaysOnOf(site: SiteRow, nowSeconds: number): Promise<AlwaysOn | null> {
  const toSeconds = Math.floor(nowSeconds / QUARTER_SECONDS) * QUARTER_SECONDS
  return alwaysOnBetween(site, toSeconds - LOOK_BACK_DAYS * DAY_SECONDS, toSeconds, nowSeconds)
}

/** The same of any period, Unix seconds; null where fewer than three of its days were measured well enough. */
export async function alwaysOnBetween(
  site: SiteRow,
  fromSeconds: number,
  toSeconds: number,
  nowSeconds: number,
): Promise<AlwaysOn | null> {
  const [quarters, { calendar }, { rates }] = await Promise.all([
    readQuarters(
      site.buildings.map(({ key }) => key),
      fromSeconds,
      toSeconds,
    ),
    loadSiteRates(site, fromSeconds, toSeconds),
    loadSiteRates(site, nowSeconds - LOOK_BACK_DAYS * DAY_SECONDS, nowSeconds + LOOK_BACK_DAYS * DAY_SECONDS),
  ])
  const load = alwaysOnLoad(quarters, calendar, site.buildings.length)
  if (!load) return null
  const tariff = rates.tariffAt(nowSeconds)
  const price = await pricePerMonth(site, rates, nowSeconds)
  return {
    ...load,
    costPerMonth: price === null ? null : (load.powerWatts / 1000) * HOURS_PER_MONTH * price,
    tariffName: tariff?.name ?? null,
  }
}

/**
 * What a kWh of something that draws all the time costs under the tariff of now: the mean over the next four weeks, of hourly prices
 * over the last four. Under a tiered tariff, where what is drawn decides the price, what was paid on average.
 */
async function pricePerMonth(site: SiteRow, rates: RateBook, nowSeconds: number): Promise<number | null> {
  const tariff = rates.tariffAt(nowSeconds)
  const now = Math.floor(nowSeconds / QUARTER_SECONDS) * QUARTER_SECONDS
  const [lookedBack, ahead] = [now - LOOK_BACK_DAYS * DAY_SECONDS, now + LOOK_BACK_DAYS * DAY_SECONDS]
  if (tariff?.rate.kind === 'tiered') {
    const since = Math.max(lookedBack, localDateStartSeconds(tariff.validFrom, site.timeZone))
    return since < now ? pricePaid(site, since, now, nowSeconds) : null
  }
  const [from, to] = tariff?.rate.kind === 'dynamic' ? [lookedBack, now + QUARTER_SECONDS] : [now, ahead]
  return meanPrice(rates, from, to, (at) => rates.tariffAt(at)?.id === tariff?.id)
}

/** The mean over the quarters of an hour that count and have a price; null where there are none. */
function meanPrice(rates: RateBook, fromSeconds: number, toSeconds: number, counts: (atSeconds: number) => boolean): number | null {
  let sum = 0
  let count = 0
  for (let at = fromSeconds; at < toSeconds; at += QUARTER_SECONDS) {
    const price = counts(at) ? rates.rateAt(at).importPrice : null
    if (price === null) continue
    sum += price
    count++
  }
  return count > 0 ? sum / count : null
}

/** What a kWh cost on average of all that were drawn. */
async function pricePaid(site: SiteRow, fromSeconds: number, toSeconds: number, nowSeconds: number): Promise<number | null> {
  const { total } = await reportEnergy(site, { fromSeconds, toSeconds, granularity: 'month', by: 'appliance' }, nowSeconds)
  const paid = total.items.filter(({ key, cost }) => key !== EXPORT_KEY && cost !== null)
  const energyKwh = paid.reduce((sum, item) => sum + item.energyKwh, 0)
  return energyKwh > 0 ? paid.reduce((sum, item) => sum + (item.cost ?? 0), 0) / energyKwh : null
}

function expectedOf(
  month: EnergyReport,
  past: readonly EnergyBucket[],
  rates: RateBook,
  calendar: LocalCalendar,
  nowSeconds: number,
): EnergyOverview['expected'] {
  const remaining = { workdays: 0, weekendDays: 0 }
  const isWeekend = ({ from, to }: Pick<EnergyBucket, 'from' | 'to'>) =>
    new Date(((from + to) / 2 + calendar.offsetAt(from)) * 1000).getUTCDay() % 6 === 0
  for (const day of month.buckets) {
    const left = (day.to - Math.max(day.from, Math.min(nowSeconds, day.to))) / (day.to - day.from)
    remaining[isWeekend(day) ? 'weekendDays' : 'workdays'] += left
  }
  const expectation = expectMonth(
    month.total.energyKwh ?? 0,
    remaining,
    past.map((day) => ({ energyKwh: day.energyKwh, coverage: day.coverage, isWeekend: isWeekend(day) })),
  )
  if (!expectation) return null
  const days = remaining.workdays + remaining.weekendDays
  const { restKwh, ...expected } = expectation
  const restCost = costOfRest(month, past, restKwh, { rates, isWeekend, nowSeconds })
  const costOf = (energyKwh: number) => {
    const rest = restCost(energyKwh - (month.total.energyKwh ?? 0))
    const standing = rates.rateAt(Math.floor(nowSeconds / QUARTER_SECONDS) * QUARTER_SECONDS).standingChargePerDay * days
    return rest === null || month.total.cost === null ? null : month.total.cost + rest + standing
  }
  const { energyKwh, lowKwh, highKwh } = expected
  return { ...expected, cost: costOf(energyKwh), lowCost: costOf(lowKwh), highCost: costOf(highKwh) }
}

interface DayPrices {
  rates: RateBook
  isWeekend(day: Pick<EnergyBucket, 'from' | 'to'>): boolean
  nowSeconds: number
}

/**
 * What the rest of the month costs: blocks go on from where the month stands; otherwise a kWh costs what it did on average on the
 * past days of the same kind (working day or weekend) under the tariff of now, and where there were none, what it does over the time
 * of those to come.
 * @param expectedKwh what is still to come on days of each kind
 */
function costOfRest(
  month: EnergyReport,
  past: readonly EnergyBucket[],
  expectedKwh: { workdays: number; weekendDays: number },
  { rates, isWeekend, nowSeconds }: DayPrices,
): (restKwh: number) => number | null {
  const rate = rates.rateAt(Math.floor(nowSeconds / QUARTER_SECONDS) * QUARTER_SECONDS)
  if (rate.tiers) {
    const { tiers } = rate
    const countedKwh = kwhTowardsBlocks(rates, nowSeconds, month)
    return (energyKwh: number) => tieredCost(tiers, countedKwh, Math.max(0, energyKwh))
  }
  const tariff = rates.tariffAt(nowSeconds)
  const priceOn = (weekend: boolean): number | null => {
    const own = past.filter(
      (day) =>
        isWeekend(day) === weekend &&
        rates.tariffAt(day.from)?.id === tariff?.id &&
        day.energyCost !== null &&
        day.pricedShare > LEAST_COVERAGE,
    )
    const energyKwh = own.reduce((sum, day) => sum + (day.energyKwh ?? 0) * day.pricedShare, 0)
    if (energyKwh > 0) return own.reduce((sum, day) => sum + (day.energyCost ?? 0), 0) / energyKwh
    const toCome = month.buckets.filter((day) => day.to > nowSeconds && isWeekend(day) === weekend)
    const isToCome = (at: number) => at + QUARTER_SECONDS > nowSeconds && toCome.some(({ from, to }) => from <= at && at < to)
    const first = toCome[0]
    return first ? (meanPrice(rates, first.from, month.to, isToCome) ?? rate.importPrice) : 0
  }
  const [workdays, weekendDays] = [priceOn(false), priceOn(true)]
  const allKwh = expectedKwh.workdays + expectedKwh.weekendDays
  // What is more or less than expected falls on both kinds alike.
  const share = allKwh === 0 ? 1 : expectedKwh.workdays / allKwh
  if ((workdays === null && share > 0) || (weekendDays === null && share < 1)) return () => null
  const price = share * (workdays ?? 0) + (1 - share) * (weekendDays ?? 0)
  return (restKwh) => restKwh * price
}

/** The first full days of this month beside the same of another one, each for as long as it was measured. */
function compare(month: EnergyReport, other: EnergyReport, comparedDays: number): EnergyComparison | null {
  const days = Math.min(comparedDays, other.buckets.length)
  const own = addUp(month.buckets.slice(0, days))
  const then = addUp(other.buckets.slice(0, days))
  const last = other.buckets[days - 1]
  if (!last || then.energyKwh === null) return null
  const isComparable = own.coverage >= LEAST_COVERAGE && then.coverage >= LEAST_COVERAGE && then.energyKwh > 0
  const change =
    isComparable && own.energyKwh !== null
      ? own.energyKwh / own.measuredSeconds / (then.energyKwh / then.measuredSeconds) - 1
      : null
  return { from: other.from, to: last.to, energyKwh: then.energyKwh, cost: then.cost, coverage: then.coverage, change }
}

function addUp(days: readonly EnergyBucket[]) {
  const measured = days.filter(({ energyKwh }) => energyKwh !== null)
  const seconds = days.reduce((sum, { from, to }) => sum + to - from, 0)
  const measuredSeconds = days.reduce((sum, { from, to, coverage }) => sum + (to - from) * coverage, 0)
  return {
    energyKwh: measured.length > 0 ? measured.reduce((sum, day) => sum + (day.energyKwh ?? 0), 0) : null,
    cost: measured.some(({ cost }) => cost !== null) ? measured.reduce((sum, day) => sum + (day.cost ?? 0), 0) : null,
    measuredSeconds,
    coverage: seconds > 0 ? measuredSeconds / seconds : 0,
  }
}
