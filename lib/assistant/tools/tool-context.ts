import { DateTime } from 'luxon'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { EnergyReport } from '@/lib/contracts/energy'
import type { Figure, ResolvedPeriod, ToolArguments, ToolName, ToolResult } from '@/lib/contracts/assistant'
import type { SiteRow } from '@/lib/data/sites'
import type { Granularity } from '@/lib/domain/energy-plan'
import { reportEnergy } from '@/lib/services/energy-report'
import { isPeriodProblem, parsePeriod, type PeriodProblem } from '../periods/parse-period'
import type { SiteLinks } from './links'
import { ResultBuilder, type ReplyIds } from './result-builder'

/** With less of a period measured, its sums are too small by more than their rounding. */
export const WELL_MEASURED = 0.9

/** For whom and of what a tool answers: the site is one that the user may see. */
export interface ToolContext {
  user: CurrentUser
  site: SiteRow
  /** Unix seconds. */
  nowSeconds: number
  /** When the site was first measured, Unix seconds; null where it never was. */
  firstReadingAt: number | null
  ids: ReplyIds
  links: SiteLinks
}

/** problem: why there is no answer and what to ask instead, for a person. */
export type ToolOutcome = ToolResult | PeriodProblem

export type AssistantTool<Name extends ToolName = ToolName> = (
  given: ToolArguments<Name>,
  context: ToolContext,
) => Promise<ToolOutcome>

export function resolvePeriod(words: string, context: ToolContext, relativeTo?: ResolvedPeriod): ResolvedPeriod | PeriodProblem {
  const { site, nowSeconds, firstReadingAt } = context
  return parsePeriod(words, { timeZone: site.timeZone, nowSeconds, firstReadingAt, relativeTo })
}

export { isPeriodProblem }

export function newResult(
  name: ToolName,
  given: ToolArguments,
  period: ResolvedPeriod | null,
  context: ToolContext,
): ResultBuilder {
  return new ResultBuilder(name, given, period, context.ids)
}

export function reportOf(
  context: ToolContext,
  period: Pick<ResolvedPeriod, 'from' | 'to'>,
  granularity: Granularity,
  by: 'appliance' | 'room' = 'appliance',
): Promise<EnergyReport> {
  const wholeMinute = (seconds: number) => Math.round(seconds / 60) * 60
  const [fromSeconds, toSeconds] = [wholeMinute(period.from), wholeMinute(period.to)]
  return reportEnergy(context.site, { fromSeconds, toSeconds, granularity, by }, context.nowSeconds)
}

/** What was read from a main meter is measured, unless a simulator made it. */
export function originOf(site: SiteRow, kind: Exclude<Figure['origin'], 'simulated'>): Figure['origin'] {
  return site.buildings.some(({ simulated }) => simulated) ? 'simulated' : kind
}

export function localDay(seconds: number, { site }: ToolContext): string {
  return DateTime.fromSeconds(seconds, { zone: site.timeZone, locale: 'en' }).toFormat('d LLLL yyyy')
}

/** Says why a period has no figures, and when readings begin. */
export function noteNothing(result: ResultBuilder, period: ResolvedPeriod, context: ToolContext): ResultBuilder {
  const { firstReadingAt, links } = context
  if (firstReadingAt === null) return result.note('Nothing has been measured here yet.')
  if (period.to > firstReadingAt) return result.note('Nothing was measured in this time.')
  return result
    .moment('first reading', firstReadingAt, links.day(firstReadingAt))
    .note(`Nothing was measured then: the readings of this site begin on ${localDay(firstReadingAt, context)}.`)
}

/** Notes how much of a period is missing, and adds the day on which readings begin where that is why. */
export function noteCoverage(result: ResultBuilder, coverage: number, period: ResolvedPeriod, context: ToolContext): void {
  result.coverage = coverage
  const { firstReadingAt, links, nowSeconds } = context
  if (coverage >= WELL_MEASURED) return
  const elapsed = Math.min(period.to, nowSeconds)
  if (firstReadingAt !== null && firstReadingAt > period.from && firstReadingAt < elapsed) {
    result.moment('first reading', firstReadingAt, links.day(firstReadingAt))
    result.note(`Readings of this site begin on ${localDay(firstReadingAt, context)}.`)
  }
  result.last({
    label: 'measured share of this time',
    value: coverage * 100,
    unit: 'percent',
    origin: originOf(context.site, 'measured'),
    href: links.history(period),
  })
  result.note(`Only ${percentText(coverage)} of this time was measured; what is missing is not counted.`)
}

export const percentText = (share: number) => `${Math.round(share * 100)}%`
