import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { getTranslations } from '@/components/i18n/server-translations'
import { ImportView } from '@/components/import/import-view'
import { NothingHere } from '@/components/live/first-reading'
import { NoSite } from '@/components/shell/no-site'
import { can } from '@/lib/auth/permissions'
import { env } from '@/lib/env'
import { listImportsOf } from '@/lib/services/import/site-imports'
import { getSiteOf } from '@/lib/services/describe-sites'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('import'))('title') }
}

export default async function ImportPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const { user, siteId, locale } = await askedSite('/import', await searchParams)
  if (!siteId) return <NoSite />
  const [site, imports] = await Promise.all([getSiteOf(user, siteId), listImportsOf(user, siteId)])
  if (!site || !imports) notFound()
  if (!can(user, 'data:import')) {
    const t = await getTranslations('import')
    return <NothingHere title={t('title')} text={t('mayLookOnly')} />
  }
  return <ImportView key={siteId} site={site} locale={locale} first={imports} mostMegabytes={env().IMPORT_MAX_MEGABYTES} />
}
