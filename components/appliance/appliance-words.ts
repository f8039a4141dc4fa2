import { APPLIANCE_LABELS } from '@/lib/contracts/appliances'
import type { ApplianceReport, ApplianceWeek } from '@/lib/contracts/appliance-report'

/** A change smaller than this is no change worth a word. */
const NOTICEABLE_CHANGE = 0.05

/** Whether use went up or down, in words with its number. */
export function trendText(trend: ApplianceReport['trend'], percent: (share: number) => string): string {
  if (!trend) return 'A trend needs a week of measurements in each of the last two months.'
  if (trend.change === null) return 'Not used in the four weeks before the last four.'
  if (Math.abs(trend.change) < NOTICEABLE_CHANGE) return 'About as much as in the four weeks before.'
  return `About ${percent(Math.abs(trend.change))} ${trend.change > 0 ? 'more' : 'less'} than in the four weeks before.`
}

/** Share of the time on, and how it was the week before. */
export function dutyText({ recent, before }: ApplianceReport['duty'], percent: (share: number) => string): string {
  if (recent === null) return 'Not measured in the last seven days.'
  return before === null ? 'In the last seven days.' : `In the last seven days; ${percent(before)} in the seven before.`
}

/** Runs a week over the complete weeks that were measured for the most part; null without one. */
export function runsPerWeek(weeks: readonly ApplianceWeek[]): number | null {
  const complete = weeks.slice(0, -1).filter(({ coverage }) => coverage > 0.5)
  const runs = complete.reduce((sum, week) => sum + week.runs / week.coverage, 0)
  return complete.length === 0 ? null : runs / complete.length
}

/** What an empty page of an appliance says. */
export function nothingText(report: ApplianceReport): string {
  const label = APPLIANCE_LABELS[report.appliance].toLowerCase()
  if (report.isAvailable === false) return `No model for the ${label} is loaded, so nothing is estimated of it.`
  return `No ${label} was recognised here yet. Its first run appears as soon as it has been on for a while.`
}

const FEWEST_WEEKS = 4

/** Without the weeks before anything was measured, but always some, so that one bar does not fill a chart. */
export function weeksToShow(weeks: readonly ApplianceWeek[]): readonly ApplianceWeek[] {
  const first = weeks.findIndex(({ coverage }) => coverage > 0)
  return weeks.slice(Math.max(0, Math.min(first, weeks.length - FEWEST_WEEKS)))
}
