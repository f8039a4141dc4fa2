'use client'

import { KeyRound, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { Moment } from '@/components/format/moment'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Section } from '@/components/ui/section'
import type { ApiKey } from '@/lib/contracts/accounts'
import { NewApiKeyDialog } from './new-api-key-dialog'

export interface ScopeChoice {
  id: string
  description: string
}

interface ApiKeyPanelProps {
  keys: readonly ApiKey[]
  scopes: readonly ScopeChoice[]
  locale: string
}

/** Keys with which programs act for somebody. */
export function ApiKeyPanel({ keys, scopes, locale }: ApiKeyPanelProps) {
  const t = useTranslations('account.keys')
  const change = useChange()
  const [isAdding, setAdding] = useState(false)
  const [deleting, setDeleting] = useState<ApiKey | null>(null)
  const remove = async ({ id }: ApiKey) => {
    if (await change.run(() => requestApi(`/api/v1/api-keys/${encodeURIComponent(id)}`, { method: 'DELETE' }))) setDeleting(null)
  }
  return (
    <Section
      id="api-keys"
      title={t('title')}
      text={t.rich('text', { code: (chunks) => <code className="text-ink">{chunks}</code> })}
      action={<Button onClick={() => setAdding(true)}><Plus aria-hidden className="size-4" />{t('new')}</Button>}
    >
      {keys.length === 0 && <p className="mt-4 text-ink-soft">{t('none')}</p>}
      <ul className="mt-1">
        {keys.map((key) => (
          <li key={key.id} className="flex items-center gap-3 border-b border-line/60 py-3 last:border-0 last:pb-0">
            <KeyRound aria-hidden className="size-5 shrink-0 text-ink-faint max-sm:hidden" />
            <div className="min-w-0 grow">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[0.9375rem] font-medium">
                <span className="wrap-anywhere">{key.name}</span>
                <code className="text-[0.8125rem] font-normal text-ink-soft">{key.prefix}…</code>
                {key.isExpired && <Badge tone="bad">{t('expired')}</Badge>}
              </p>
              <KeyTimes apiKey={key} locale={locale} />
              <p className="text-[0.8125rem] text-ink-soft">{key.scopes.join(', ')}</p>
            </div>
            <Button look="quiet" aria-label={t('deleteNamed', { name: key.name })} onClick={() => setDeleting(key)}>
              <Trash2 aria-hidden className="size-4.5" />
            </Button>
          </li>
        ))}
      </ul>
      {isAdding && <NewApiKeyDialog scopes={scopes} onClose={() => setAdding(false)} />}
      {deleting && (
        <ConfirmDialog
          title={t('deleteTitle', { name: deleting.name })}
          action={t('delete')}
          change={change}
          onConfirm={() => void remove(deleting)}
          onClose={() => setDeleting(null)}
        >
          <p>{t('deleteText')}</p>
        </ConfirmDialog>
      )}
    </Section>
  )
}

function KeyTimes({ apiKey: { lastUsedAt, expiresAt }, locale }: { apiKey: ApiKey; locale: string }) {
  const t = useTranslations('account.keys')
  return (
    <p className="figures text-[0.8125rem] text-ink-soft">
      {lastUsedAt === null ? t('neverUsed') : t.rich('lastUsed', { moment: () => <Moment at={lastUsedAt} locale={locale} /> })}
      {' · '}
      {expiresAt === null
        ? t('doesNotExpire')
        : t.rich('until', { moment: () => <Moment at={expiresAt} locale={locale} isDay /> })}
    </p>
  )
}
