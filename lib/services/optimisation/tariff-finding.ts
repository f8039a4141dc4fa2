import { DateTime } from 'luxon'
import type { Tariff } from '@/lib/contracts/tariffs'
import { firstReadings } from '@/lib/data/energy-facts'
import { sumSegments } from '@/lib/data/energy-segments'
import { findHourlyValues } from '@/lib/data/hourly-values'
import { findTariffCandidates } from '@/lib/data/site-equipment'
import type { SiteRow } from '@/lib/data/sites'
import { findTariffs } from '@/lib/data/tariffs'
import { accountEnergy, byAppliance, type EnergySum } from '@/lib/domain/energy-account'
import { planEnergy } from '@/lib/domain/energy-plan'
import { LocalCalendar } from '@/lib/domain/local-calendar'
import { localDayStartSeconds } from '@/lib/domain/periods'
import { RateBook } from '@/lib/domain/rate-book'
import { state } from '@/lib/insights/optimise/wording'
import { isWorthSaying, nothing, recommendation, type Finding } from './recommendation'

const DAY_SECONDS = 86_400
const YEAR_DAYS = 365
const LEAST_DAYS = 14
const LEAST_PRICED_SHARE = 0.98
const LONG_AGO = '1970-01-01'

/** What the last twelve months, or what was measured of them, would have cost under each other tariff entered. */
export async function findTariffChoice(site: SiteRow, nowSeconds: number): Promise<Finding> {
  const candidates = await findTariffCandidates(site.id)
  if (candidates.length === 0) return nothing(state('noOtherTariff'))
  const keys = site.buildings.map(({ key }) => key)
  const first = await firstReadings(keys)
  const toSeconds = localDayStartSeconds(nowSeconds, site.timeZone)
  const firstSeconds = Math.min(...first.values(), Infinity)
  const oldest = localDayStartSeconds(toSeconds - (YEAR_DAYS - 0.5) * DAY_SECONDS, site.timeZone)
  // The day of the first reading is not whole.
  const measuredFrom = firstSeconds < oldest ? oldest : localDayStartSeconds(Math.min(firstSeconds, nowSeconds) + 1.5 * DAY_SECONDS, site.timeZone)
  const fromSeconds = Math.max(oldest, Math.min(measuredFrom, toSeconds))
  const days = Math.round((toSeconds - fromSeconds) / DAY_SECONDS)
  if (days < LEAST_DAYS) return nothing(state('noDays', { days }))

  const calendar = new LocalCalendar(site.timeZone, fromSeconds - 32 * DAY_SECONDS, toSeconds)
  const [tariffs, hourlyPrices] = await Promise.all([
    findTariffs(site.id),
    findHourlyValues(site.id, 'price', fromSeconds - 32 * DAY_SECONDS, toSeconds),
  ])
  const priced = async (tariff: Tariff | null): Promise<EnergySum> => {
    const rates = new RateBook(
      {
        timeZone: site.timeZone,
        currency: site.currency,
        tariffs: tariff ? [{ ...tariff, validFrom: LONG_AGO }] : [],
        pricePerKwhBefore: site.pricePerKwh,
        hourlyPrices,
        hourlyCarbon: { startsAtSeconds: [], values: [] },
        carbonFactors: [],
      },
      calendar,
    )
    const plan = planEnergy({ fromSeconds, toSeconds, granularity: 'month', nowSeconds, firstReadingSeconds: firstSeconds }, rates, calendar)
    return accountEnergy(plan, { ...(await sumSegments(keys, plan)), measuredBuildings: first.size }, byAppliance).total
  }
  const today = DateTime.fromSeconds(nowSeconds, { zone: site.timeZone }).toISODate() ?? ''
  const started = tariffs.filter(({ validFrom }) => validFrom <= today)
  const own = started.at(-1) ?? null
  const current = await priced(own)
  const currentCost = current.cost
  if (currentCost === null) return nothing(state('noDays', { days }))
  if (current.pricedShare < LEAST_PRICED_SHARE) return nothing(state('tariffNotPriced', { name: own?.name ?? '' }))
  const notes = []
  const found = []
  for (const candidate of candidates) {
    const sum = await priced({ ...candidate, id: 'candidate', currency: site.currency })
    if (sum.cost === null || sum.pricedShare < LEAST_PRICED_SHARE) notes.push(state('tariffNotPriced', { name: candidate.name }))
    else if (isWorthSaying(currentCost - sum.cost)) found.push({ candidate, plannedCost: sum.cost, pricedShare: sum.pricedShare })
  }
  const best = found.toSorted((a, b) => a.plannedCost - b.plannedCost)
  if (best.length === 0) return { recommendations: [], notes: notes.length > 0 ? notes : [state('noCheaperTariff')] }
  return {
    notes,
    recommendations: best.map(({ candidate, plannedCost, pricedShare }) =>
      recommendation({
        type: 'tariff_choice',
        title: `Change to ${candidate.name}`,
        subject: candidate.name,
        currency: site.currency,
        period: { from: fromSeconds, to: toSeconds, days },
        currentCost,
        plannedCost,
        // Half of it is whether all seasons were seen.
        confidence: current.coverage * pricedShare * (0.5 + Math.min(0.5, days / YEAR_DAYS / 2)),
        assumptions: [
          state('sameUse'),
          state('standingCharges'),
          ...(days < YEAR_DAYS - 5 ? [state('shortYear', { days })] : []),
          state('separately'),
        ],
      }),
    ),
  }
}
