'use client'

import { Gauge, PlugZap } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { seriesColor } from '@/components/charts/appliance-colors'
import { SeriesIcon } from '@/components/charts/series-identity'
import { FormatProvider, useFormat } from '@/components/format/format-context'
import { PageTitle } from '@/components/shell/page-title'
import { Badge, SimulatedBadge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { APPLIANCES } from '@/lib/contracts/appliances'
import type { Device, DeviceCluster } from '@/lib/contracts/devices'
import type { Site } from '@/lib/contracts/sites'

interface DevicesViewProps {
  site: Site
  locale: string
  devices: Device[]
  /** Those with a number; estimated appliances belong to none. */
  clusters: DeviceCluster[]
  nowSeconds: number
}

/** Everything that is measured or told apart at a site, and the groups an import came with. */
export function DevicesView({ site, locale, devices, clusters, nowSeconds }: DevicesViewProps) {
  const t = useTranslations('devices')
  const active = devices.filter((device) => device.is_active)
  const others = devices.filter((device) => !device.is_active)
  const buildings = new Map(site.buildings.map(({ id, name }) => [id, name]))
  const isAllSimulated = devices.length > 0 && devices.every((device) => device.simulated)
  const list = { siteId: site.id, buildings, nowSeconds, isAllSimulated }
  return (
    <FormatProvider locale={locale} timeZone={site.timeZone} currency={site.currency}>
      <PageTitle title={t('title')} text={t('text')}>
        {isAllSimulated && <SimulatedBadge />}
      </PageTitle>
      <Section id="active" title={t('active')} note={t('activeCount', { count: active.length })}>
        {active.length > 0 ? <DeviceList {...list} devices={active} /> : (
          <p className="text-ink-soft">{t('noneActive')}</p>
        )}
      </Section>
      {others.length > 0 && (
        <Section id="earlier" title={t('earlier')} note={t('earlierNote')}>
          <DeviceList {...list} devices={others} />
        </Section>
      )}
      <Section
        id="clusters"
        title={t('clusters')}
        note={clusters.length > 0 ? t('clustersNote') : undefined}
      >
        {clusters.length > 0 ? <ClusterTable clusters={clusters} buildings={buildings} /> : (
          <p className="max-w-prose text-ink-soft">{t('noClusters')}</p>
        )}
      </Section>
    </FormatProvider>
  )
}

function Section({ id, title, note, children }: { id: string; title: string; note?: string; children: ReactNode }) {
  return (
    <Card aria-labelledby={`${id}-heading`} className="p-4 sm:p-5">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id={`${id}-heading`} className="text-lg font-semibold tracking-[-0.01em]">{title}</h2>
        {note && <p className="figures text-[0.8125rem] text-ink-soft">{note}</p>}
      </div>
      {children}
    </Card>
  )
}

interface ListProps {
  siteId: string
  buildings: ReadonlyMap<string, string>
  nowSeconds: number
  /** Said once for the page then. */
  isAllSimulated: boolean
}

function DeviceList({ devices, ...rest }: ListProps & { devices: readonly Device[] }) {
  return <ul>{devices.map((device) => <DeviceRow key={device.id} device={device} {...rest} />)}</ul>
}

function DeviceRow({ device, siteId, buildings, nowSeconds, isAllSimulated }: ListProps & { device: Device }) {
  const t = useTranslations('devices')
  const appliances = useTranslations('appliances')
  const format = useFormat()
  const appliance = device.source === 'estimated' ? APPLIANCES.find((known) => known === device.device_state) : undefined
  const color = appliance ? seriesColor(appliance) : 'var(--measured)'
  const name = appliance ? appliances(`label.${appliance}`) : device.name
  const powerText = (watts: number) => {
    const value = format.powerText(watts)
    return device.source === 'estimated' ? t('about', { value }) : value
  }
  const seen = Date.parse(device.last_seen) / 1000
  const details = appliance
    ? `/appliances/${appliance}?site=${encodeURIComponent(siteId)}&building=${encodeURIComponent(device.building_id)}`
    : null
  const facts = [
    device.avg_power === null ? null : t('onAverage', { power: powerText(device.avg_power) }),
    device.power_factor === null ? null : t('powerFactor', { value: decimal(device.power_factor, 2, format.settings.locale) }),
    device.avg_thd === null ? null : t('thd', { value: decimal(device.avg_thd, 1, format.settings.locale) }),
  ].filter((fact) => fact !== null)
  return (
    <li className="relative flex items-center gap-3 border-b border-line/60 py-2.5 last:border-0" data-device={device.id}>
      <span
        aria-hidden
        className="grid size-10 shrink-0 place-items-center rounded-xl"
        style={{
          color: `color-mix(in oklab, ${color} 82%, var(--ink))`,
          backgroundColor: `color-mix(in oklab, ${color} 16%, transparent)`,
        }}
      >
        {appliance
          ? <SeriesIcon series={appliance} className="size-5" />
          : device.source === 'meter' ? <Gauge className="size-5" /> : <PlugZap className="size-5" />}
      </span>
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[0.9375rem] font-medium">
          {details
            ? <Link href={details} className="after:absolute after:inset-0 hover:underline">{name}</Link>
            : <span className="min-w-0 wrap-anywhere">{name}</span>}
          <Badge>{t(`sources.${device.source}`)}</Badge>
          {device.experimental && <Badge tone="warn">{t('experimental')}</Badge>}
          {device.simulated && !isAllSimulated && <SimulatedBadge />}
        </p>
        <p className="figures text-[0.8125rem] text-ink-soft">
          {facts.join(' · ') || t('noPower')}
          {device.cluster !== null && ` · ${t('inCluster', { cluster: device.cluster })}`}
          {buildings.size > 1 && ` · ${buildings.get(device.building_id) ?? ''}`}
        </p>
      </div>
      <p className="figures shrink-0 text-right text-[0.8125rem] text-ink-soft">
        <span className="block text-[0.9375rem] font-semibold text-ink">
          {device.is_on === null ? '–' : device.is_on && device.power !== null ? powerText(device.power) : t('off')}
        </span>
        {nowSeconds - seen < NOW_SECONDS ? t('now') : nowSeconds - seen < DAY_SECONDS ? format.clock(seen) : format.day(seen)}
      </p>
    </li>
  )
}

const NOW_SECONDS = 120
const DAY_SECONDS = 86_400

const decimal = (value: number, digits: number, locale: string) =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)

