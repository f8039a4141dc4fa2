import { APPLIANCE_LABELS, type Appliance } from '@/lib/contracts/appliances'
import type { ApplianceReport } from '@/lib/contracts/appliance-report'
import type { ResolvedPeriod } from '@/lib/contracts/assistant'
import { SeriesError } from '@/lib/insights/forecast/regular-series'
import { getApplianceReportOf } from '@/lib/services/appliance-report'
import { forecastSite } from '@/lib/services/forecast'
import { type CheapestStarts, findCheapestStarts, type PlannedRun, type PossibleStart } from '@/lib/services/optimisation/cheapest-start'
import { findShiftingOf, recentDays } from '@/lib/services/optimisation/optimise-site'
import { applianceWord } from '../names'
import { clockText } from '../periods/period-text'
import { LocalClock } from '../periods/local-span'
import { bounded } from './bounded'
import type { ResultBuilder } from './result-builder'
import { addSaving } from './saving-figures'
import { newResult, originOf, type AssistantTool, type ToolContext } from './tool-context'

const HOUR_SECONDS = 3600
const TWO_DAYS_HOURS = 48
/** What a person waits at most for what is said beside the answer. */
const ASIDE_SECONDS = 12
/** Of an appliance without typical runs only the price is told: of so much for an hour. */
const UNKNOWN_RUN: PlannedRun = { durationSeconds: HOUR_SECONDS, minuteWatts: Array.from({ length: 60 }, () => 1000) }
const RUNS_BY_ITSELF: readonly Appliance[] = ['Refrigerator', 'Freezer']

/** When a run of an appliance would cost least today and tomorrow, and what moving its runs would have saved. */
export async function whenToRun(given: { appliance: Appliance }, context: ToolContext): ReturnType<AssistantTool> {
  const { user, site, nowSeconds } = context
  const { appliance } = given
  const word = applianceWord(appliance)
  const result = newResult('savings', given, null, context)
  result.about(APPLIANCE_LABELS[appliance])
  if (RUNS_BY_ITSELF.includes(appliance))
    return result.note(`The ${word} runs by itself when it has to cool, so nobody can choose a better time.`).build()
  const [reports, loaded] = await Promise.all([
    Promise.all(site.buildings.map(({ id }) => getApplianceReportOf(user, site.id, appliance, id, nowSeconds))),
    recentDays(site, nowSeconds),
  ])
  const finding = bounded(findShiftingOf(site, loaded), ASIDE_SECONDS)
  const typical = typicalOf(reports)
  const run: PlannedRun = typical
    ? { durationSeconds: Math.max(60, typical.minuteWatts.length * 60), minuteWatts: typical.minuteWatts.map(({ median }) => median) }
    : UNKNOWN_RUN
  const surplus = loaded.days.some(({ feedsIn }) => feedsIn) ? await surplusOf(result, context) : undefined
  const starts = await findCheapestStarts(site, appliance, run, nowSeconds, surplus)
  addStarts(result, starts, appliance, typical !== null, context)
  const shifting = await finding
  result.note(shifting === null && 'What moving its runs would have saved takes longer to calculate; ask again in a minute.')
  const saving = shifting?.recommendations.find((one) => one.appliance === appliance)
  if (saving) addSaving(result, saving, context)
  return result.build()
}

function typicalOf(reports: readonly (ApplianceReport | null)[]): ApplianceReport['typicalRun'] {
  const known = reports.flatMap((report) => report?.typicalRun ?? []).filter(({ minuteWatts }) => minuteWatts.some(({ median }) => median > 0))
  return known.toSorted((a, b) => b.runs - a.runs)[0] ?? null
}

/** What is expected to be fed in; nothing is where no forecast can be made, which the answer then says. */
async function surplusOf(result: ResultBuilder, { site, nowSeconds }: ToolContext): Promise<((seconds: number) => number) | undefined> {
  const found = await bounded(forecastSite(site, 'load', TWO_DAYS_HOURS, nowSeconds), ASIDE_SECONDS).catch((error: unknown) => {
    if (!(error instanceof SeriesError)) throw error
    return null
  })
  if (!found) {
    result.note('What will be fed in cannot be forecast yet, so only the prices are considered.')
    return undefined
  }
  result.note('What is expected to be fed in is considered.')
  const byHour = new Map(found.points.map(({ startSeconds, value }) => [startSeconds, -value]))
  return (seconds) => byHour.get(Math.floor(seconds / HOUR_SECONDS) * HOUR_SECONDS) ?? 0
}

function addStarts(result: ResultBuilder, starts: CheapestStarts, appliance: Appliance, isTypical: boolean, context: ToolContext): void {
  const { site, nowSeconds, links } = context
  const { now, today, tomorrow, isSame, window, hasUnknownPrices } = starts
  const word = applianceWord(appliance)
  const clock = new LocalClock(site.timeZone, nowSeconds)
  const spanOf = { today: clock.day(clock.today, 'today'), tomorrow: clock.day(clock.today.plus({ days: 1 }), 'tomorrow') }
  const href = links.savings()
  const add = (which: string, start: PossibleStart, { from, to, label }: ResolvedPeriod) => {
    const period = { from, to, label }
    const price = { origin: originOf(site, 'measured'), href, period, unit: 'currency/kWh' } as const
    result.figure({ ...price, label: `price of a kWh ${which}`, value: start.pricePerKwh })
    if (!isTypical) return
    const run = { origin: originOf(site, 'calculated'), subject: appliance, href, period } as const
    result.figure({ ...run, label: `cost of a run of the ${word} ${which}`, value: start.cost, unit: 'currency' })
  }
  const cheapest = [today, tomorrow].filter((start) => start !== null)
  if (cheapest.length === 0) {
    result.note(hasUnknownPrices
      ? 'The tariff has no prices by the hour for today and tomorrow, so no time can be named.'
      : `No run of the ${word} fits into what is left of today and tomorrow.`)
    return
  }
  if (now) add('now', now, spanOf.today)
  if (!isSame) {
    for (const [which, start] of [['today', today], ['tomorrow', tomorrow]] as const) {
      if (!start) continue
      add(`${which} at the cheapest time`, start, spanOf[which])
      result.moment(`cheapest start ${which}`, start.startSeconds, href)
    }
    result.note(`Times from ${clockOf(window.fromClockSeconds)} to ${clockOf(window.toClockSeconds)} are looked at, when this home runs it.`)
  }
  result.note(
    isSame && 'Energy costs the same at all these times.',
    hasUnknownPrices && 'For some of the time no price is known yet; only the rest is compared.',
    !isTypical && `Too few runs of the ${word} were seen to say what one costs.`,
  )
}

const clockOf = (seconds: number) => clockText(Math.round(seconds / 60))
