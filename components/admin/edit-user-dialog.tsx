'use client'

import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ProblemNote } from '@/components/ui/problem-note'
import type { User } from '@/lib/contracts/accounts'
import { PasswordField } from './password-field'
import { RoleSelect } from './role-select'
import { SiteCheckboxes, type SiteName } from './site-checkboxes'

interface UserDialogProps {
  user: User
  onClose: () => void
}

const pathOf = ({ id }: User) => `/api/v1/users/${encodeURIComponent(id)}`

export function EditUserDialog({ user, sites, onClose }: UserDialogProps & { sites: readonly SiteName[] }) {
  const t = useTranslations('admin.user')
  const change = useChange()
  const [role, setRole] = useState(user.role)
  const [siteIds, setSiteIds] = useState(user.sites.map(({ id }) => id))

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await change.run(() => requestApi(pathOf(user), { method: 'PATCH', body: { role, siteIds } }))) onClose()
  }

  return (
    <Dialog title={user.username} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="space-y-4">
        <RoleSelect role={role} onChange={setRole} />
        <SiteCheckboxes sites={sites} chosen={siteIds} onChange={setSiteIds} />
        <ProblemNote text={change.problem} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" disabled={change.isBusy}>{t('save')}</Button>
        </div>
      </form>
    </Dialog>
  )
}

export function ResetPasswordDialog({ user, onClose }: UserDialogProps) {
  const t = useTranslations('admin.user')
  const change = useChange()
  const [password, setPassword] = useState('')

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await change.run(() => requestApi(`${pathOf(user)}/password`, { method: 'PUT', body: { password } }))) onClose()
  }

  return (
    <Dialog title={t('passwordTitle', { name: user.username })} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="space-y-4">
        <PasswordField label={t('newPassword')} password={password} onChange={setPassword} />
        <p className="text-sm text-ink-soft">{t('passwordText', { name: user.username })}</p>
        <ProblemNote text={change.problem} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" disabled={change.isBusy}>{t('passwordSet')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
