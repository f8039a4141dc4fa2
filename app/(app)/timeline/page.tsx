import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DateTime } from 'luxon'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { getTranslations } from '@/components/i18n/server-translations'
import { NoSite } from '@/components/shell/no-site'
import { TimelineView, type TimelineDay } from '@/components/timeline/timeline-view'
import { can } from '@/lib/auth/permissions'
import { localDayStartSeconds, nextLocalDayStartSeconds } from '@/lib/domain/periods'
import { listRunsOf } from '@/lib/services/home-labels'
import { getSiteOf } from '@/lib/services/describe-sites'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('timeline'))('title') }
}

/** More runs than this in a day are a fault of the meter's. */
const MOST_RUNS = 2_000

export default async function TimelinePage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const query = await searchParams
  const { user, siteId, locale, nowSeconds } = await askedSite('/timeline', query)
  if (!siteId) return <NoSite />
  const site = await getSiteOf(user, siteId)
  if (!site) notFound()
  const day = dayOf(typeof query.day === 'string' ? query.day : '', site.timeZone, nowSeconds)
  const within = { beforeSeconds: day.endSeconds, afterSeconds: day.startSeconds }
  const found = await listRunsOf(user, siteId, { ...within, limit: MOST_RUNS })
  if (!found) notFound()
  return (
    <TimelineView
      key={`${siteId} ${day.startSeconds}`}
      site={site}
      locale={locale}
      day={day}
      runs={found.runs}
      nowSeconds={nowSeconds}
      mayTeach={can(user, 'home:teach')}
    />
  )
}

/** The day a date names at the site; today for anything else and for the future. */
function dayOf(date: string, timeZone: string, nowSeconds: number): TimelineDay {
  const asked = DateTime.fromISO(date, { zone: timeZone }).set({ hour: 12 })
  const at = asked.isValid ? Math.min(asked.toSeconds(), nowSeconds) : nowSeconds
  const startSeconds = localDayStartSeconds(at, timeZone)
  const endSeconds = nextLocalDayStartSeconds(at, timeZone)
  const dateOf = (seconds: number) => DateTime.fromSeconds(seconds, { zone: timeZone }).toISODate() ?? ''
  return {
    startSeconds,
    endSeconds,
    previousDate: dateOf(startSeconds - 1),
    nextDate: endSeconds > nowSeconds ? null : dateOf(endSeconds),
  }
}
