'use client'

import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { IMPORT_FORMATS, QUANTITIES, QUANTITY_NAMES, type ImportMapping, type Quantity } from '@/lib/contracts/import'
import { FIELD } from './field'
import { PreviewTable } from './preview-table'
import type { Draft } from './use-imports'

interface MappingFormProps {
  draft: Draft
  isBusy: boolean
  onChange: (mapping: ImportMapping) => void
  onStart: () => void
  onDiscard: () => void
}

const NOT_READ = ''

/** How an uploaded file is read: the guess, which can be corrected, and the first rows as they come out. */
export function MappingForm({ draft, isBusy, onChange, onStart, onDiscard }: MappingFormProps) {
  const { preview } = draft
  const { mapping } = preview
  const set = (change: Partial<ImportMapping>) => onChange({ ...mapping, ...change })
  const setColumn = (column: string, quantity: Quantity | null, unit: string | null) => {
    const others = mapping.columns.filter((known) => known.column !== column)
    set({ columns: quantity === null ? others : [...others, { column, quantity, unit }] })
  }
  return (
    <Card aria-labelledby="mapping-heading" className="space-y-4 p-4 sm:p-5">
      <div>
        <h2 id="mapping-heading" className="text-lg font-semibold tracking-[-0.01em]">
          How {draft.import.name} is read
        </h2>
        <p className="mt-1 text-ink-soft">{IMPORT_FORMATS[preview.format]}. Correct what is wrong; nothing is stored yet.</p>
        <ul className="mt-2 list-disc space-y-1 pl-5 text-sm text-ink-soft">
          {preview.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </div>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {mapping.timeColumn !== null && (
          <Choice
            label="Column of times"
            value={mapping.timeColumn}
            disabled={isBusy}
            onChange={(timeColumn) => set({ timeColumn })}
          >
            {preview.columns.map((name) => [name, name])}
          </Choice>
        )}
        <Choice
          label="Times without a zone are"
          value={mapping.timeZone}
          disabled={isBusy}
          onChange={(timeZone) => set({ timeZone })}
        >
          {[...new Set([mapping.timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((zone) => [zone, zone])}
        </Choice>
        <Choice
          label="Dates such as 03/04/2024"
          value={mapping.dateOrder}
          disabled={isBusy}
          onChange={(dateOrder) => set({ dateOrder: dateOrder as ImportMapping['dateOrder'] })}
        >
          {[
            ['dotted', 'there are none'],
            ['day-first', 'day first'],
            ['month-first', 'month first'],
          ]}
        </Choice>
        <Choice
          label="Decimal sign"
          value={mapping.decimal ?? NOT_READ}
          disabled={isBusy}
          onChange={(decimal) => set({ decimal: decimal === NOT_READ ? null : (decimal as 'point' | 'comma') })}
        >
          {[
            [NOT_READ, 'told by the numbers'],
            ['point', 'point: 1.5'],
            ['comma', 'comma: 1,5'],
          ]}
        </Choice>
        <Choice
          label="A power holds"
          value={mapping.hold}
          disabled={isBusy}
          onChange={(hold) => set({ hold: hold as ImportMapping['hold'] })}
        >
          {[
            ['previous', 'since the row before'],
            ['next', 'until the next row'],
          ]}
        </Choice>
        <Choice
          label="The power is the building's total"
          value={mapping.mains}
          disabled={isBusy}
          onChange={(mains) => set({ mains: mains as ImportMapping['mains'] })}
        >
          {[
            ['auto', 'unless rows name several devices'],
            ['yes', 'yes'],
            ['no', "no, it is a device's own"],
          ]}
        </Choice>
      </div>
      <fieldset disabled={isBusy}>
        <legend className="text-sm font-medium text-ink-soft">What the columns hold</legend>
        <div className="mt-2 grid gap-2 lg:grid-cols-2">
          {preview.columns
            .filter((name) => name !== mapping.timeColumn)
            .map((name) => {
              const known = mapping.columns.find(({ column }) => column === name)
              return (
                <div key={name} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_6rem] items-center gap-2">
                  <span className="truncate text-sm" title={name}>
                    {name}
                  </span>
                  <select
                    aria-label={`${name} holds`}
                    className={FIELD}
                    value={known?.quantity ?? NOT_READ}
                    onChange={({ target }) =>
                      setColumn(name, target.value === NOT_READ ? null : (target.value as Quantity), null)
                    }
                  >
                    <option value={NOT_READ}>not read</option>
                    {QUANTITY_NAMES.map((quantity) => (
                      <option key={quantity} value={quantity}>
                        {QUANTITIES[quantity].label}
                      </option>
                    ))}
                  </select>
                  {known && Object.keys(QUANTITIES[known.quantity].units).length > 1 && (
                    <select
                      aria-label={`Unit of ${name}`}
                      className={FIELD}
                      value={known.unit ?? NOT_READ}
                      onChange={({ target }) => setColumn(name, known.quantity, target.value === NOT_READ ? null : target.value)}
                    >
                      <option value={NOT_READ}>by size</option>
                      {Object.keys(QUANTITIES[known.quantity].units).map((unit) => (
                        <option key={unit} value={unit}>
                          {unit}
                        </option>
                      ))}
                    </select>
                  )}
                </div>
              )
            })}
        </div>
      </fieldset>
      <PreviewTable preview={preview} />
      <div className="flex flex-wrap gap-3">
        <Button look="primary" disabled={isBusy || mapping.columns.length === 0} onClick={onStart}>
          Import
        </Button>
        <Button disabled={isBusy} onClick={onDiscard}>
          Discard
        </Button>
      </div>
    </Card>
  )
}

interface ChoiceProps {
  label: string
  value: string
  disabled: boolean
  onChange: (value: string) => void
  /** Value and words of each choice. */
  children: readonly (readonly string[])[]
}

function Choice({ label, value, disabled, onChange, children }: ChoiceProps) {
  return (
    <label className="block text-sm font-medium text-ink-soft">
      {label}
      <select
        className={`${FIELD} mt-1 font-normal`}
        value={value}
        disabled={disabled}
        onChange={({ target }) => onChange(target.value)}
      >
        {children.map(([choice = '', words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}
