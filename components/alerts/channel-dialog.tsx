'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { ProblemNote } from '@/components/ui/problem-note'
import type { AlertLanguage, ChannelType } from '@/lib/contracts/alerts'
import { SelectField } from './form-fields'

const LANGUAGE_NAMES: readonly (readonly [AlertLanguage, string])[] = [['en', 'English'], ['de', 'Deutsch']]
const SECRET_BYTES = 24

const makeSecret = () =>
  [...crypto.getRandomValues(new Uint8Array(SECRET_BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

interface ChannelDialogProps {
  siteId: string
  language: AlertLanguage
  /** Kinds that can be set up: e-mail only where the application knows a mail server. */
  types: readonly ChannelType[]
  onClose: () => void
}

export function ChannelDialog({ siteId, language: ownLanguage, types, onClose }: ChannelDialogProps) {
  const t = useTranslations('alerts')
  const change = useChange()
  const [type, setType] = useState<ChannelType>(types[0] ?? 'webhook')
  const [name, setName] = useState('')
  const [language, setLanguage] = useState(ownLanguage)
  const [fields, setFields] = useState(() => ({ to: '', url: '', secret: makeSecret(), broker: '', username: '', password: '', topic: '' }))
  const text = (key: keyof typeof fields, label: string, more: { hint?: string; type?: string; required?: boolean } = {}) => (
    <Field label={label} hint={more.hint}>
      {(control) => (
        <input
          {...control}
          type={more.type ?? 'text'}
          required={more.required ?? false}
          autoComplete="off"
          value={fields[key]}
          onChange={(event) => setFields({ ...fields, [key]: event.target.value })}
        />
      )}
    </Field>
  )
  const config = () => {
    const { to, url, secret, broker, username, password, topic } = fields
    if (type === 'email') return { type, to: to.split(/[\s,;]+/).filter(Boolean) }
    if (type === 'webhook') return { type, url, secret }
    if (type === 'push') return { type }
    return { type, url: broker, ...(username && { username }), ...(password && { password }), ...(topic && { topic }) }
  }
  const save = async () => {
    const body = { name: name.trim() || t(`channels.type.${type}`), language, config: config() }
    const path = `/api/v1/sites/${encodeURIComponent(siteId)}/alerts/channels`
    if (await change.run(() => requestApi(path, { method: 'POST', body }))) onClose()
  }
  return (
    <Dialog title={t('channels.form.title')} onClose={onClose}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <SelectField
          label={t('channels.form.type')}
          value={type}
          options={types.map((key) => [key, t(`channels.type.${key}`)])}
          onChange={setType}
        />
        {type === 'email' && text('to', t('channels.form.to'), { required: true })}
        {type === 'webhook' && (
          <>
            {text('url', t('channels.form.url'), { type: 'url', required: true })}
            {text('secret', t('channels.form.secret'), { hint: t('channels.form.secretHint'), required: true })}
          </>
        )}
        {type === 'mqtt' && (
          <>
            {text('broker', t('channels.form.broker'), { hint: t('channels.form.brokerHint'), required: true })}
            <div className="grid gap-4 sm:grid-cols-2">
              {text('username', t('channels.form.username'))}
              {text('password', t('channels.form.password'), { type: 'password' })}
            </div>
            {text('topic', t('channels.form.topic'), { hint: t('channels.form.topicHint') })}
          </>
        )}
        {type === 'push' && <p className="text-sm text-ink-soft">{t('channels.form.push')}</p>}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('channels.form.name')}>
            {(control) => (
              <input
                {...control}
                maxLength={80}
                placeholder={t(`channels.type.${type}`)}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <SelectField label={t('channels.form.language')} value={language} options={LANGUAGE_NAMES} onChange={setLanguage} />
        </div>
        <ProblemNote text={change.problem} />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" look="primary" disabled={change.isBusy}>{t('save')}</Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
