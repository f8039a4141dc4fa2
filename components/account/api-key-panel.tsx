'use client'

import { KeyRound, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
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
  const change = useChange()
  const [isAdding, setAdding] = useState(false)
  const [deleting, setDeleting] = useState<ApiKey | null>(null)
  const remove = async ({ id }: ApiKey) => {
    if (await change.run(() => requestApi(`/api/v1/api-keys/${encodeURIComponent(id)}`, { method: 'DELETE' }))) setDeleting(null)
  }
  return (
    <Section
      id="api-keys"
      title="API keys"
      text={<>For programs: sent as <code className="text-ink">Authorization: Bearer</code>. A key may do what you give it, and no more than you.</>}
      action={<Button onClick={() => setAdding(true)}><Plus aria-hidden className="size-4" />New key</Button>}
    >
      {keys.length === 0 && <p className="mt-4 text-ink-soft">No key yet. Make one for each program, so that you can take each away by itself.</p>}
      <ul className="mt-1">
        {keys.map((key) => (
          <li key={key.id} className="flex items-center gap-3 border-b border-line/60 py-3 last:border-0 last:pb-0">
            <KeyRound aria-hidden className="size-5 shrink-0 text-ink-faint max-sm:hidden" />
            <div className="min-w-0 grow">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[0.9375rem] font-medium">
                <span className="wrap-anywhere">{key.name}</span>
                <code className="text-[0.8125rem] font-normal text-ink-soft">{key.prefix}…</code>
                {key.isExpired && <Badge tone="bad">Expired</Badge>}
              </p>
              <p className="figures text-[0.8125rem] text-ink-soft">
                {key.lastUsedAt === null ? 'Never used' : <>Last used <Moment at={key.lastUsedAt} locale={locale} /></>}
                {' · '}
                {key.expiresAt === null ? 'does not expire' : <>until <Moment at={key.expiresAt} locale={locale} isDay /></>}
              </p>
              <p className="text-[0.8125rem] text-ink-soft">{key.scopes.join(', ')}</p>
            </div>
            <Button look="quiet" aria-label={`Delete the key ${key.name}`} onClick={() => setDeleting(key)}>
              <Trash2 aria-hidden className="size-4.5" />
            </Button>
          </li>
        ))}
      </ul>
      {isAdding && <NewApiKeyDialog scopes={scopes} onClose={() => setAdding(false)} />}
      {deleting && (
        <ConfirmDialog
          title={`Delete “${deleting.name}”?`}
          action="Delete the key"
          change={change}
          onConfirm={() => void remove(deleting)}
          onClose={() => setDeleting(null)}
        >
          <p>Programs that use it are refused from now on. A key cannot be brought back.</p>
        </ConfirmDialog>
      )}
    </Section>
  )
}
