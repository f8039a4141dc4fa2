'use client'

import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { SelectField, TextField } from './fields'
import { EVERY_DAY, type TariffDraft } from './tariff-draft'

const DAY_CHOICES = [
  { value: '1,2,3,4,5,6,7', text: 'Every day' },
  { value: '1,2,3,4,5', text: 'Monday to Friday' },
  { value: '6,7', text: 'Saturday and Sunday' },
  ...['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((text, index) => ({
    value: String(index + 1),
    text,
  })),
]

interface RateFieldsProps {
  draft: TariffDraft
  currency: string
  change: (part: Partial<TariffDraft>) => void
}

/** What each kind of tariff needs to be told. */
export function RateFields({ draft, currency, change }: RateFieldsProps) {
  const unit = `${currency} per kWh`
  const plain = (label: string) => (
    <TextField
      label={`${label}, ${unit}`}
      inputMode="decimal"
      value={draft.price}
      onChange={({ target }) => change({ price: target.value })}
    />
  )
  switch (draft.kind) {
    case 'flat':
      return plain('Price')
    case 'time_of_use':
      return (
        <div className="space-y-4">
          {plain('At all other times')}
          <Rows
            rows={draft.windows}
            addText="Add a time"
            blank={{ name: 'Day', weekdays: EVERY_DAY, from: '06:00', to: '22:00', price: '' }}
            onChange={(windows) => change({ windows })}
          >
            {(window, set) => (
              <>
                <TextField label="Name" value={window.name} onChange={({ target }) => set({ name: target.value })} />
                <SelectField
                  label="Days"
                  value={window.weekdays.join(',')}
                  onChange={({ target }) => set({ weekdays: target.value.split(',').map(Number) })}
                >
                  {DAY_CHOICES.some(({ value }) => value === window.weekdays.join(',')) || (
                    <option value={window.weekdays.join(',')}>Days {window.weekdays.join(', ')}</option>
                  )}
                  {DAY_CHOICES.map(({ value, text }) => (
                    <option key={value} value={value}>
                      {text}
                    </option>
                  ))}
                </SelectField>
                <TextField
                  label="From"
                  type="time"
                  step={900}
                  value={window.from}
                  onChange={({ target }) => set({ from: target.value })}
                />
                <TextField
                  label="To"
                  type="time"
                  step={900}
                  value={window.to}
                  onChange={({ target }) => set({ to: target.value })}
                />
                <TextField
                  label={unit}
                  inputMode="decimal"
                  value={window.price}
                  onChange={({ target }) => set({ price: target.value })}
                />
              </>
            )}
          </Rows>
        </div>
      )
    case 'seasonal':
      return (
        <div className="space-y-4">
          {plain('In the rest of the year')}
          <Rows
            rows={draft.seasons}
            addText="Add a season"
            blank={{ name: 'Summer', from: '06-01', to: '08-31', price: '' }}
            onChange={(seasons) => change({ seasons })}
          >
            {(season, set) => (
              <>
                <TextField label="Name" value={season.name} onChange={({ target }) => set({ name: target.value })} />
                <TextField
                  label="First day (month-day)"
                  placeholder="10-01"
                  value={season.from}
                  onChange={({ target }) => set({ from: target.value })}
                />
                <TextField
                  label="Last day (month-day)"
                  placeholder="03-31"
                  value={season.to}
                  onChange={({ target }) => set({ to: target.value })}
                />
                <TextField
                  label={unit}
                  inputMode="decimal"
                  value={season.price}
                  onChange={({ target }) => set({ price: target.value })}
                />
              </>
            )}
          </Rows>
        </div>
      )
    case 'tiered':
      return (
        <Rows
          rows={draft.blocks}
          addText="Add a block"
          blank={{ upTo: '', price: '' }}
          onChange={(blocks) => change({ blocks })}
        >
          {(block, set, index) => (
            <>
              {index < draft.blocks.length - 1 ? (
                <TextField
                  label="Up to, kWh a month"
                  inputMode="decimal"
                  value={block.upTo}
                  onChange={({ target }) => set({ upTo: target.value })}
                />
              ) : (
                <p className="self-end pb-3 text-sm text-ink-soft">All above that</p>
              )}
              <TextField
                label={unit}
                inputMode="decimal"
                value={block.price}
                onChange={({ target }) => set({ price: target.value })}
              />
            </>
          )}
        </Rows>
      )
    case 'dynamic':
      return (
        <div className="grid gap-3 sm:grid-cols-3">
          <TextField
            label="Multiplier (taxes)"
            inputMode="decimal"
            value={draft.multiplier}
            onChange={({ target }) => change({ multiplier: target.value })}
          />
          <TextField
            label={`Surcharge, ${unit}`}
            inputMode="decimal"
            value={draft.surcharge}
            onChange={({ target }) => change({ surcharge: target.value })}
          />
          <TextField
            label="Where no hourly price is known"
            hint="Left empty, such hours have no cost, and sums say so."
            inputMode="decimal"
            value={draft.fallback}
            onChange={({ target }) => change({ fallback: target.value })}
          />
        </div>
      )
  }
}

/** A list that can grow and shrink, never to nothing. */
function Rows<Row extends object>({
  rows,
  blank,
  addText,
  onChange,
  children,
}: {
  rows: readonly Row[]
  blank: Row
  addText: string
  onChange: (rows: Row[]) => void
  children: (row: Row, set: (part: Partial<Row>) => void, index: number) => ReactNode
}) {
  return (
    <div className="space-y-3">
      {rows.map((row, index) => (
        // Rows have no identity but their place.
        <div key={index} className="flex items-end gap-2">
          <div className="grid grow gap-3 sm:grid-flow-col sm:auto-cols-fr">
            {children(
              row,
              (part) => onChange(rows.map((other, at) => (at === index ? { ...other, ...part } : other))),
              index,
            )}
          </div>
          {rows.length > 1 && (
            <Button look="quiet" aria-label="Remove this line" onClick={() => onChange(rows.filter((_, at) => at !== index))}>
              <Trash2 aria-hidden className="size-4" />
            </Button>
          )}
        </div>
      ))}
      <Button onClick={() => onChange([...rows, blank])}>
        <Plus aria-hidden className="size-4" />
        {addText}
      </Button>
    </div>
  )
}
