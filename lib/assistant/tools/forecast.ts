import { DateTime } from 'luxon'
import type { ResolvedPeriod } from '@/lib/contracts/assistant'
import { QUARTER_SECONDS } from '@/lib/domain/local-calendar'
import { historyNotes } from '@/lib/insights/forecast/history-notes'
import { SeriesError } from '@/lib/insights/forecast/regular-series'
import { expectedEnergy } from '@/lib/services/forecast-energy'
import { forecastSite, type SiteForecast } from '@/lib/services/forecast'
import { loadSiteRates } from '@/lib/services/site-rates'
import { bounded, STILL_CALCULATING } from './bounded'
import type { ResultBuilder } from './result-builder'
import { newResult, originOf, type AssistantTool, type ToolContext } from './tool-context'

const HOUR_SECONDS = 3600
const DAY_HOURS = 24
const LONGEST_HOURS = 168
/** Longer forecasts are told by the day. */
const BY_HOUR_HOURS = 48

/** What the whole building is expected to draw in the next hours, within what, and what that costs. */
export const forecast: AssistantTool<'forecast'> = async (given, context) => {
  const { site, nowSeconds } = context
  const { horizonHours } = given
  // The hour that runs counts in part. A day keeps to the choice that is made for days.
  const steps = horizonHours === DAY_HOURS ? DAY_HOURS : Math.min(LONGEST_HOURS, horizonHours + 1)
  let found: SiteForecast | null
  try {
    found = await bounded(forecastSite(site, 'load', steps, nowSeconds))
  } catch (error) {
    if (!(error instanceof SeriesError)) throw error
    return newResult('forecast', given, null, context).note(`No forecast yet: ${error.message}`).build()
  }
  if (!found) return STILL_CALCULATING
  const end = (found.points.at(-1)?.startSeconds ?? nowSeconds) + HOUR_SECONDS
  const from = Math.ceil(nowSeconds / 60) * 60
  const to = Math.min(end, from + horizonHours * HOUR_SECONDS)
  const period: ResolvedPeriod = { from, to, label: spanLabel(horizonHours) }
  const result = newResult('forecast', given, period, context)
  const prices = await pricesUntil(end, context)
  const days = daysBetween(from, end, context)
  const tomorrow = days.filter(({ label }) => label === 'tomorrow')
  // Who asks for two days mostly asks about tomorrow.
  const isTomorrow = horizonHours > DAY_HOURS && horizonHours <= BY_HOUR_HOURS
  const spans = isTomorrow ? [...tomorrow, period] : [period, ...days]
  for (const span of spans) addEnergy(result, found, span, prices, context)
  const asked = spans[0] ?? period
  addPeak(result, found, asked.from, asked.to, context)
  const { backtest } = found.choice
  const about = { origin: originOf(site, 'calculated'), href: context.links.forecast() } as const
  result.figure({ ...about, label: 'mean error of an hour, in trials on the past', value: backtest.meanAbsoluteError, unit: 'W' })
  result.note(...historyNotes(found.series).map(({ text }) => text))
  return addTable(result, found, horizonHours, days).build()
}

const spanLabel = (hours: number) => {
  if (hours === 1) return 'the next hour'
  return hours > BY_HOUR_HOURS && hours % DAY_HOURS === 0 ? `the next ${hours / DAY_HOURS} days` : `the next ${hours} hours`
}

/** The local days that lie whole within a stretch, after today: tomorrow; Saturday, 11 April. */
function daysBetween(from: number, to: number, { site, nowSeconds }: ToolContext): ResolvedPeriod[] {
  const today = DateTime.fromSeconds(nowSeconds, { zone: site.timeZone, locale: 'en' }).startOf('day')
  const days: ResolvedPeriod[] = []
  for (let ahead = 1; ahead <= 7; ahead++) {
    const day = today.plus({ days: ahead })
    const span = { from: day.toSeconds(), to: day.plus({ days: 1 }).toSeconds() }
    if (span.from < from || span.to > to) continue
    const label = day.toFormat(day.year === today.year ? 'cccc, d LLLL' : 'cccc, d LLLL yyyy')
    days.push({ ...span, label: ahead === 1 ? 'tomorrow' : label })
  }
  return days
}

/** Currency per kWh at a moment; null where it is not known. */
type PriceAt = (seconds: number) => number | null

async function pricesUntil(to: number, { site, nowSeconds }: ToolContext): Promise<PriceAt> {
  const { rates } = await loadSiteRates(site, nowSeconds - DAY_HOURS * HOUR_SECONDS, to)
  return (seconds) => rates.rateAt(Math.floor(seconds / QUARTER_SECONDS) * QUARTER_SECONDS).importPrice
}

