import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { firstLocale } from '@/components/format/quantities'
import { ImportView } from '@/components/import/import-view'
import { NothingHere } from '@/components/live/first-reading'
import { can } from '@/lib/auth/permissions'
import { requireUser } from '@/lib/auth/require-user'
import { env } from '@/lib/env'
import { listImportsOf } from '@/lib/services/import/site-imports'
import { getSiteOf, listSitesOf } from '@/lib/services/live-snapshot'

export const metadata: Metadata = { title: 'Import' }

interface ImportPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ImportPage({ searchParams }: ImportPageProps) {
  const { site: given } = await searchParams
  const asked = typeof given === 'string' ? given : undefined
  const user = await requireUser(asked ? `/import?site=${encodeURIComponent(asked)}` : '/import')
  const siteId = asked ?? (await listSitesOf(user))[0]?.id
  if (!siteId) {
    return (
      <NothingHere
        title="No site yet"
        text="Your account does not belong to a site yet. Whoever manages the site can add you to it."
      />
    )
  }
  const [site, imports] = await Promise.all([getSiteOf(user, siteId), listImportsOf(user, siteId)])
  if (!site || !imports) notFound()
  if (!can(user, 'data:import')) {
    return (
      <NothingHere title="Import" text="Your account may look. Operators and administrators bring measurements of the past in." />
    )
  }
  const locale = firstLocale((await headers()).get('accept-language'))
  return <ImportView key={siteId} site={site} locale={locale} first={imports} mostMegabytes={env().IMPORT_MAX_MEGABYTES} />
}
