'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
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
  const t = useTranslations('admin.users')
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      <PageTitle title={t('title')} text={t('text')} />
      <InvitationList invitations={invitations} sites={sites} locale={locale} />
      <Section
        id="users"
        title={t('count', { count: users.length })}
        action={<Button onClick={() => setAdding(true)}>{t('new')}</Button>}
      >
        <UserList users={users} sites={sites} ownId={ownId} locale={locale} />
      </Section>
      {isAdding && <NewUserDialog kind="account" sites={sites} onClose={() => setAdding(false)} />}
    </>
  )
}
