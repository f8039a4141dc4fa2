'use client'

import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { PasswordInput } from '@/components/ui/password-input'
import { ProblemNote } from '@/components/ui/problem-note'
import { NewPasswordField } from './new-password-field'

export function PasswordForm({ username }: { username: string }) {
  const t = useTranslations('account.password')
  const change = useChange()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [isDone, setDone] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setDone(false)
    const body = { currentPassword: current, newPassword: next }
    if (!(await change.run(() => requestApi('/api/v1/account/password', { method: 'PUT', body })))) return
    setDone(true)
    setCurrent('')
    setNext('')
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="mt-4 space-y-4">
      {/* For password managers, which then know whose password it is. */}
      <input type="text" name="username" autoComplete="username" defaultValue={username} readOnly hidden />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('present')}>
          {(control) => (
            <PasswordInput
              {...control}
              autoComplete="current-password"
              required
              value={current}
              onChange={({ target }) => setCurrent(target.value)}
            />
          )}
        </Field>
        <NewPasswordField label={t('new')} password={next} onChange={setNext} />
      </div>
      <ProblemNote text={change.problem} />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" disabled={change.isBusy}>{t('change')}</Button>
        <p role="status" className="text-sm text-good">{isDone && t('changed')}</p>
      </div>
    </form>
  )
}
