import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { HistoryPageView } from '@/components/energy/history-view'
import { getTranslations } from '@/components/i18n/server-translations'
import { NoSite } from '@/components/shell/no-site'
import { ENERGY_GROUPINGS } from '@/lib/contracts/energy'
import { COMPARISONS, HISTORY_VIEWS } from '@/lib/domain/history-view'
import { getHistoryOf } from '@/lib/services/energy-history'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('energy'))('history.title') }
}

/** What somebody typed into the address falls back to what a visitor without one sees. */
function oneOf<Value extends string>(values: readonly Value[], given: unknown, otherwise: Value): Value {
  return values.find((value) => value === given) ?? otherwise
}

export default async function HistoryPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const query = await searchParams
  const { view, date, by, compare } = query
  const { user, siteId, locale } = await askedSite('/history', query)
  if (!siteId) return <NoSite />
  const history = await getHistoryOf(user, siteId, {
    view: oneOf(HISTORY_VIEWS, view, 'month'),
    date: typeof date === 'string' ? date : null,
    by: oneOf(ENERGY_GROUPINGS, by, 'appliance'),
    comparison: oneOf(COMPARISONS, compare, 'before'),
  })
  if (!history) notFound()
  return <HistoryPageView key={siteId} {...history} locale={locale} />
}
