'use client'

import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FormatProvider, useFormat } from '@/components/format/format-context'
import { PageTitle } from '@/components/shell/page-title'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/section'
import type { AssetReport, MaintenancePriority, SiteMaintenance } from '@/lib/contracts/maintenance'
import type { Site } from '@/lib/contracts/sites'
import { AssetDialog } from './asset-dialog'
import { assetTitle, dateText, firstJudgement, standingOf, stateText, trendText } from './maintenance-words'

const TONES: Record<MaintenancePriority, 'bad' | 'warn' | 'neutral'> = { critical: 'bad', high: 'warn', medium: 'warn', low: 'neutral' }

interface MaintenanceViewProps {
  site: Site
  locale: string
  maintenance: SiteMaintenance
  mayManage: boolean
}

/** What needs attention by urgency, then what is normal, then what cannot be judged and why. */
export function MaintenanceView({ site, locale, maintenance, mayManage }: MaintenanceViewProps) {
  const t = useTranslations('maintenance')
  const [isAdding, setAdding] = useState(false)
  const of = (standing: ReturnType<typeof standingOf>) => maintenance.assets.filter((asset) => standingOf(asset) === standing)
  const [due, normal, unsaid, bare] = [of('due'), of('normal'), of('unsaid'), of('bare')]
  return (
    <FormatProvider locale={locale} timeZone={site.timeZone} currency={site.currency}>
      <PageTitle title={t('title')} text={t('text')}>
        {mayManage && <Button onClick={() => setAdding(true)}><Plus aria-hidden className="size-4" />{t('add')}</Button>}
      </PageTitle>
      <Section id="due" title={t('due.title')}>
        {due.length === 0 ? <NothingDue isJudged={normal.length > 0} unsaid={unsaid} /> : (
          <ul className="mt-3 divide-y divide-line">
            {due.map((asset) => <DueAsset key={asset.assetId} asset={asset} site={site} />)}
          </ul>
        )}
      </Section>
      <Section id="normal" title={t('normal.title')} text={t('normal.text')}>
        {normal.length === 0 ? <p className="mt-3 text-ink-soft">{t('normal.none')}</p> : (
          <ul className="mt-3 flex flex-wrap gap-2">
            {normal.map((asset) => (
              <li key={asset.assetId} className="rounded-lg border border-line px-3 py-2"><AssetLink asset={asset} site={site} /></li>
            ))}
          </ul>
        )}
      </Section>
      {unsaid.length > 0 && (
        <Section id="unsaid" title={t('unsaid.title')} text={t('unsaid.text')}>
          <ul className="mt-3 divide-y divide-line">
            {unsaid.map((asset) => (
              <li key={asset.assetId} className="py-2.5">
                <AssetLink asset={asset} site={site} />
                <p className="text-sm text-ink-soft">{[...new Set(asset.signatures.map((report) => stateText(report, t)))].join(' · ')}</p>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {bare.length > 0 && (
        <Section id="bare" title={t('registered.title')} text={t('registered.text')}>
          <ul className="mt-3 flex flex-wrap gap-2">
            {bare.map((asset) => (
              <li key={asset.assetId} className="rounded-lg border border-line px-3 py-2"><AssetLink asset={asset} site={site} /></li>
            ))}
          </ul>
        </Section>
      )}
      {isAdding && <AssetDialog site={site} asset={null} onClose={() => setAdding(false)} />}
    </FormatProvider>
  )
}

/** That nothing rises, or that this cannot be known yet, and when it will be. */
function NothingDue({ isJudged, unsaid }: { isJudged: boolean; unsaid: readonly AssetReport[] }) {
  const t = useTranslations('maintenance')
  const format = useFormat()
  const first = firstJudgement(unsaid)
  const unknown = first ? t('due.unknownUntil', { weeks: first.leastWeeks, date: dateText(first.at, format) }) : t('due.unknown')
  return <p className="mt-3 text-ink-soft">{isJudged ? t('due.none') : unknown}</p>
}

function AssetLink({ asset, site }: { asset: AssetReport; site: Site }) {
  const t = useTranslations('maintenance')
  const appliances = useTranslations('appliances')
  const building = site.buildings.length > 1 ? site.buildings.find(({ id }) => id === asset.buildingId)?.name : undefined
  const href = `/insights/maintenance/${encodeURIComponent(asset.assetId)}?site=${encodeURIComponent(site.id)}`
  return <Link href={href} className="font-medium text-accent hover:underline">{assetTitle(asset, building, t, appliances)}</Link>
}

function DueAsset({ asset, site }: { asset: AssetReport; site: Site }) {
  const t = useTranslations('maintenance')
  const format = useFormat()
  const { entry } = asset
  if (!entry) return null
  const report = asset.signatures.find(({ kind }) => kind === entry.type)
  const { projection } = report ?? {}
  return (
    <li className="space-y-1.5 py-3.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <AssetLink asset={asset} site={site} />
        <Badge tone={TONES[entry.priority]}>{t(`priorities.${entry.priority}`)}</Badge>
        <span className="text-sm text-ink-soft">{t(`types.${entry.type}`)}</span>
        <span className="figures ml-auto text-sm text-ink-soft">
          {t('days', { days: entry.daysUntilMaintenance })}
          {projection && projection.to > projection.from &&
            `, ${t('between', { from: dateText(projection.from, format), to: dateText(projection.to, format) })}`}
          {' · '}
          {t('confidence', { share: format.percent(entry.confidence) })}
        </span>
      </div>
      <p className="max-w-prose text-sm">
        {report ? trendText(report, format, t) : asset.vibration?.judged && t('vibration.left', {
          share: format.percent(asset.vibration.judged.remainingShare.value),
          low: format.percent(asset.vibration.judged.remainingShare.low),
          high: format.percent(asset.vibration.judged.remainingShare.high),
        })}{' '}
        {t(`advice.${entry.type}`)}
      </p>
    </li>
  )
}
