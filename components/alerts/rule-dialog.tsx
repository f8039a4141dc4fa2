'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { useFormat } from '@/components/format/format-context'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { ProblemNote } from '@/components/ui/problem-note'
import { ALERT_SEVERITIES, type AlertChannel, type AlertRule, type NewAlertRule } from '@/lib/contracts/alerts'
import { ConditionFields } from './condition-fields'
import { CheckField, NumberField, SelectField } from './form-fields'
import { conditionText, FIRST_CONDITIONS, KINDS } from './rule-words'

interface RuleDialogProps {
  siteId: string
  /** null: a new one. */
  rule: AlertRule | null
  channels: readonly AlertChannel[]
  onClose: () => void
}

export function RuleDialog({ siteId, rule, channels, onClose }: RuleDialogProps) {
  const t = useTranslations('alerts')
  const appliances = useTranslations('appliances')
  const format = useFormat()
  const change = useChange()
  const [draft, setDraft] = useState<NewAlertRule>(
    rule ?? {
      name: '',
      severity: 'warning',
      enabled: true,
      condition: FIRST_CONDITIONS.power,
      channelIds: channels.map(({ id }) => id),
      cooldownMinutes: 30,
    },
  )
  const set = (changes: Partial<NewAlertRule>) => setDraft({ ...draft, ...changes })
  const base = `/api/v1/sites/${encodeURIComponent(siteId)}/alerts/rules`
  const save = async () => {
    const { name, severity, enabled, condition, channelIds, cooldownMinutes } = draft
    const body = { severity, enabled, condition, channelIds, cooldownMinutes, name: name.trim() || says }
    const isDone = await change.run(() =>
      rule ? requestApi(`${base}/${encodeURIComponent(rule.id)}`, { method: 'PUT', body }) : requestApi(base, { method: 'POST', body }),
    )
    if (isDone) onClose()
  }
  const says = conditionText(draft.condition, t, appliances, format).slice(0, 80)
  return (
    <Dialog title={t(rule ? 'form.editTitle' : 'form.newTitle')} onClose={onClose}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <SelectField
          label={t('form.kind')}
          value={draft.condition.kind}
          options={KINDS.map((kind) => [kind, t(`kind.${kind}`)])}
          onChange={(kind) => set({ condition: FIRST_CONDITIONS[kind] })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <ConditionFields condition={draft.condition} onChange={(condition) => set({ condition })} />
        </div>
        <Field label={t('form.name')}>
          {(control) => (
            <input {...control} maxLength={80} placeholder={says} value={draft.name} onChange={(event) => set({ name: event.target.value })} />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            label={t('form.severity')}
            value={draft.severity}
            options={ALERT_SEVERITIES.map((key) => [key, t(`severity.${key}`)])}
            onChange={(severity) => set({ severity })}
          />
          <NumberField
            label={t('form.cooldown')}
            hint={t('form.cooldownHint')}
            value={draft.cooldownMinutes}
            min={0}
            max={10_080}
            onChange={(cooldownMinutes) => set({ cooldownMinutes })}
          />
        </div>
        {channels.length > 0 && (
          <fieldset>
            <legend className="text-sm font-medium">{t('form.channels')}</legend>
            {channels.map(({ id, name }) => (
              <CheckField
                key={id}
                label={name}
                checked={draft.channelIds.includes(id)}
                onChange={(checked) => {
                  const others = draft.channelIds.filter((other) => other !== id)
                  set({ channelIds: checked ? [...others, id] : others })
                }}
              />
            ))}
          </fieldset>
        )}
        <CheckField label={t('form.enabled')} checked={draft.enabled} onChange={(enabled) => set({ enabled })} />
        <ProblemNote text={change.problem} />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" look="primary" disabled={change.isBusy}>{t('save')}</Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
