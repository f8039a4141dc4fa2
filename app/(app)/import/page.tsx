import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { ImportView } from '@/components/import/import-view'
import { NothingHere } from '@/components/live/first-reading'
import { NoSite } from '@/components/shell/no-site'
import { can } from '@/lib/auth/permissions'
import { env } from '@/lib/env'
import { listImportsOf } from '@/lib/services/import/site-imports'
import { getSiteOf } from '@/lib/services/live-snapshot'

export const metadata: Metadata = { title: 'Import' }

export default async function ImportPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const { user, siteId, locale } = await askedSite('/import', await searchParams)
  if (!siteId) return <NoSite />
  const [site, imports] = await Promise.all([getSiteOf(user, siteId), listImportsOf(user, siteId)])
  if (!site || !imports) notFound()
  if (!can(user, 'data:import')) {
    return (
      <NothingHere title="Import" text="Your account may look. Operators and administrators bring measurements of the past in." />
    )
  }
  return <ImportView key={siteId} site={site} locale={locale} first={imports} mostMegabytes={env().IMPORT_MAX_MEGABYTES} />
}
