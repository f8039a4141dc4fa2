import type { Metadata } from 'next'
import Link from 'next/link'
import { currentReader, getTranslations } from '@/components/i18n/server-translations'
import { Moment } from '@/components/format/moment'
import { AcceptForm } from '@/components/invitation/accept-form'
import { EntryPage } from '@/components/shell/entry-page'
import { buttonClass } from '@/components/ui/button'
import { readInvitation } from '@/lib/auth/invitations'
import { PERMISSIONS, type Permission } from '@/lib/auth/permissions'

// The address is the key to an account: it is not to be told to any other page.
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('invitation'))('title'), referrer: 'no-referrer' }
}

const SHOWN: Permission[] = ['site:read', 'site:manage', 'home:teach', 'site:read-all', 'user:manage']

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const invitation = await readInvitation(token)
  const t = await getTranslations('invitation')
  if (!invitation) {
    return (
      <EntryPage>
        <h2 className="text-xl font-semibold tracking-[-0.015em]">{t('over')}</h2>
        <p className="mt-2 text-ink-soft">{t('overText')}</p>
        <Link href="/login" className={buttonClass('secondary', 'mt-5')}>{t('toLogin')}</Link>
      </EntryPage>
    )
  }
  const { locale } = await currentReader()
  const account = await getTranslations('account')
  const role = account(`roles.${invitation.role}`)
  const sites = invitation.sites.map(({ name }) => name).join(', ')
  const mayDo = SHOWN.filter((id) => (PERMISSIONS[id].roles as readonly string[]).includes(invitation.role))
  return (
    <EntryPage>
      <h2 className="text-xl font-semibold tracking-[-0.015em]">{t('invites', { name: invitation.createdBy })}</h2>
      <p className="mt-2 text-ink-soft">
        {sites === ''
          ? t('youMay', { role })
          : t.rich('youMayAt', { role, sites, name: (chunks) => <span className="font-medium text-ink">{chunks}</span> })}
      </p>
      <ul className="mt-1.5 list-disc space-y-0.5 pl-5 text-sm text-ink-soft">
        {mayDo.map((id) => <li key={id}>{account(`permissions.${id}`)}</li>)}
      </ul>
      <AcceptForm token={token} />
      <p className="mt-4 text-[0.8125rem] text-ink-soft">
        {t.rich('once', { moment: () => <Moment at={invitation.expiresAt} locale={locale} /> })}
      </p>
    </EntryPage>
  )
}
