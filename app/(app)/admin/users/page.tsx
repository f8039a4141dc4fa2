import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { UsersView } from '@/components/admin/users-view'
import { currentReader, getTranslations } from '@/components/i18n/server-translations'
import { listOpenInvitations } from '@/lib/auth/invitations'
import { listAllUsers } from '@/lib/auth/manage-users'
import { can } from '@/lib/auth/permissions'
import { requireUser } from '@/lib/auth/require-user'
import { listSitesOf } from '@/lib/services/describe-sites'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('users.title') }
}

export default async function UsersPage() {
  const user = await requireUser('/admin/users')
  if (!can(user, 'user:manage')) notFound()
  const [users, invitations, sites] = await Promise.all([listAllUsers(), listOpenInvitations(), listSitesOf(user)])
  return (
    <UsersView
      users={users}
      invitations={invitations}
      sites={sites.map(({ id, name }) => ({ id, name }))}
      ownId={user.id}
      locale={(await currentReader()).locale}
    />
  )
}
