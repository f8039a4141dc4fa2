'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { useFormat } from '@/components/format/format-context'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ProblemNote } from '@/components/ui/problem-note'
import { Section } from '@/components/ui/section'
import type { AlertChannel, AlertRule } from '@/lib/contracts/alerts'
import { RuleDialog } from './rule-dialog'
import { conditionText } from './rule-words'
import { SEVERITY_TONES } from './severity-tones'

interface RulesSectionProps {
  siteId: string
  rules: readonly AlertRule[]
  channels: readonly AlertChannel[]
  mayManage: boolean
}

export function RulesSection({ siteId, rules, channels, mayManage }: RulesSectionProps) {
  const t = useTranslations('alerts')
  const appliances = useTranslations('appliances')
  const format = useFormat()
  const change = useChange()
  const [editing, setEditing] = useState<AlertRule | 'new' | null>(null)
  const remove = (rule: AlertRule) => {
    if (!window.confirm(t('rules.confirmDelete', { name: rule.name }))) return
    const path = `/api/v1/sites/${encodeURIComponent(siteId)}/alerts/rules/${encodeURIComponent(rule.id)}`
    void change.run(() => requestApi(path, { method: 'DELETE' }))
  }
  const toldText = ({ channelIds }: AlertRule) => {
    const names = channels.filter(({ id }) => channelIds.includes(id)).map(({ name }) => name)
    const list = new Intl.ListFormat(format.settings.locale, { type: 'conjunction' }).format(names)
    return names.length === 0 ? t('rules.toNobody') : t('rules.tells', { channels: list })
  }
  return (
    <Section
      id="rules"
      title={t('rules.title')}
      text={t('rules.text')}
      action={mayManage && <Button look="primary" onClick={() => setEditing('new')}>{t('rules.new')}</Button>}
    >
      {rules.length === 0 && <p className="mt-3 text-ink-soft">{t('rules.none')}</p>}
      <ul className="mt-3 divide-y divide-line">
        {rules.map((rule) => (
          <li key={rule.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <div className="min-w-0 grow">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                <span className="break-words">{rule.name}</span>
                <Badge tone={SEVERITY_TONES[rule.severity]}>{t(`severity.${rule.severity}`)}</Badge>
                {!rule.enabled && <Badge>{t('rules.off')}</Badge>}
              </p>
              <p className="figures text-sm text-ink-soft">
                {conditionText(rule.condition, t, appliances, format)} · {toldText(rule)}
              </p>
              {rule.enabled && rule.unjudged && <p className="text-sm text-warn">{t(`rules.unjudged.${rule.unjudged}`)}</p>}
            </div>
            {mayManage && (
              <div className="flex gap-2">
                <Button onClick={() => setEditing(rule)} aria-label={`${t('edit')}: ${rule.name}`}>{t('edit')}</Button>
                <Button disabled={change.isBusy} onClick={() => remove(rule)} aria-label={`${t('delete')}: ${rule.name}`}>{t('delete')}</Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      <ProblemNote text={change.problem} />
      {editing && (
        <RuleDialog siteId={siteId} rule={editing === 'new' ? null : editing} channels={channels} onClose={() => setEditing(null)} />
      )}
    </Section>
  )
}