function ClusterTable({ clusters, buildings }: { clusters: readonly DeviceCluster[]; buildings: ReadonlyMap<string, string> }) {
  const t = useTranslations('devices')
  const format = useFormat()
  const { locale } = format.settings
  const cell = 'px-2.5 py-2 text-right whitespace-nowrap'
  return (
    <div className="-mx-4 scroll-shade overflow-x-auto px-4 sm:-mx-5 sm:px-5" role="region" aria-label={t('clusters')} tabIndex={0}>
      <table className="figures w-full text-sm">
        <thead>
          <tr className="border-b border-line align-bottom text-ink-soft">
            <th scope="col" className="py-2 pr-2.5 text-left font-medium">{t('table.cluster')}</th>
            <th scope="col" className="px-2.5 py-2 text-left font-medium">{t('table.mostCommon')}</th>
            {buildings.size > 1 && <th scope="col" className="px-2.5 py-2 text-left font-medium">{t('table.building')}</th>}
            <th scope="col" className={`${cell} font-medium`}>{t('table.averagePower')}</th>
            <th scope="col" className={`${cell} font-medium`}>{t('table.thd')}</th>
            <th scope="col" className={`${cell} font-medium`}>{t('table.powerFactor')}</th>
            <th scope="col" className={`${cell} font-medium`}>{t('table.devices')}</th>
            <th scope="col" className={`${cell} font-medium`}>{t('table.lastSeen')}</th>
          </tr>
        </thead>
        <tbody>
          {clusters.map((row) => (
            <tr key={`${row.building_id} ${row.cluster}`} className="border-b border-line/60 last:border-0">
              <th scope="row" className="py-2 pr-2.5 text-left font-medium">{row.cluster}</th>
              <td className="px-2.5 py-2">{row.name}{row.simulated && <span className="text-accent"> · {t('simulated')}</span>}</td>
              {buildings.size > 1 && <td className="px-2.5 py-2">{buildings.get(row.building_id)}</td>}
              <td className={cell}>{row.avg_power === null ? '–' : format.powerText(row.avg_power)}</td>
              <td className={cell}>{row.avg_thd === null ? '–' : `${decimal(row.avg_thd, 1, locale)} %`}</td>
              <td className={cell}>{row.power_factor === null ? '–' : decimal(row.power_factor, 2, locale)}</td>
              <td className={cell}>{row.devices}</td>
              <td className={cell}>{format.day(Date.parse(row.last_seen) / 1000)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
