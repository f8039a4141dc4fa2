'use client'

import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { Button } from '@/components/ui/button'
import { CopyText } from '@/components/ui/copy-text'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { ProblemNote } from '@/components/ui/problem-note'
import { createdApiKeySchema } from '@/lib/contracts/accounts'
import type { ScopeChoice } from './api-key-panel'

const EXPIRIES = [
  { days: 30, id: 'month' },
  { days: 90, id: 'quarter' },
  { days: 365, id: 'year' },
  { days: null, id: 'never' },
] as const

export function NewApiKeyDialog({ scopes, onClose }: { scopes: readonly ScopeChoice[]; onClose: () => void }) {
  const t = useTranslations('account.newKey')
  const change = useChange()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>(['site:read'])
  const [expiry, setExpiry] = useState(1)
  const [key, setKey] = useState<string | null>(null)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    void change.run(async () => {
      if (chosen.length === 0) throw new Error(t('chooseOne'))
      const body = { name, scopes: chosen, expiresInDays: EXPIRIES[expiry]?.days ?? null }
      setKey(createdApiKeySchema.parse(await requestApi('/api/v1/api-keys', { method: 'POST', body })).key)
    })
  }

  if (key) {
    return (
      <Dialog title={t('madeTitle')} onClose={onClose}>
        <p className="mb-3 text-ink-soft">{t('madeText')}</p>
        <CopyText text={key} name={t('madeName')} />
        <div className="mt-4 flex justify-end"><Button look="primary" onClick={onClose}>{t('done')}</Button></div>
      </Dialog>
    )
  }
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <Field label={t('name')} hint={t('nameHint')}>
          {(control) => <input {...control} required maxLength={80} value={name} onChange={({ target }) => setName(target.value)} />}
        </Field>
        <fieldset>
          <legend className="text-sm font-medium">{t('may')}</legend>
          {scopes.map(({ id, description }) => (
            <label key={id} className="flex min-h-11 items-center gap-3 py-1 text-[0.9375rem]">
              <input
                type="checkbox"
                className="size-5 shrink-0 accent-accent"
                checked={chosen.includes(id)}
                onChange={({ target }) => setChosen(target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))}
              />
              <span>{description} <code className="text-[0.8125rem] text-ink-soft">{id}</code></span>
            </label>
          ))}
        </fieldset>
        <Field label={t('expiresAfter')}>
          {(control) => (
            <select {...control} value={expiry} onChange={({ target }) => setExpiry(Number(target.value))}>
              {EXPIRIES.map(({ id }, index) => <option key={id} value={index}>{t(`expiries.${id}`)}</option>)}
            </select>
          )}
        </Field>
        <ProblemNote text={change.problem} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" disabled={change.isBusy}>{t('make')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
