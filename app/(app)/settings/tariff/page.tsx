import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { firstLocale } from '@/components/format/quantities'
import { NothingHere } from '@/components/live/first-reading'
import { PricesView } from '@/components/tariffs/prices-view'
import { can } from '@/lib/auth/permissions'
import { requireUser } from '@/lib/auth/require-user'
import { todayAt } from '@/lib/services/energy-history'
import { hourlyExtentOf } from '@/lib/services/hourly-values'
import { getSiteOf, listSitesOf } from '@/lib/services/live-snapshot'
import { listCarbonFactorsOf, listRoomsOf, listTariffsOf } from '@/lib/services/site-tariffs'

export const metadata: Metadata = { title: 'Prices' }

interface TariffPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function TariffPage({ searchParams }: TariffPageProps) {
  const { site: given } = await searchParams
  const asked = typeof given === 'string' ? given : undefined
  const user = await requireUser(asked ? `/settings/tariff?site=${encodeURIComponent(asked)}` : '/settings/tariff')
  const siteId = asked ?? (await listSitesOf(user))[0]?.id
  if (!siteId) {
    return (
      <NothingHere
        title="No site yet"
        text="Your account does not belong to a site yet. Whoever manages the site can add you to it."
      />
    )
  }
  const [site, tariffs, factors, rooms, prices, carbon] = await Promise.all([
    getSiteOf(user, siteId),
    listTariffsOf(user, siteId),
    listCarbonFactorsOf(user, siteId),
    listRoomsOf(user, siteId),
    hourlyExtentOf(user, siteId, 'price'),
    hourlyExtentOf(user, siteId, 'carbon'),
  ])
  if (!site || !tariffs || !factors || !rooms) notFound()
  const locale = firstLocale((await headers()).get('accept-language'))
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
      today={today}
      mayWrite={can(user, 'tariff:write')}
    />
  )
}
