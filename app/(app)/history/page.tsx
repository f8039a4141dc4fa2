import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { HistoryPageView } from '@/components/energy/history-view'
import { firstLocale } from '@/components/format/quantities'
import { NothingHere } from '@/components/live/first-reading'
import { ENERGY_GROUPINGS } from '@/lib/contracts/energy'
import { requireUser } from '@/lib/auth/require-user'
import { COMPARISONS, HISTORY_VIEWS } from '@/lib/domain/history-view'
import { getHistoryOf } from '@/lib/services/energy-history'
import { listSitesOf } from '@/lib/services/live-snapshot'

export const metadata: Metadata = { title: 'History' }

interface HistoryPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** What somebody typed into the address falls back to what a visitor without one sees. */
function oneOf<Value extends string>(values: readonly Value[], given: unknown, otherwise: Value): Value {
  return values.find((value) => value === given) ?? otherwise
}

export default async function HistoryPage({ searchParams }: HistoryPageProps) {
  const { site, view, date, by, compare } = await searchParams
  const asked = typeof site === 'string' ? site : undefined
  const user = await requireUser(asked ? `/history?site=${encodeURIComponent(asked)}` : '/history')
  const siteId = asked ?? (await listSitesOf(user))[0]?.id
  if (!siteId) {
    return (
      <NothingHere
        title="No site yet"
        text="Your account does not belong to a site yet. Whoever manages the site can add you to it."
      />
    )
  }
  const history = await getHistoryOf(user, siteId, {
    view: oneOf(HISTORY_VIEWS, view, 'month'),
    date: typeof date === 'string' ? date : null,
    by: oneOf(ENERGY_GROUPINGS, by, 'appliance'),
    comparison: oneOf(COMPARISONS, compare, 'before'),
  })
  if (!history) notFound()
  const locale = firstLocale((await headers()).get('accept-language'))
  return <HistoryPageView key={siteId} {...history} locale={locale} />
}
