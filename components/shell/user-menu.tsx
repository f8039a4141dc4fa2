'use client'

import { CircleUserRound, LogOut } from 'lucide-react'
import { signOut } from 'next-auth/react'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem, MenuNote } from '@/components/ui/menu'

export function UserMenu({ username }: { username: string }) {
  return (
    <Menu
      trigger={
        <Button look="quiet" aria-label={`Account of ${username}`}>
          <CircleUserRound aria-hidden className="size-5" />
        </Button>
      }
    >
      <MenuNote>Logged in as <span className="font-medium text-ink">{username}</span></MenuNote>
      <MenuItem onSelect={() => void signOut({ callbackUrl: '/login' })}>
        <LogOut aria-hidden className="size-4.5" />
        Log out
      </MenuItem>
    </Menu>
  )
}
