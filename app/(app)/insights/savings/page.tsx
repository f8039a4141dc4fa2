import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DateTime } from 'luxon'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { getTranslations } from '@/components/i18n/server-translations'
import { SavingsView } from '@/components/savings/savings-view'
import type { PlannerDates } from '@/components/savings/day-planner'
import { NoSite } from '@/components/shell/no-site'
import { can } from '@/lib/auth/permissions'
import type { Optimization } from '@/lib/contracts/optimisation'
import { getSiteOf } from '@/lib/services/describe-sites'
import { getPlannerDayOf } from '@/lib/services/optimisation/day-planner'
import { getEquipmentOf, listTariffCandidatesOf } from '@/lib/services/optimisation/equipment'
import { getOptimizationOf } from '@/lib/services/optimisation/optimise-site'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('savings'))('title') }
}

export default async function SavingsPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const query = await searchParams
  const { user, siteId, locale, nowSeconds } = await askedSite('/insights/savings', query)
  if (!siteId) return <NoSite />
  const [site, optimization, equipment, candidates] = await Promise.all([
    getSiteOf(user, siteId),
    getOptimizationOf(user, siteId, nowSeconds),
    getEquipmentOf(user, siteId),
    listTariffCandidatesOf(user, siteId),
  ])
  if (!site || !optimization || !equipment || !candidates) notFound()
  const dates = datesOf(typeof query.day === 'string' ? query.day : '', site.timeZone, nowSeconds, optimization)
  const day = await getPlannerDayOf(user, siteId, dates.date, nowSeconds)
  return (
    <SavingsView
      key={siteId}
      site={site}
      locale={locale}
      optimization={optimization}
      dates={dates}
      day={day}
      equipment={equipment}
      candidates={candidates}
      mayWrite={can(user, 'tariff:write')}
    />
  )
}

/** The day asked for; else the last with a run worth moving, else yesterday. Always one that is over. */
function datesOf(asked: string, timeZone: string, nowSeconds: number, { recommendations }: Optimization): PlannerDates {
  const now = DateTime.fromSeconds(nowSeconds, { zone: timeZone })
  const yesterday = now.minus({ days: 1 }).set({ hour: 12 })
  const newestRun = Math.max(...recommendations.flatMap(({ runs }) => runs.map(({ startedAt }) => startedAt)))
  const worthwhile = Number.isFinite(newestRun) ? DateTime.fromSeconds(newestRun, { zone: timeZone }) : yesterday
  const given = /^20\d{2}-\d{2}-\d{2}$/.test(asked) ? DateTime.fromISO(asked, { zone: timeZone }) : worthwhile
  const noon = DateTime.min(given.isValid ? given.set({ hour: 12, minute: 0 }) : worthwhile, yesterday)
  const dateOf = (moment: DateTime) => moment.toISODate() ?? ''
  const next = noon.plus({ days: 1 })
  return {
    date: dateOf(noon),
    noonSeconds: Math.round(noon.toSeconds()),
    previousDate: dateOf(noon.minus({ days: 1 })),
    nextDate: dateOf(next) < dateOf(now) ? dateOf(next) : null,
    today: dateOf(now),
  }
}
