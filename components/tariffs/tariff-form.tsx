'use client'

import { useState } from 'react'
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
  const [draft, setDraft] = useState(first)
  const set = (part: Partial<TariffDraft>) => setDraft((before) => ({ ...before, ...part }))
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault()
        void change.run(async () => onSave(tariffOf(draft))).then((went) => went && onCancel())
      }}
    >
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-5">
        <TextField
          label="Name"
          maxLength={60}
          required
          value={draft.name}
          onChange={({ target }) => set({ name: target.value })}
        />
        <TextField
          label="Holds from"
          type="date"
          required
          value={draft.validFrom}
          onChange={({ target }) => set({ validFrom: target.value })}
        />
        <SelectField label="Kind" value={draft.kind} onChange={({ target }) => set({ kind: target.value as RateKind })}>
          {Object.entries(RATE_KINDS).map(([kind, text]) => (
            <option key={kind} value={kind}>
              {text}
            </option>
          ))}
        </SelectField>
        <TextField
          label={`Standing charge, ${currency} a day`}
          inputMode="decimal"
          placeholder="0"
          value={draft.standingCharge}
          onChange={({ target }) => set({ standingCharge: target.value })}
        />
        <TextField
          label={`Credit for energy fed in, ${currency} per kWh`}
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
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  )
}
