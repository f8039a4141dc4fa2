'use client'

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { Moment } from '@/components/format/moment'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Menu, MenuItem } from '@/components/ui/menu'
import { ProblemNote } from '@/components/ui/problem-note'
import type { User } from '@/lib/contracts/accounts'
import { EditUserDialog, ResetPasswordDialog } from './edit-user-dialog'
import type { SiteName } from './site-checkboxes'

type Open = { dialog: 'edit' | 'password' | 'delete'; user: User } | null

interface UserListProps {
  users: readonly User[]
  sites: readonly SiteName[]
  ownId: string
  locale: string
}

export function UserList({ users, sites, ownId, locale }: UserListProps) {
  const t = useTranslations('admin.users')
  const roles = useTranslations('account.roles')
  const change = useChange()
  const [open, setOpen] = useState<Open>(null)
  const sitesOf = (user: User) => {
    if (user.role === 'admin') return t('everySite')
    return user.sites.length > 0 ? user.sites.map(({ name }) => name).join(', ') : t('noSite')
  }
  const close = () => {
    change.clear()
    setOpen(null)
  }
  const send = (user: User, method: string, path = '', body?: unknown) =>
    change.run(() => requestApi(`/api/v1/users/${encodeURIComponent(user.id)}${path}`, { method, body }))
  return (
    <>
      <div className="mt-3">{open === null && <ProblemNote text={change.problem} />}</div>
      <ul>
        {users.map((user) => (
          <li key={user.id} className="flex items-center gap-3 border-b border-line/60 py-3 last:border-0 last:pb-0">
            <div className="min-w-0 grow">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[0.9375rem] font-medium">
                <span className="wrap-anywhere">{user.username}</span>
                <Badge tone={user.role === 'admin' ? 'accent' : 'neutral'}>{roles(user.role)}</Badge>
                {user.isDisabled && <Badge tone="bad">{t('disabled')}</Badge>}
                {user.id === ownId && <span className="text-[0.8125rem] font-normal text-ink-soft">{t('you')}</span>}
              </p>
              <p className="text-[0.8125rem] text-ink-soft">{sitesOf(user)}</p>
              <p className="figures text-[0.8125rem] text-ink-soft">
                <LastLogin at={user.lastLoginAt} locale={locale} />
              </p>
            </div>
            <Menu
              trigger={
                <Button look="quiet" disabled={change.isBusy} aria-label={t('change', { name: user.username })}>
                  <Ellipsis aria-hidden className="size-5" />
                </Button>
              }
            >
              <MenuItem onSelect={() => setOpen({ dialog: 'edit', user })}>{t('roleAndSites')}</MenuItem>
              <MenuItem onSelect={() => setOpen({ dialog: 'password', user })}>{t('setPassword')}</MenuItem>
              <MenuItem onSelect={() => void send(user, 'DELETE', '/sessions')}>{t('logOutEverywhere')}</MenuItem>
              <MenuItem onSelect={() => void send(user, 'PATCH', '', { isDisabled: !user.isDisabled })}>
                {user.isDisabled ? t('enable') : t('disable')}
              </MenuItem>
              <MenuItem onSelect={() => setOpen({ dialog: 'delete', user })}>{t('delete')}</MenuItem>
            </Menu>
          </li>
        ))}
      </ul>
      {open?.dialog === 'edit' && <EditUserDialog user={open.user} sites={sites} onClose={close} />}
      {open?.dialog === 'password' && <ResetPasswordDialog user={open.user} onClose={close} />}
      {open?.dialog === 'delete' && (
        <ConfirmDialog
          title={t('deleteTitle', { name: open.user.username })}
          action={t('deleteUser')}
          change={change}
          onConfirm={() => void send(open.user, 'DELETE').then((done) => done && close())}
          onClose={close}
        >
          <p>{t('deleteText')}</p>
        </ConfirmDialog>
      )}
    </>
  )
}

function LastLogin({ at, locale }: { at: number | null; locale: string }) {
  const t = useTranslations('admin.users')
  return at === null ? t('neverLoggedIn') : t.rich('lastLogin', { moment: () => <Moment at={at} locale={locale} /> })
}
