import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { getTranslations } from '@/components/i18n/server-translations'
import { AssetView } from '@/components/maintenance/asset-view'
import { NoSite } from '@/components/shell/no-site'
import { can } from '@/lib/auth/permissions'
import { getAssetOf } from '@/lib/services/assets'
import { getSiteOf } from '@/lib/services/describe-sites'
import { getSiteMaintenanceOf } from '@/lib/services/maintenance'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('maintenance'))('title') }
}

interface AssetPageProps {
  params: Promise<{ assetId: string }>
  searchParams: Promise<PageQuery>
}

export default async function AssetPage({ params, searchParams }: AssetPageProps) {
  const assetId = decodeURIComponent((await params).assetId)
  const path = `/insights/maintenance/${encodeURIComponent(assetId)}`
  const { user, siteId, locale } = await askedSite(path, await searchParams)
  if (!siteId) return <NoSite />
  const [site, maintenance, asset] = await Promise.all([
    getSiteOf(user, siteId),
    getSiteMaintenanceOf(user, siteId),
    getAssetOf(user, siteId, assetId),
  ])
  const report = maintenance?.assets.find((one) => one.assetId === assetId)
  if (!site || !report) notFound()
  return <AssetView site={site} locale={locale} report={report} asset={asset} mayManage={can(user, 'asset:manage')} />
}
