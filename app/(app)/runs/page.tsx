import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { firstLocale } from '@/components/format/quantities'
import { NothingHere } from '@/components/live/first-reading'
import { RunsView } from '@/components/runs/runs-view'
import { NOT_CYCLING } from '@/lib/contracts/home-learning'
import { can } from '@/lib/auth/permissions'
import { requireUser } from '@/lib/auth/require-user'
import { listRunsOf } from '@/lib/services/home-labels'
import { getLearningOf } from '@/lib/services/home-learning'
import { getSiteOf, listSitesOf } from '@/lib/services/live-snapshot'

export const metadata: Metadata = { title: 'Runs' }

const FIRST_RUNS = 40

interface RunsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function RunsPage({ searchParams }: RunsPageProps) {
  const { site: given } = await searchParams
  const asked = typeof given === 'string' ? given : undefined
  const user = await requireUser(asked ? `/runs?site=${encodeURIComponent(asked)}` : '/runs')
  const siteId = asked ?? (await listSitesOf(user))[0]?.id
  if (!siteId) {
    return <NothingHere title="No site yet" text="Your account does not belong to a site yet. Whoever manages the site can add you to it." />
  }
  const [site, runs, learning] = await Promise.all([
    getSiteOf(user, siteId),
    listRunsOf(user, siteId, { limit: FIRST_RUNS, appliances: NOT_CYCLING }),
    getLearningOf(user, siteId),
  ])
  if (!site || !runs || !learning) notFound()
  const locale = firstLocale((await headers()).get('accept-language'))
  return <RunsView key={siteId} site={site} locale={locale} first={{ runs, learning }} mayTeach={can(user, 'home:teach')} />
}
