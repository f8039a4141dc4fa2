import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { getTranslations } from '@/components/i18n/server-translations'
import { ModelsView } from '@/components/models/models-view'
import { NoSite } from '@/components/shell/no-site'
import { can } from '@/lib/auth/permissions'
import { getSiteOf } from '@/lib/services/describe-sites'
import { getModelsOf } from '@/lib/services/training'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('models'))('title') }
}

export default async function ModelsPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const { user, siteId, locale } = await askedSite('/insights/models', await searchParams)
  if (!siteId) return <NoSite />
  const [site, models] = await Promise.all([getSiteOf(user, siteId), getModelsOf(user, siteId)])
  if (!site || !models) notFound()
  return <ModelsView key={siteId} site={site} locale={locale} models={models} mayTrain={can(user, 'home:teach')} />
}
