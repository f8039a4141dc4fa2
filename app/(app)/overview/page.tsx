import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { OverviewView } from '@/components/energy/overview-view'
import { firstLocale } from '@/components/format/quantities'
import { NothingHere } from '@/components/live/first-reading'
import { requireUser } from '@/lib/auth/require-user'
import { getEnergyOverviewOf } from '@/lib/services/energy-overview'
import { listSitesOf } from '@/lib/services/live-snapshot'

export const metadata: Metadata = { title: 'Overview' }

interface OverviewPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function OverviewPage({ searchParams }: OverviewPageProps) {
  const { site } = await searchParams
  const asked = typeof site === 'string' ? site : undefined
  const user = await requireUser(asked ? `/overview?site=${encodeURIComponent(asked)}` : '/overview')
  const siteId = asked ?? (await listSitesOf(user))[0]?.id
  if (!siteId) {
    return (
      <NothingHere
        title="No site yet"
        text="Your account does not belong to a site yet. Whoever manages the site can add you to it."
      />
    )
  }
  const overview = await getEnergyOverviewOf(user, siteId)
  if (!overview) notFound()
  const locale = firstLocale((await headers()).get('accept-language'))
  return <OverviewView key={siteId} overview={overview} locale={locale} />
}
