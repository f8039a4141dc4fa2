'use client'

import { Clock, Ellipsis, MapPin, Pencil, Plus, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { SimulatedBadge } from '@/components/ui/badge'
import { Button, buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Menu, MenuItem } from '@/components/ui/menu'
import type { Site } from '@/lib/contracts/sites'
import { BuildingDialog } from './building-dialog'
import { SiteFormDialog } from './site-form-dialog'

type Building = Site['buildings'][number]
type Open = 'edit' | 'delete' | 'add building' | { rename: Building } | { remove: Building } | null

interface SiteCardProps {
  site: Site
  locale: string
  mayManage: boolean
}

/** One site: where, what a kilowatt hour costs there, and its buildings. */
export function SiteCard({ site, locale, mayManage }: SiteCardProps) {
  const t = useTranslations('sites')
  const change = useChange()
  const [open, setOpen] = useState<Open>(null)
  const path = `/api/v1/sites/${encodeURIComponent(site.id)}`
  const close = () => {
    change.clear()
    setOpen(null)
  }
  const remove = async (what: string) => {
    if (await change.run(() => requestApi(what, { method: 'DELETE' }))) close()
  }
  const price = new Intl.NumberFormat(locale, { style: 'currency', currency: site.currency, maximumFractionDigits: 4 })
  return (
    <Card aria-labelledby={`site-${site.id}`} className="p-4 sm:p-6">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 id={`site-${site.id}`} className="text-lg font-semibold tracking-[-0.01em] wrap-anywhere">{site.name}</h2>
          <p className="figures mt-0.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-soft">
            {site.location && <span className="flex items-center gap-1"><MapPin aria-hidden className="size-4" />{site.location}</span>}
            <span className="flex items-center gap-1"><Clock aria-hidden className="size-4" />{site.timeZone.replaceAll('_', ' ')}</span>
            <span>{t('perKwh', { price: price.format(site.pricePerKwh) })}</span>
          </p>
        </div>
        <div className="flex gap-2">
          <Link href={`/live?site=${encodeURIComponent(site.id)}`} className={buttonClass('secondary')}>{t('live')}</Link>
          {mayManage && (
            <Menu
              trigger={
                <Button look="quiet" aria-label={t('change', { name: site.name })}><Ellipsis aria-hidden className="size-5" /></Button>
              }
            >
              <MenuItem onSelect={() => setOpen('edit')}><Pencil aria-hidden className="size-4" />{t('changeSite')}</MenuItem>
              <MenuItem onSelect={() => setOpen('add building')}><Plus aria-hidden className="size-4" />{t('addBuilding')}</MenuItem>
              <MenuItem onSelect={() => setOpen('delete')}><Trash2 aria-hidden className="size-4" />{t('deleteSite')}</MenuItem>
            </Menu>
          )}
        </div>
      </div>
      <h3 className="mt-4 text-sm font-medium text-ink-soft">{t('buildings')}</h3>
      {site.buildings.length === 0 && (
        <p className="mt-1 text-ink-soft">{mayManage ? t('noBuildingsManage') : t('noBuildings')}</p>
      )}
      <ul>
        {site.buildings.map((building) => (
          <li key={building.id} className="flex items-center gap-3 border-b border-line/60 py-2 last:border-0">
            <div className="min-w-0 grow">
              <p className="flex flex-wrap items-center gap-2 text-[0.9375rem] font-medium">
                <span className="wrap-anywhere">{building.name}</span>
                {building.simulated && <SimulatedBadge />}
              </p>
              <p className="text-[0.8125rem] text-ink-soft">{t('meterId')} <code className="wrap-anywhere text-ink">{building.id}</code></p>
            </div>
            {mayManage && (
              <Menu
                trigger={
                  <Button look="quiet" aria-label={t('change', { name: building.name })}><Ellipsis aria-hidden className="size-5" /></Button>
                }
              >
                <MenuItem onSelect={() => setOpen({ rename: building })}>{t('rename')}</MenuItem>
                <MenuItem onSelect={() => setOpen({ remove: building })}>{t('remove')}</MenuItem>
              </Menu>
            )}
          </li>
        ))}
      </ul>
      {open === 'edit' && <SiteFormDialog site={site} locale={locale} onClose={close} />}
      {open === 'add building' && <BuildingDialog site={site} building={null} onClose={close} />}
      {open === 'delete' && (
        <ConfirmDialog
          title={t('deleteTitle', { name: site.name })}
          action={t('deleteSite')}
          typed={site.name}
          change={change}
          onConfirm={() => void remove(path)}
          onClose={close}
        >
          <p>{t('deleteText')}</p>
          <p>{t('deleteMeterText')}</p>
        </ConfirmDialog>
      )}
      {typeof open === 'object' && open && 'rename' in open && <BuildingDialog site={site} building={open.rename} onClose={close} />}
      {typeof open === 'object' && open && 'remove' in open && (
        <ConfirmDialog
          title={t('removeTitle', { name: open.remove.name })}
          action={t('removeBuilding')}
          typed={open.remove.name}
          change={change}
          onConfirm={() => void remove(`${path}/buildings/${encodeURIComponent(open.remove.id)}`)}
          onClose={close}
        >
          <p>{t('removeText')}</p>
        </ConfirmDialog>
      )}
    </Card>
  )
}
