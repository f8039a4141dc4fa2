'use client'

import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { ProblemNote } from '@/components/ui/problem-note'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { type Asset, ASSET_KINDS, assetInputSchema } from '@/lib/contracts/assets'
import type { Site } from '@/lib/contracts/sites'

interface AssetDialogProps {
  site: Site
  /** The one to change; null for a new one. */
  asset: Asset | null
  onClose: () => void
}

/** A piece of equipment as a person writes it down. */
export function AssetDialog({ site, asset, onClose }: AssetDialogProps) {
  const t = useTranslations('maintenance')
  const appliances = useTranslations('appliances')
  const change = useChange()
  const [draft, setDraft] = useState({
    name: asset?.name ?? '',
    kind: asset?.kind ?? 'other',
    buildingId: asset?.buildingId ?? (site.buildings.length === 1 ? (site.buildings[0]?.id ?? '') : ''),
    appliance: asset?.appliance ?? '',
    device: asset?.device ?? '',
    vibrationSensor: asset?.vibrationSensor ?? '',
    installedOn: asset?.installedOn ?? '',
  })
  const set = (values: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...values }))

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const done = await change.run(async () => {
      const filled = Object.fromEntries(Object.entries(draft).map(([key, value]) => [key, value.trim() === '' ? null : value]))
      const checked = assetInputSchema.safeParse({ ...filled, name: draft.name })
      if (!checked.success) throw new Error(t('form.wrong'))
      const path = `/api/v1/sites/${encodeURIComponent(site.id)}/assets`
      if (asset) await requestApi(`${path}/${encodeURIComponent(asset.id)}`, { method: 'PUT', body: checked.data })
      else await requestApi(path, { method: 'POST', body: checked.data })
    })
    if (done) onClose()
  }

  return (
    <Dialog title={asset ? t('form.editTitle', { name: asset.name }) : t('form.addTitle')} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="space-y-4">
        <Field label={t('form.name')}>
          {(control) => (
            <input {...control} required maxLength={100} value={draft.name} onChange={({ target }) => set({ name: target.value })} />
          )}
        </Field>
        <Field label={t('form.kind')}>
          {(control) => (
            <select
              {...control}
              value={draft.kind}
              onChange={({ target }) => set({ kind: ASSET_KINDS.find((kind) => kind === target.value) ?? 'other' })}
            >
              {ASSET_KINDS.map((kind) => <option key={kind} value={kind}>{t(`kinds.${kind}`)}</option>)}
            </select>
          )}
        </Field>
        <Field label={t('form.building')}>
          {(control) => (
            <select {...control} value={draft.buildingId} onChange={({ target }) => set({ buildingId: target.value })}>
              <option value="">{t('form.noBuilding')}</option>
              {site.buildings.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
            </select>
          )}
        </Field>
        <Field label={t('form.appliance')} hint={t('form.applianceHint')}>
          {(control) => (
            <select
              {...control}
              value={draft.appliance}
              onChange={({ target }) => set({ appliance: APPLIANCES.find((name) => name === target.value) ?? '' })}
            >
              <option value="">{t('form.noAppliance')}</option>
              {APPLIANCES.map((name) => <option key={name} value={name}>{appliances(`label.${name}`)}</option>)}
            </select>
          )}
        </Field>
        <Field label={t('form.device')} hint={t('form.deviceHint')}>
          {(control) => <input {...control} maxLength={100} value={draft.device} onChange={({ target }) => set({ device: target.value })} />}
        </Field>
        <Field label={t('form.sensor')} hint={t('form.sensorHint')}>
          {(control) => (
            <input
              {...control}
              maxLength={100}
              value={draft.vibrationSensor}
              onChange={({ target }) => set({ vibrationSensor: target.value })}
            />
          )}
        </Field>
        <Field label={t('form.installed')} hint={t('form.installedHint')}>
          {(control) => (
            <input {...control} type="date" value={draft.installedOn} onChange={({ target }) => set({ installedOn: target.value })} />
          )}
        </Field>
        <ProblemNote text={change.problem} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('form.cancel')}</Button>
          <Button type="submit" look="primary" disabled={change.isBusy}>{asset ? t('form.save') : t('form.create')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
