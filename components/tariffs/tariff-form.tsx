'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import type { NewTariff } from '@/lib/contracts/tariffs'
import { ChangeNote, SelectField, TextField } from './fields'
import { RateFields } from './rate-fields'
import { RATE_KINDS, tariffOf, type RateKind, type TariffDraft } from './tariff-draft'
import type { Change } from './use-change'

/** Enters a tariff or corrects one. */
export function TariffForm({
  first,
  currency,
  change,
  saveText,
  onSave,
  onCancel,
}: {
  first: TariffDraft
  currency: string
  change: Change
  saveText: string
  onSave: (tariff: NewTariff) => Promise<string>
  onCancel: () => void
}) {
  const t = useTranslations('tariffs')
  const [draft, setDraft] = useState(first)
  const set = (part: Partial<TariffDraft>) => setDraft((before) => ({ ...before, ...part }))
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault()
        void change.run(async () => onSave(tariffOf(draft, t))).then((went) => went && onCancel())
      }}
    >
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-5">
        <TextField
          label={t('form.name')}
          maxLength={60}
          required
          value={draft.name}
          onChange={({ target }) => set({ name: target.value })}
        />
        <TextField
          label={t('form.validFrom')}
          type="date"
          required
          value={draft.validFrom}
          onChange={({ target }) => set({ validFrom: target.value })}
        />
        <SelectField label={t('form.kind')} value={draft.kind} onChange={({ target }) => set({ kind: target.value as RateKind })}>
          {RATE_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kinds.${kind}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('form.standingCharge', { currency })}
          inputMode="decimal"
          placeholder="0"
          value={draft.standingCharge}
          onChange={({ target }) => set({ standingCharge: target.value })}
        />
        <TextField
          label={t('form.exportCredit', { currency })}
          inputMode="decimal"
          placeholder="0"
          value={draft.exportCredit}
          onChange={({ target }) => set({ exportCredit: target.value })}
        />
      </div>
      <RateFields draft={draft} currency={currency} change={set} />
      <ChangeNote change={change} />
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={change.isBusy}>
          {saveText}
        </Button>
        <Button onClick={onCancel}>{t('form.cancel')}</Button>
      </div>
    </form>
  )
}
