'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { QUANTITIES, QUANTITY_NAMES, type ImportMapping, type Quantity } from '@/lib/contracts/import'
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
  const t = useTranslations('import.mapping')
  const words = useTranslations('import')
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
          {t('title', { file: draft.import.name })}
        </h2>
        <p className="mt-1 text-ink-soft">{t('text', { format: words(`formats.${preview.format}`) })}</p>
        <ul className="mt-2 list-disc space-y-1 pl-5 text-sm text-ink-soft">
          {preview.notes.map((note) => (
            <li key={note} lang="en">
              {note}
            </li>
          ))}
        </ul>
      </div>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {mapping.timeColumn !== null && (
          <Choice
            label={t('timeColumn')}
            value={mapping.timeColumn}
            disabled={isBusy}
            // What completes the other column's times is found anew.
            onChange={(timeColumn) => set({ timeColumn, clockColumn: undefined })}
          >
            {preview.columns.map((name) => [name, name])}
          </Choice>
        )}
        {mapping.timeColumn !== null && (
          <Choice
            label={t('clockColumn')}
            value={mapping.clockColumn ?? NOT_READ}
            disabled={isBusy}
            onChange={(name) =>
              set({
                clockColumn: name === NOT_READ ? null : name,
                columns: mapping.columns.filter(({ column }) => column !== name),
              })
            }
          >
            {[
              [NOT_READ, t('clockInTime')],
              ...preview.columns.filter((name) => name !== mapping.timeColumn).map((name) => [name, name] as const),
            ]}
          </Choice>
        )}
        <Choice
          label={t('timeZone')}
          value={mapping.timeZone}
          disabled={isBusy}
          onChange={(timeZone) => set({ timeZone })}
        >
          {[...new Set([mapping.timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((zone) => [zone, zone])}
        </Choice>
        <Choice
          label={t('dateOrder')}
          value={mapping.dateOrder}
          disabled={isBusy}
          onChange={(dateOrder) => set({ dateOrder: dateOrder as ImportMapping['dateOrder'] })}
        >
          {[
            ['dotted', t('dateOrders.dotted')],
            ['day-first', t('dateOrders.day-first')],
            ['month-first', t('dateOrders.month-first')],
          ]}
        </Choice>
        <Choice
          label={t('decimal')}
          value={mapping.decimal ?? NOT_READ}
          disabled={isBusy}
          onChange={(decimal) => set({ decimal: decimal === NOT_READ ? null : (decimal as 'point' | 'comma') })}
        >
          {[
            [NOT_READ, t('decimals.auto')],
            ['point', t('decimals.point')],
            ['comma', t('decimals.comma')],
          ]}
        </Choice>
        <Choice
          label={t('hold')}
          value={mapping.hold}
          disabled={isBusy}
          onChange={(hold) => set({ hold: hold as ImportMapping['hold'] })}
        >
          {[
            ['previous', t('holds.previous')],
            ['next', t('holds.next')],
          ]}
        </Choice>
        <Choice
          label={t('mains')}
          value={mapping.mains}
          disabled={isBusy}
          onChange={(mains) => set({ mains: mains as ImportMapping['mains'] })}
        >
          {[
            ['auto', t('mainsChoices.auto')],
            ['yes', t('mainsChoices.yes')],
            ['no', t('mainsChoices.no')],
          ]}
        </Choice>
      </div>
      <fieldset disabled={isBusy}>
        <legend className="text-sm font-medium text-ink-soft">{t('columns')}</legend>
        <div className="mt-2 grid gap-2 lg:grid-cols-2">
          {preview.columns
            .filter((name) => name !== mapping.timeColumn && name !== mapping.clockColumn)
            .map((name) => {
              const known = mapping.columns.find(({ column }) => column === name)
              return (
                <div
                  key={name}
                  className="grid grid-cols-[minmax(0,1fr)_8rem] items-center gap-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_8rem]"
                >
                  <span className="truncate text-sm max-sm:col-span-2" title={name}>
                    {name}
                  </span>
                  <select
                    aria-label={t('columnHolds', { column: name })}
                    className={FIELD}
                    value={known?.quantity ?? NOT_READ}
                    onChange={({ target }) =>
                      setColumn(name, target.value === NOT_READ ? null : (target.value as Quantity), null)
                    }
                  >
                    <option value={NOT_READ}>{t('notRead')}</option>
                    {QUANTITY_NAMES.map((quantity) => (
                      <option key={quantity} value={quantity}>
                        {words(`quantities.${quantity}`)}
                      </option>
                    ))}
                  </select>
                  {known && Object.keys(QUANTITIES[known.quantity].units).length > 1 && (
                    <select
                      aria-label={t('unitOf', { column: name })}
                      className={FIELD}
                      value={known.unit ?? NOT_READ}
                      onChange={({ target }) => setColumn(name, known.quantity, target.value === NOT_READ ? null : target.value)}
                    >
                      <option value={NOT_READ}>{t('bySize')}</option>
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
          {t('import')}
        </Button>
        <Button disabled={isBusy} onClick={onDiscard}>
          {t('discard')}
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
