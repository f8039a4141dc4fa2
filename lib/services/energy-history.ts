import type { CurrentUser } from '@/lib/contracts/current-user'
import type { EnergyGrouping, EnergyReport } from '@/lib/contracts/energy'
import type { Site } from '@/lib/contracts/sites'
import { findSiteOf, type SiteRow } from '@/lib/data/sites'
import {
  comparedDate,
  historyPeriod,
  localDate,
  type Comparison,
  type HistoryPeriod,
  type HistoryView,
} from '@/lib/domain/history-view'
import { readMoment } from '@/lib/domain/moment-text'
import { reportEnergy } from './energy-report'
import { getSiteOf } from './describe-sites'

export interface HistoryQuery {
  view: HistoryView
  /** YYYY-MM-DD; today where it is null or no date. */
  date: string | null
  by: EnergyGrouping
  comparison: Comparison
}

export interface History {
  site: Site
  period: HistoryPeriod
  report: EnergyReport
  compared: EnergyReport | null
  comparison: Comparison
  today: string
  nowSeconds: number
}

/** A day, week, month or year of one of the user's sites, and what it is compared with; null = no such site. */
export async function getHistoryOf(
  user: CurrentUser,
  siteId: string,
  query: HistoryQuery,
  nowSeconds = Date.now() / 1000,
): Promise<History | null> {
  const [row, site] = await Promise.all([findSiteOf(user, siteId), getSiteOf(user, siteId)])
  if (!row || !site) return null
  const today = localDate(nowSeconds, row.timeZone)
  const isDate =
    query.date !== null && /^\d{4}-\d{2}-\d{2}$/.test(query.date) && readMoment(query.date, row.timeZone) !== null
  const period = historyPeriod(query.view, isDate && query.date ? query.date : today, row.timeZone, nowSeconds)
  const otherDate = comparedDate(period, query.comparison)
  const [report, compared] = await Promise.all([
    reportOf(row, period, query.by, nowSeconds),
    otherDate ? reportOf(row, historyPeriod(query.view, otherDate, row.timeZone, nowSeconds), query.by, nowSeconds) : null,
  ])
  return { site, period, report, compared, comparison: query.comparison, today, nowSeconds }
}

function reportOf(
  row: SiteRow,
  { fromSeconds, toSeconds, granularity }: HistoryPeriod,
  by: EnergyGrouping,
  nowSeconds: number,
) {
  return reportEnergy(row, { fromSeconds, toSeconds, granularity, by }, nowSeconds)
}

/** The date at a site now, YYYY-MM-DD. */
export function todayAt(timeZone: string): string {
  return localDate(Date.now() / 1000, timeZone)
}
