'use client'

import { useTranslations } from 'use-intl'
import { FormatProvider } from '@/components/format/format-context'
import { WeatherForm } from '@/components/weather/weather-form'
import type { Rooms } from '@/lib/contracts/energy'
import type { Site } from '@/lib/contracts/sites'
import type { CarbonFactor, SiteTariffs } from '@/lib/contracts/tariffs'
import type { WeatherState } from '@/lib/contracts/weather'
import { CarbonForm } from './carbon-form'
import { HourlyUpload, type HourlyExtent } from './hourly-upload'
import { RoomsForm } from './rooms-form'
import { TariffList } from './tariff-list'

interface PricesViewProps {
  site: Site
  locale: string
  tariffs: SiteTariffs
  prices: HourlyExtent | null
  carbon: HourlyExtent | null
  factors: readonly CarbonFactor[]
  rooms: Rooms
  weather: WeatherState
  /** YYYY-MM-DD at the site. */
  today: string
  mayWrite: boolean
  /** Whether the reader may say where the site is. */
  mayManage: boolean
}

/** Prices, CO2, rooms and weather of a site: what turns energy into sums and forecasts that mean something. */
export function PricesView(props: PricesViewProps) {
  const { site, locale, tariffs, prices, carbon, factors, rooms, weather, today, mayWrite, mayManage } = props
  const t = useTranslations('tariffs')
  const of = { siteId: site.id, mayWrite }
  return (
    <FormatProvider locale={locale} timeZone={site.timeZone} currency={site.currency}>
      <div className="space-y-1.5">
        <h1 className="text-2xl font-semibold tracking-[-0.02em] sm:text-3xl">{t('title')}</h1>
        <p className="max-w-prose text-ink-soft">{mayWrite ? t('textWrite') : t('textView')}</p>
      </div>
      <TariffList {...of} tariffs={tariffs} today={today} />
      <div className="grid gap-4 lg:grid-cols-2">
        <HourlyUpload {...of} kind="price" extent={prices} />
        <HourlyUpload {...of} kind="carbon" extent={carbon} />
      </div>
      <CarbonForm {...of} factors={factors} today={today} />
      <RoomsForm site={site} rooms={rooms} mayWrite={mayWrite} />
      <WeatherForm siteId={site.id} weather={weather} locale={locale} mayManage={mayManage} />
    </FormatProvider>
  )
}
