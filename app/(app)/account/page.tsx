import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ApiKeyPanel } from '@/components/account/api-key-panel'
import { PasswordForm } from '@/components/account/password-form'
import { SessionList } from '@/components/account/session-list'
import { currentReader } from '@/components/i18n/server-translations'
import { Badge } from '@/components/ui/badge'
import { PageTitle, Section } from '@/components/ui/section'
import { listApiKeysOf } from '@/lib/auth/api-keys'
import { can, grantableScopes, PERMISSIONS } from '@/lib/auth/permissions'
import { pageSession, requireUser } from '@/lib/auth/require-user'
import { listSessionsOf } from '@/lib/auth/sessions'
import { listSitesOf } from '@/lib/services/live-snapshot'

export const metadata: Metadata = { title: 'Account' }

const ROLE_WORDS = {
  viewer: 'You see your sites, live and past.',
  operator: 'You see and manage your sites, and say what past runs were.',
  admin: 'You see and manage every site and every user.',
} as const

export default async function AccountPage() {
  const user = await requireUser('/account')
  if (!can(user, 'account:manage')) notFound()
  const session = await pageSession()
  const [sessions, keys, sites] = await Promise.all([
    listSessionsOf(user.id, session?.token.id ?? null),
    listApiKeysOf(user.id),
    listSitesOf(user),
  ])
  const { locale } = await currentReader()
  const scopes = grantableScopes(user.role).map((id) => ({ id, description: PERMISSIONS[id].description }))
  return (
    <>
      <PageTitle title="Account" />
      <Section id="profile" title="Profile">
        <dl className="mt-4 grid gap-x-6 gap-y-1 sm:grid-cols-[10rem_1fr] sm:gap-y-3">
          <dt className="text-sm text-ink-soft">User name</dt>
          <dd className="font-medium wrap-anywhere max-sm:mb-2">{user.username}</dd>
          <dt className="text-sm text-ink-soft">Role</dt>
          <dd className="max-sm:mb-2"><Badge tone="accent">{user.role}</Badge> <span className="text-sm text-ink-soft">{ROLE_WORDS[user.role]}</span></dd>
          <dt className="text-sm text-ink-soft">Sites</dt>
          <dd>{sites.map(({ name }) => name).join(', ') || 'None yet. Whoever manages the site can add you to it.'}</dd>
        </dl>
      </Section>
      <Section id="password" title="Password" text="Changing it logs every other session out; API keys stay.">
        <PasswordForm username={user.username} />
      </Section>
      <SessionList sessions={sessions} locale={locale} />
      <ApiKeyPanel keys={keys} scopes={scopes} locale={locale} />
    </>
  )
}
