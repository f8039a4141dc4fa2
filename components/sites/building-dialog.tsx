'use client'

import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { ProblemNote } from '@/components/ui/problem-note'
import { newBuildingSchema, type Site } from '@/lib/contracts/sites'
import { siteProblem } from './site-problem'

interface BuildingDialogProps {
  site: Site
  /** The building to rename; null for a new one. */
  building: Site['buildings'][number] | null
  onClose: () => void
}

export function BuildingDialog({ site, building, onClose }: BuildingDialogProps) {
  const t = useTranslations('sites')
  const change = useChange()
  const [name, setName] = useState(building?.name ?? '')
  const [id, setId] = useState('')

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const done = await change.run(async () => {
      const checked = newBuildingSchema.safeParse({ name, id: building?.id ?? (id.trim() || undefined) })
      if (!checked.success) throw new Error(siteProblem(checked.error, t))
      const body = { ...site, buildings: [checked.data] }
      await requestApi(`/api/v1/sites/${encodeURIComponent(site.id)}`, { method: 'PUT', body })
    })
    if (done) onClose()
  }

  const title = building ? t('form.renameTitle', { name: building.name }) : t('form.newBuildingTitle', { name: site.name })
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="space-y-4">
        <Field label={t('form.name')}>
          {(control) => <input {...control} required maxLength={100} value={name} onChange={({ target }) => setName(target.value)} />}
        </Field>
        {!building && (
          <Field label={t('form.buildingId')} hint={t('form.buildingIdHint')}>
            {(control) => (
              <input
                {...control}
                maxLength={64}
                autoCapitalize="none"
                spellCheck={false}
                value={id}
                onChange={({ target }) => setId(target.value)}
              />
            )}
          </Field>
        )}
        <ProblemNote text={change.problem} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('form.cancel')}</Button>
          <Button type="submit" look="primary" disabled={change.isBusy}>{building ? t('form.save') : t('form.makeBuilding')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
