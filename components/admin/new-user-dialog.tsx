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
import { createdInvitationSchema } from '@/lib/contracts/accounts'
import type { Role } from '@/lib/contracts/current-user'
import { PasswordField } from './password-field'
import { RoleSelect } from './role-select'
import { SiteCheckboxes, type SiteName } from './site-checkboxes'

interface NewUserDialogProps {
  /** invitation: the person chooses name and password; account: the administrator does. */
  kind: 'invitation' | 'account'
  sites: readonly SiteName[]
  onClose: () => void
}

export function NewUserDialog({ kind, sites, onClose }: NewUserDialogProps) {
  const t = useTranslations('admin.user')
  const invitations = useTranslations('admin.invitations')
  const change = useChange()
  const [role, setRole] = useState<Role>('viewer')
  const [siteIds, setSiteIds] = useState<string[]>(sites.length === 1 && sites[0] ? [sites[0].id] : [])
  const [note, setNote] = useState('')
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [link, setLink] = useState<string | null>(null)
  const isInvitation = kind === 'invitation'

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const done = await change.run(async () => {
      if (isInvitation) {
        const made = await requestApi('/api/v1/invitations', { method: 'POST', body: { role, siteIds, note } })
        setLink(createdInvitationSchema.parse(made).link)
      } else await requestApi('/api/v1/users', { method: 'POST', body: { username: username.trim(), password, role, siteIds } })
    })
    if (done && !isInvitation) onClose()
  }

  if (link) {
    return (
      <Dialog title={invitations('madeTitle')} onClose={onClose}>
        <p className="mb-3 text-ink-soft">{invitations('madeText')}</p>
        <CopyText text={link} name={invitations('madeName')} />
        <div className="mt-4 flex justify-end"><Button look="primary" onClick={onClose}>{invitations('done')}</Button></div>
      </Dialog>
    )
  }
  return (
    <Dialog title={isInvitation ? invitations('invite') : t('title')} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="space-y-4">
        {isInvitation ? (
          <Field label={invitations('forWhom')} hint={invitations('forWhomHint')}>
            {(control) => <input {...control} maxLength={120} value={note} onChange={({ target }) => setNote(target.value)} />}
          </Field>
        ) : (
          <>
            <Field label={t('username')} hint={t('usernameHint')}>
              {(control) => (
                <input
                  {...control}
                  required
                  maxLength={64}
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  value={username}
                  onChange={({ target }) => setUsername(target.value)}
                />
              )}
            </Field>
            <PasswordField label={t('password')} password={password} onChange={setPassword} />
          </>
        )}
        <RoleSelect role={role} onChange={setRole} />
        <SiteCheckboxes sites={sites} chosen={siteIds} onChange={setSiteIds} />
        <ProblemNote text={change.problem} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" disabled={change.isBusy}>{isInvitation ? invitations('make') : t('make')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
