'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { FormatProvider } from '@/components/format/format-context'
import { PageTitle } from '@/components/shell/page-title'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { Asset } from '@/lib/contracts/assets'
import type { AssetReport } from '@/lib/contracts/maintenance'
import type { Site } from '@/lib/contracts/sites'
import { AssetDialog } from './asset-dialog'
import { assetTitle } from './maintenance-words'
import { SignaturePanel } from './signature-panel'
import { VibrationPanel } from './vibration-panel'

interface AssetViewProps {
  site: Site
  locale: string
  report: AssetReport
  /** As it was written down; null for what was only found. */
  asset: Asset | null
  mayManage: boolean
}

/** One asset: what it is, and the curve of everything that is watched of it. */
export function AssetView({ site, locale, report, asset, mayManage }: AssetViewProps) {
  const t = useTranslations('maintenance')
  const appliances = useTranslations('appliances')
  const router = useRouter()
  const change = useChange()
  const [open, setOpen] = useState<'edit' | 'remove' | null>(null)
  const building = site.buildings.find(({ id }) => id === report.buildingId)?.name
  const list = `/insights/maintenance?site=${encodeURIComponent(site.id)}`
  const percent = (share: number) => new Intl.NumberFormat(locale, { style: 'percent' }).format(share)
  const facts = [
    [t('facts.kind'), asset && t(`kinds.${asset.kind}`)],
    [t('facts.building'), building],
    [t('facts.device'), asset?.device],
    [t('facts.installed'), asset?.installedOn && new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(asset.installedOn))],
  ].filter(([, value]) => value)
  const remove = async () => {
    const path = `/api/v1/sites/${encodeURIComponent(site.id)}/assets/${encodeURIComponent(report.assetId)}`
    if (await change.run(() => requestApi(path, { method: 'DELETE' }))) router.push(list)
  }
  return (
    <FormatProvider locale={locale} timeZone={site.timeZone} currency={site.currency}>
      <PageTitle title={assetTitle(report, undefined, t, appliances)}>
        <div className="flex flex-wrap items-center gap-2">
          <Link href={list} className="inline-flex min-h-11 items-center px-3 font-medium text-accent hover:underline">{t('back')}</Link>
          {asset && mayManage && (
            <>
              <Button onClick={() => setOpen('edit')}>{t('edit')}</Button>
              <Button onClick={() => setOpen('remove')}>{t('remove')}</Button>
            </>
          )}
        </div>
      </PageTitle>
      <Card className="p-4 sm:p-5">
        <dl className="flex flex-wrap gap-x-8 gap-y-2 text-sm">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt className="text-ink-soft">{name}</dt>
              <dd className="font-medium">{value}</dd>
            </div>
          ))}
        </dl>
        {report.appliance && report.accuracy !== null && (
          <p className="mt-2 text-sm text-ink-soft">{t('accuracy', { share: percent(report.accuracy) })}</p>
        )}
      </Card>
      {report.vibration && <VibrationPanel vibration={report.vibration} sensor={asset?.vibrationSensor ?? ''} />}
      <div className="grid gap-5 lg:grid-cols-2">
        {report.signatures.map((signature) => <SignaturePanel key={signature.kind} report={signature} />)}
      </div>
      {open === 'edit' && <AssetDialog site={site} asset={asset} onClose={() => setOpen(null)} />}
      {open === 'remove' && (
        <ConfirmDialog
          title={t('removeTitle', { name: report.assetName })}
          action={t('remove')}
          change={change}
          onConfirm={() => void remove()}
          onClose={() => setOpen(null)}
        >
          <p>{t('removeText')}</p>
        </ConfirmDialog>
      )}
    </FormatProvider>
  )
}
