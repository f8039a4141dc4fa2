'use client'

import Link from 'next/link'
import { Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { Wordmark } from '@/components/ui/wordmark'
import { PageLinks } from './page-links'
import { SiteSwitcher, type SiteChoice } from './site-switcher'
import { ThemeMenu } from './theme-menu'
import { UserMenu } from './user-menu'

interface AppHeaderProps {
  username: string
  mayManageUsers: boolean
  mayReadAudit: boolean
  mayAdministrate: boolean
  sites: readonly SiteChoice[]
}

export function AppHeader({ username, mayManageUsers, mayReadAudit, mayAdministrate, sites }: AppHeaderProps) {
  const t = useTranslations('shell')
  return (
    <header className="border-b border-line bg-surface pt-[env(safe-area-inset-top)]">
      <div className="mx-auto flex h-15 max-w-[82rem] items-center gap-2 px-[max(1rem,env(safe-area-inset-left))] sm:px-6">
        <Link href="/live" className="mr-1 flex shrink-0 rounded-lg" aria-label={t('home')}>
          <Wordmark isShortOnPhones={sites.length > 0} />
        </Link>
        <div className="flex min-w-0 grow items-center sm:ml-3 sm:border-l sm:border-line sm:pl-2">
          <Suspense><SiteSwitcher sites={sites} /></Suspense>
        </div>
        <Suspense><PageLinks /></Suspense>
        <ThemeMenu />
        <UserMenu username={username} mayManageUsers={mayManageUsers} mayReadAudit={mayReadAudit} mayAdministrate={mayAdministrate} />
      </div>
    </header>
  )
}
