'use client'

import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { ProblemNote } from '@/components/ui/problem-note'
import { siteInputSchema, type Site } from '@/lib/contracts/sites'
import { siteProblem } from './site-problem'

interface SiteFormDialogProps {
  /** The site to change; null for a new one. */
  site: Site | null
  locale: string
  onClose: () => void
}

const UTC = 'UTC'

export function SiteFormDialog({ site, locale, onClose }: SiteFormDialogProps) {
  const t = useTranslations('sites')
  const change = useChange()
  const [name, setName] = useState(site?.name ?? '')
  const [location, setLocation] = useState(site?.location ?? '')
  const [timeZone, setTimeZone] = useState(() => site?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone)
  const [currency, setCurrency] = useState(site?.currency ?? 'EUR')
  const [price, setPrice] = useState(site ? String(site.pricePerKwh) : '')
  const [zones] = useState(() => [...new Set([UTC, timeZone, ...Intl.supportedValuesOf('timeZone')])])
  const [currencies] = useState(() => currencyChoices(locale))

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const done = await change.run(async () => {
      if (price.trim() === '') throw new Error(t('problems.noPrice'))
      const fields = { name, location, timeZone, currency, pricePerKwh: Number(price.replace(',', '.')) }
      const checked = siteInputSchema.safeParse({ ...fields, buildings: site ? [] : [{ name }] })
      if (!checked.success) throw new Error(siteProblem(checked.error, t))
      const path = site ? `/api/v1/sites/${encodeURIComponent(site.id)}` : '/api/v1/sites'
      await requestApi(path, { method: site ? 'PUT' : 'POST', body: checked.data })
    })
    if (done) onClose()
  }

  return (
    <Dialog title={site ? t('change', { name: site.name }) : t('new')} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="space-y-4">
        <Field label={t('form.name')}>
          {(control) => <input {...control} required maxLength={100} value={name} onChange={({ target }) => setName(target.value)} />}
        </Field>
        <Field label={t('form.location')} hint={t('form.locationHint')}>
          {(control) => <input {...control} maxLength={200} value={location} onChange={({ target }) => setLocation(target.value)} />}
        </Field>
        <Field label={t('form.timeZone')} hint={t('form.timeZoneHint')}>
          {(control) => (
            <select {...control} value={timeZone} onChange={({ target }) => setTimeZone(target.value)}>
              {zones.map((zone) => <option key={zone} value={zone}>{zone.replaceAll('_', ' ')}</option>)}
            </select>
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('form.currency')}>
            {(control) => (
              <select {...control} value={currency} onChange={({ target }) => setCurrency(target.value)}>
                {currencies.map(({ code, label }) => <option key={code} value={code}>{label}</option>)}
              </select>
            )}
          </Field>
          <Field label={t('form.price')}>
            {(control) => (
              <input
                {...control}
                inputMode="decimal"
                required
                placeholder={(0.3).toLocaleString(locale, { minimumFractionDigits: 2 })}
                value={price}
                onChange={({ target }) => setPrice(target.value)}
              />
            )}
          </Field>
        </div>
        <ProblemNote text={change.problem} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('form.cancel')}</Button>
          <Button type="submit" look="primary" disabled={change.isBusy}>{site ? t('form.save') : t('form.makeSite')}</Button>
        </div>
      </form>
    </Dialog>
  )
}

function currencyChoices(locale: string): { code: string; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((code) => ({ code, label: `${code} · ${names.of(code) ?? code}` }))
}
