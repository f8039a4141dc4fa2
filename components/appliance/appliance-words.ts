import type { Translator } from '@/components/i18n/messages'
import type { ApplianceReport, ApplianceWeek } from '@/lib/contracts/appliance-report'

type Percent = (share: number) => string
type ApplianceTranslator = Translator<'appliance'>

/** A change smaller than this is no change worth a word. */
const NOTICEABLE_CHANGE = 0.05

/** Whether use went up or down, in words with its number. */
export function trendText(trend: ApplianceReport['trend'], percent: Percent, t: ApplianceTranslator): string {
  if (!trend) return t('trendUnknown')
  if (trend.change === null) return t('trendNew')
  if (Math.abs(trend.change) < NOTICEABLE_CHANGE) return t('trendSame')
  return t(trend.change > 0 ? 'trendMore' : 'trendLess', { share: percent(Math.abs(trend.change)) })
}

/** Share of the time on, and how it was the week before. */
export function dutyText({ recent, before }: ApplianceReport['duty'], percent: Percent, t: ApplianceTranslator): string {
  if (recent === null) return t('dutyUnknown')
  return before === null ? t('duty') : t('dutyBefore', { share: percent(before) })
}

/** Runs a week over the complete weeks that were measured for the most part; null without one. */
export function runsPerWeek(weeks: readonly ApplianceWeek[]): number | null {
  const complete = weeks.slice(0, -1).filter(({ coverage }) => coverage > 0.5)
  const runs = complete.reduce((sum, week) => sum + week.runs / week.coverage, 0)
  return complete.length === 0 ? null : runs / complete.length
}

/**
 * What an empty page of an appliance says.
 * @param appliance its name within a sentence
 */
export function nothingText(report: ApplianceReport, appliance: string, t: ApplianceTranslator): string {
  return t(report.isAvailable === false ? 'noModel' : 'notSeen', { appliance })
}

const FEWEST_WEEKS = 4

/** Without the weeks before anything was measured, but always some, so that one bar does not fill a chart. */
export function weeksToShow(weeks: readonly ApplianceWeek[]): readonly ApplianceWeek[] {
  const first = weeks.findIndex(({ coverage }) => coverage > 0)
  return weeks.slice(Math.max(0, Math.min(first, weeks.length - FEWEST_WEEKS)))
}
