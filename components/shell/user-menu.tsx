'use client'

import { CircleUserRound, Gauge, House, LogOut, ScrollText, Settings, Users } from 'lucide-react'
import { signOut } from 'next-auth/react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { LanguageChoices } from '@/components/i18n/language-menu'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem, MenuNote, MenuSeparator } from '@/components/ui/menu'

interface UserMenuProps {
  username: string
  mayManageUsers: boolean
  mayReadAudit: boolean
  mayAdministrate: boolean
}

export function UserMenu({ username, mayManageUsers, mayReadAudit, mayAdministrate }: UserMenuProps) {
  const t = useTranslations('shell')
  const router = useRouter()
  return (
    <Menu
      trigger={
        <Button look="quiet" aria-label={t('accountOf', { name: username })}>
          <CircleUserRound aria-hidden className="size-5" />
        </Button>
      }
    >
      <MenuNote>
        {t.rich('loggedInAs', {
          name: username,
          strong: (name) => <span className="font-medium text-ink">{name}</span>,
        })}
      </MenuNote>
      <MenuItem onSelect={() => router.push('/account')}>
        <Settings aria-hidden className="size-4.5" />
        {t('account')}
      </MenuItem>
      <MenuItem onSelect={() => router.push('/sites')}>
        <House aria-hidden className="size-4.5" />
        {t('sites')}
      </MenuItem>
      {mayAdministrate && (
        <MenuItem onSelect={() => router.push('/admin')}>
          <Gauge aria-hidden className="size-4.5" />
          {t('administration')}
        </MenuItem>
      )}
      {mayManageUsers && (
        <MenuItem onSelect={() => router.push('/admin/users')}>
          <Users aria-hidden className="size-4.5" />
          {t('users')}
        </MenuItem>
      )}
      {mayReadAudit && (
        <MenuItem onSelect={() => router.push('/admin/audit')}>
          <ScrollText aria-hidden className="size-4.5" />
          {t('auditLog')}
        </MenuItem>
      )}
      <MenuSeparator />
      <LanguageChoices />
      <MenuSeparator />
      <MenuItem onSelect={() => void signOut({ callbackUrl: '/login' })}>
        <LogOut aria-hidden className="size-4.5" />
        {t('logOut')}
      </MenuItem>
    </Menu>
  )
}
