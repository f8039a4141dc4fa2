import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { ApplianceView } from '@/components/appliance/appliance-view'
import { getTranslations } from '@/components/i18n/server-translations'
import { NoSite } from '@/components/shell/no-site'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { getApplianceReportOf } from '@/lib/services/appliance-report'
import { getLiveSnapshotOf } from '@/lib/services/live-snapshot'

interface AppliancePageProps {
  params: Promise<{ appliance: string }>
  searchParams: Promise<PageQuery>
}

const applianceOf = (name: string) => APPLIANCES.find((known) => known === name)

export async function generateMetadata({ params }: AppliancePageProps): Promise<Metadata> {
  const appliance = applianceOf((await params).appliance)
  if (!appliance) return { title: (await getTranslations('appliance'))('notFound') }
  return { title: (await getTranslations('appliances'))(`label.${appliance}`) }
}

export default async function AppliancePage({ params, searchParams }: AppliancePageProps) {
  const query = await searchParams
  const appliance = applianceOf((await params).appliance)
  if (!appliance) notFound()
  const { user, siteId, locale } = await askedSite(`/appliances/${appliance}`, query)
  if (!siteId) return <NoSite />
  const buildingId = typeof query.building === 'string' ? query.building : undefined
  const [snapshot, report] = await Promise.all([
    getLiveSnapshotOf(user, siteId),
    getApplianceReportOf(user, siteId, appliance, buildingId),
  ])
  if (!snapshot || !report) notFound()
  // The page shows this moment, not the last minutes: those would be most of its weight.
  const slim = { ...snapshot, buildings: snapshot.buildings.map((building) => ({ ...building, window: [] })) }
  return <ApplianceView key={`${siteId} ${appliance} ${report.buildingId}`} snapshot={slim} report={report} locale={locale} />
}
