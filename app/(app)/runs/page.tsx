import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { getTranslations } from '@/components/i18n/server-translations'
import { RunsView } from '@/components/runs/runs-view'
import { NoSite } from '@/components/shell/no-site'
import { NOT_CYCLING } from '@/lib/contracts/home-learning'
import { can } from '@/lib/auth/permissions'
import { listRunsOf } from '@/lib/services/home-labels'
import { getLearningOf } from '@/lib/services/home-learning'
import { getSiteOf } from '@/lib/services/describe-sites'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('runs'))('title') }
}

const FIRST_RUNS = 40

export default async function RunsPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const { user, siteId, locale } = await askedSite('/runs', await searchParams)
  if (!siteId) return <NoSite />
  const [site, runs, learning] = await Promise.all([
    getSiteOf(user, siteId),
    listRunsOf(user, siteId, { limit: FIRST_RUNS, appliances: NOT_CYCLING }),
    getLearningOf(user, siteId),
  ])
  if (!site || !runs || !learning) notFound()
  return <RunsView key={siteId} site={site} locale={locale} first={{ runs, learning }} mayTeach={can(user, 'home:teach')} />
}
