'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { Moment } from '@/components/format/moment'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ProblemNote } from '@/components/ui/problem-note'
import { Section } from '@/components/ui/section'
import type { Invitation } from '@/lib/contracts/accounts'
import { NewUserDialog } from './new-user-dialog'
import type { SiteName } from './site-checkboxes'

interface InvitationListProps {
  invitations: readonly Invitation[]
  sites: readonly SiteName[]
  locale: string
}

export function InvitationList({ invitations, sites, locale }: InvitationListProps) {
  const t = useTranslations('admin.invitations')
  const roles = useTranslations('account.roles')
  const change = useChange()
  const [isAdding, setAdding] = useState(false)
  const withdraw = (id: string) =>
    void change.run(() => requestApi(`/api/v1/invitations/${encodeURIComponent(id)}`, { method: 'DELETE' }))
  return (
    <Section
      id="invitations"
      title={t('title')}
      text={t('text')}
      action={<Button look="primary" onClick={() => setAdding(true)}>{t('invite')}</Button>}
    >
      <div className="mt-3"><ProblemNote text={change.problem} /></div>
      {invitations.length === 0 && <p className="mt-1 text-ink-soft">{t('none')}</p>}
      <ul>
        {invitations.map((invitation) => (
          <li key={invitation.id} className="flex items-center gap-3 border-b border-line/60 py-3 last:border-0 last:pb-0">
            <div className="min-w-0 grow">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[0.9375rem] font-medium">
                <span className="wrap-anywhere">{invitation.note || t('noNote')}</span>
                <Badge tone={invitation.role === 'admin' ? 'accent' : 'neutral'}>{roles(invitation.role)}</Badge>
              </p>
              <p className="figures text-[0.8125rem] text-ink-soft">
                {invitation.sites.length > 0 && <>{invitation.sites.map(({ name }) => name).join(', ')} · </>}
                {t.rich('byUntil', {
                  name: invitation.createdBy,
                  moment: () => <Moment at={invitation.expiresAt} locale={locale} />,
                })}
              </p>
            </div>
            <Button
              disabled={change.isBusy}
              aria-label={t('withdrawNamed', { note: invitation.note })}
              onClick={() => withdraw(invitation.id)}
            >
              {t('withdraw')}
            </Button>
          </li>
        ))}
      </ul>
      {isAdding && <NewUserDialog kind="invitation" sites={sites} onClose={() => setAdding(false)} />}
    </Section>
  )
}
