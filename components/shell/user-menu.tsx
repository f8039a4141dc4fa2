'use client'

import { CircleUserRound, House, LogOut, ScrollText, Settings, Users } from 'lucide-react'
import { signOut } from 'next-auth/react'
import { useRouter } from 'next/navigation'
import { LanguageChoices } from '@/components/i18n/language-menu'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem, MenuNote, MenuSeparator } from '@/components/ui/menu'

interface UserMenuProps {
  username: string
  mayManageUsers: boolean
  mayReadAudit: boolean
}

export function UserMenu({ username, mayManageUsers, mayReadAudit }: UserMenuProps) {
  const router = useRouter()
  return (
    <Menu
      trigger={
        <Button look="quiet" aria-label={`Account of ${username}`}>
          <CircleUserRound aria-hidden className="size-5" />
        </Button>
      }
    >
      <MenuNote>Logged in as <span className="font-medium text-ink">{username}</span></MenuNote>
      <MenuItem onSelect={() => router.push('/account')}>
        <Settings aria-hidden className="size-4.5" />
        Account
      </MenuItem>
      <MenuItem onSelect={() => router.push('/sites')}>
        <House aria-hidden className="size-4.5" />
        Sites
      </MenuItem>
      {mayManageUsers && (
        <MenuItem onSelect={() => router.push('/admin/users')}>
          <Users aria-hidden className="size-4.5" />
          Users
        </MenuItem>
      )}
      {mayReadAudit && (
        <MenuItem onSelect={() => router.push('/admin/audit')}>
          <ScrollText aria-hidden className="size-4.5" />
          Audit log
        </MenuItem>
      )}
      <MenuSeparator />
      <LanguageChoices />
      <MenuSeparator />
      <MenuItem onSelect={() => void signOut({ callbackUrl: '/login' })}>
        <LogOut aria-hidden className="size-4.5" />
        Log out
      </MenuItem>
    </Menu>
  )
}
