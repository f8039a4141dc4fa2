'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { PageTitle, Section } from '@/components/ui/section'
import type { Invitation, User } from '@/lib/contracts/accounts'
import { InvitationList } from './invitation-list'
import { NewUserDialog } from './new-user-dialog'
import type { SiteName } from './site-checkboxes'
import { UserList } from './user-list'

interface UsersViewProps {
  users: readonly User[]
  invitations: readonly Invitation[]
  sites: readonly SiteName[]
  ownId: string
  locale: string
}

/** Who may use the application, and whom that was offered to. */
export function UsersView({ users, invitations, sites, ownId, locale }: UsersViewProps) {
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      <PageTitle title="Users" text="Who may log in, as what, and whose sites they see." />
      <InvitationList invitations={invitations} sites={sites} locale={locale} />
      <Section
        id="users"
        title={users.length === 1 ? 'One user' : `${users.length} users`}
        action={<Button onClick={() => setAdding(true)}>New user</Button>}
      >
        <UserList users={users} sites={sites} ownId={ownId} locale={locale} />
      </Section>
      {isAdding && <NewUserDialog kind="account" sites={sites} onClose={() => setAdding(false)} />}
    </>
  )
}
