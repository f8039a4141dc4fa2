import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ApiKeyPanel } from '@/components/account/api-key-panel'
import { PasswordForm } from '@/components/account/password-form'
import { SessionList } from '@/components/account/session-list'
import { currentReader, getTranslations } from '@/components/i18n/server-translations'
import { Badge } from '@/components/ui/badge'
import { PageTitle, Section } from '@/components/ui/section'
import { listApiKeysOf } from '@/lib/auth/api-keys'
import { can, grantableScopes } from '@/lib/auth/permissions'
import { pageSession, requireUser } from '@/lib/auth/require-user'
import { listSessionsOf } from '@/lib/auth/sessions'
import { listSitesOf } from '@/lib/services/describe-sites'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') }
}

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
  const t = await getTranslations('account')
  const scopes = grantableScopes(user.role).map((id) => ({ id, description: t(`permissions.${id}`) }))
  return (
    <>
      <PageTitle title={t('title')} />
      <Section id="profile" title={t('profile.title')}>
        <dl className="mt-4 grid gap-x-6 gap-y-1 sm:grid-cols-[10rem_1fr] sm:gap-y-3">
          <dt className="text-sm text-ink-soft">{t('profile.username')}</dt>
          <dd className="font-medium wrap-anywhere max-sm:mb-2">{user.username}</dd>
          <dt className="text-sm text-ink-soft">{t('profile.role')}</dt>
          <dd className="max-sm:mb-2">
            <Badge tone="accent">{t(`roles.${user.role}`)}</Badge>{' '}
            <span className="text-sm text-ink-soft">{t(`roleTexts.${user.role}`)}</span>
          </dd>
          <dt className="text-sm text-ink-soft">{t('profile.sites')}</dt>
          <dd>{sites.map(({ name }) => name).join(', ') || t('profile.noSites')}</dd>
        </dl>
      </Section>
      <Section id="password" title={t('password.title')} text={t('password.text')}>
        <PasswordForm username={user.username} />
      </Section>
      <SessionList sessions={sessions} locale={locale} />
      <ApiKeyPanel keys={keys} scopes={scopes} locale={locale} />
    </>
  )
}
