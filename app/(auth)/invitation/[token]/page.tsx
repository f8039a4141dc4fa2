import type { Metadata } from 'next'
import Link from 'next/link'
import { currentReader } from '@/components/i18n/server-translations'
import { Moment } from '@/components/format/moment'
import { AcceptForm } from '@/components/invitation/accept-form'
import { EntryPage } from '@/components/shell/entry-page'
import { buttonClass } from '@/components/ui/button'
import { readInvitation } from '@/lib/auth/invitations'
import { PERMISSIONS, type Permission } from '@/lib/auth/permissions'

// The address is the key to an account: it is not to be told to any other page.
export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' }

const SHOWN: Permission[] = ['site:read', 'site:manage', 'home:teach', 'site:read-all', 'user:manage']

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const invitation = await readInvitation(token)
  if (!invitation) {
    return (
      <EntryPage>
        <h2 className="text-xl font-semibold tracking-[-0.015em]">This invitation is over</h2>
        <p className="mt-2 text-ink-soft">It was used, withdrawn, or has expired. Ask whoever invited you for a new one.</p>
        <Link href="/login" className={buttonClass('secondary', 'mt-5')}>Go to the log-in</Link>
      </EntryPage>
    )
  }
  const { locale } = await currentReader()
  const mayDo = SHOWN.filter((id) => (PERMISSIONS[id].roles as readonly string[]).includes(invitation.role))
  return (
    <EntryPage>
      <h2 className="text-xl font-semibold tracking-[-0.015em]">{invitation.createdBy} invites you</h2>
      <p className="mt-2 text-ink-soft">
        As {invitation.role}{invitation.sites.length > 0 && <> of <span className="font-medium text-ink">{invitation.sites.map(({ name }) => name).join(', ')}</span></>} you may:
      </p>
      <ul className="mt-1.5 list-disc space-y-0.5 pl-5 text-sm text-ink-soft">
        {mayDo.map((id) => <li key={id}>{PERMISSIONS[id].description}</li>)}
      </ul>
      <AcceptForm token={token} />
      <p className="mt-4 text-[0.8125rem] text-ink-soft">This link works once, until <Moment at={invitation.expiresAt} locale={locale} />.</p>
    </EntryPage>
  )
}
