import { Suspense, type ReactNode } from 'react'
import { AppHeader } from '@/components/shell/app-header'
import { PhoneBar } from '@/components/shell/page-links'
import { can } from '@/lib/auth/permissions'
import { requireUser } from '@/lib/auth/require-user'
import { listSitesOf } from '@/lib/services/describe-sites'

export default async function AppLayout({ children }: { children: ReactNode }) {
  const user = await requireUser('/live')
  const sites = await listSitesOf(user)
  return (
    <>
      <AppHeader
        username={user.username}
        mayManageUsers={can(user, 'user:manage')}
        mayReadAudit={can(user, 'audit:read')}
        mayAdministrate={can(user, 'job:manage') || can(user, 'metrics:read')}
        sites={sites.map(({ id, name }) => ({ id, name }))}
      />
      <main
        id="content"
        className={
          'mx-auto max-w-[82rem] space-y-5 px-4 pt-5 max-sm:pb-[calc(5.5rem+env(safe-area-inset-bottom))] ' +
          'sm:space-y-6 sm:px-6 sm:pt-8 sm:pb-[max(2.5rem,env(safe-area-inset-bottom))]'
        }
      >
        {children}
      </main>
      <Suspense><PhoneBar /></Suspense>
    </>
  )
}