function addEnergy(result: ResultBuilder, found: SiteForecast, period: ResolvedPeriod, priceAt: PriceAt, context: ToolContext): void {
  const expected = expectedEnergy(found, period.from, period.to)
  if (!expected) return
  const common = {
    origin: originOf(context.site, 'calculated'), subject: 'total', href: context.links.forecast(), period,
  } as const
  const feedsIn = found.series.values.some((value) => value < 0)
  const what = feedsIn ? 'energy drawn less fed in' : 'energy'
  result.figure({ ...common, label: `expected ${what}`, value: expected.energyKwh, unit: 'kWh' })
  if (expected.interval) {
    const { lowerKwh, upperKwh, percent } = expected.interval
    result.figure({ ...common, label: `lower end of the expected ${what}`, value: lowerKwh, unit: 'kWh' })
    result.figure({ ...common, label: `upper end of the expected ${what}`, value: upperKwh, unit: 'kWh' })
    result.figure({ ...common, label: 'certainty of these ends', value: percent, unit: 'percent' })
  } else result.note('Too few forecasts could be tried on the past to say within what the sum lies.')
  if (feedsIn) return void result.note('What is drawn less what is fed in is forecast, so no cost is named.')
  const cost = costOf(found, period, expected.energyKwh, priceAt)
  if (cost !== null) result.figure({ ...common, label: 'expected energy cost, without the standing charge', value: cost, unit: 'currency' })
  else result.note('The tariff has no price for all of these hours yet, or one that depends on the rest of the month, so no cost is named.')
}

/** What the energy costs if its hours share it as they are forecast. */
function costOf({ points }: SiteForecast, { from, to }: ResolvedPeriod, energyKwh: number, priceAt: PriceAt): number | null {
  let [cost, kwh] = [0, 0]
  for (const { startSeconds, value } of points) {
    for (let at = startSeconds; at < startSeconds + HOUR_SECONDS; at += QUARTER_SECONDS) {
      const overlap = Math.min(to, at + QUARTER_SECONDS) - Math.max(from, at)
      if (overlap <= 0) continue
      const price = priceAt(at)
      if (price === null) return null
      cost += ((value * overlap) / HOUR_SECONDS / 1000) * price
      kwh += (value * overlap) / HOUR_SECONDS / 1000
    }
  }
  return kwh > 0 ? (cost / kwh) * energyKwh : null
}

function addPeak(result: ResultBuilder, { points }: SiteForecast, from: number, to: number, { site, links }: ToolContext): void {
  const ahead = points.filter(({ startSeconds }) => startSeconds >= from && startSeconds < to)
  if (ahead.length < 2) return
  const peak = ahead.reduce((most, point) => (point.value > most.value ? point : most))
  const period = { from: peak.startSeconds, to: peak.startSeconds + HOUR_SECONDS, label: 'this hour' }
  const common = { origin: originOf(site, 'calculated'), subject: 'total', href: links.forecast(), period } as const
  result.figure({ ...common, label: 'hour with the highest expected mean power', value: peak.value, unit: 'W' })
  result.figure({ ...common, label: 'hour with the highest expected mean power, lower end', value: peak.lower95, unit: 'W' })
  result.figure({ ...common, label: 'hour with the highest expected mean power, upper end', value: peak.upper95, unit: 'W' })
  result.moment('highest hour expected', peak.startSeconds, links.forecast())
}

function addTable(result: ResultBuilder, found: SiteForecast, horizonHours: number, days: readonly ResolvedPeriod[]): ResultBuilder {
  const columns = (unit: 'W' | 'kWh') => [
    { name: horizonHours > BY_HOUR_HOURS ? 'Day' : 'Hour', unit: 'time' as const },
    { name: 'Expected', unit },
    { name: 'Lower end', unit },
    { name: 'Upper end', unit },
  ]
  if (horizonHours > BY_HOUR_HOURS) {
    const rows = days.map(({ from, to }) => {
      const energy = expectedEnergy(found, from, to)
      return [from, energy?.energyKwh ?? null, energy?.interval?.lowerKwh ?? null, energy?.interval?.upperKwh ?? null]
    })
    return result.rows(columns('kWh'), rows, 'bars')
  }
  const rows = found.points.map(({ startSeconds, value, lower95, upper95 }) => [startSeconds, value, lower95, upper95])
  return result.rows(columns('W'), rows, 'line')
}
