import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { askedSite, type PageQuery } from '@/app/(app)/asked-site'
import { getTranslations } from '@/components/i18n/server-translations'
import { NoSite } from '@/components/shell/no-site'
import { PricesView } from '@/components/tariffs/prices-view'
import { can } from '@/lib/auth/permissions'
import { todayAt } from '@/lib/services/energy-history'
import { hourlyExtentOf } from '@/lib/services/hourly-values'
import { getSiteOf } from '@/lib/services/describe-sites'
import { listCarbonFactorsOf, listRoomsOf, listTariffsOf } from '@/lib/services/site-tariffs'
import { getWeatherOf } from '@/lib/services/weather/site-weather'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('tariffs'))('pageTitle') }
}

export default async function TariffPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const { user, siteId, locale } = await askedSite('/settings/tariff', await searchParams)
  if (!siteId) return <NoSite />
  const [site, tariffs, factors, rooms, weather, prices, carbon] = await Promise.all([
    getSiteOf(user, siteId),
    listTariffsOf(user, siteId),
    listCarbonFactorsOf(user, siteId),
    listRoomsOf(user, siteId),
    getWeatherOf(user, siteId),
    hourlyExtentOf(user, siteId, 'price'),
    hourlyExtentOf(user, siteId, 'carbon'),
  ])
  if (!site || !tariffs || !factors || !rooms || !weather) notFound()
  const today = todayAt(site.timeZone)
  return (
    <PricesView
      key={siteId}
      site={site}
      locale={locale}
      tariffs={tariffs}
      prices={prices}
      carbon={carbon}
      factors={factors}
      rooms={rooms}
      weather={weather}
      today={today}
      mayWrite={can(user, 'tariff:write')}
      mayManage={can(user, 'site:manage')}
    />
  )
}
