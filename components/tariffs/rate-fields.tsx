'use client'

import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { SelectField, TextField } from './fields'
import { EVERY_DAY, type TariffDraft } from './tariff-draft'

/** Choices of weekdays (1 = Monday), as they are stored. */
function useDayChoices(): { value: string; text: string }[] {
  const t = useTranslations('tariffs.form')
  const weekday = new Intl.DateTimeFormat(useLocale(), { weekday: 'long', timeZone: 'UTC' })
  return [
    { value: '1,2,3,4,5,6,7', text: t('everyDay') },
    { value: '1,2,3,4,5', text: t('mondayToFriday') },
    { value: '6,7', text: t('weekend') },
    // The first of January 2024 was a Monday.
    ...EVERY_DAY.map((day) => ({ value: String(day), text: weekday.format(Date.UTC(2024, 0, day)) })),
  ]
}

interface RateFieldsProps {
  draft: TariffDraft
  currency: string
  change: (part: Partial<TariffDraft>) => void
}

/** What each kind of tariff needs to be told. */
export function RateFields({ draft, currency, change }: RateFieldsProps) {
  const t = useTranslations('tariffs.form')
  const dayChoices = useDayChoices()
  const unit = t('unit', { currency })
  const plain = (label: string) => (
    <TextField
      label={label}
      inputMode="decimal"
      value={draft.price}
      onChange={({ target }) => change({ price: target.value })}
    />
  )
  switch (draft.kind) {
    case 'flat':
      return plain(t('price', { unit }))
    case 'time_of_use':
      return (
        <div className="space-y-4">
          {plain(t('otherTimes', { unit }))}
          <Rows
            rows={draft.windows}
            addText={t('addTime')}
            blank={{ name: t('names.day'), weekdays: EVERY_DAY, from: '06:00', to: '22:00', price: '' }}
            onChange={(windows) => change({ windows })}
          >
            {(window, set) => (
              <>
                <TextField label={t('name')} value={window.name} onChange={({ target }) => set({ name: target.value })} />
                <SelectField
                  label={t('days')}
                  value={window.weekdays.join(',')}
                  onChange={({ target }) => set({ weekdays: target.value.split(',').map(Number) })}
                >
                  {dayChoices.some(({ value }) => value === window.weekdays.join(',')) || (
                    <option value={window.weekdays.join(',')}>{t('someDays', { days: window.weekdays.join(', ') })}</option>
                  )}
                  {dayChoices.map(({ value, text }) => (
                    <option key={value} value={value}>
                      {text}
                    </option>
                  ))}
                </SelectField>
                <TextField
                  label={t('from')}
                  type="time"
                  step={900}
                  value={window.from}
                  onChange={({ target }) => set({ from: target.value })}
                />
                <TextField
                  label={t('to')}
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
          {plain(t('restOfYear', { unit }))}
          <Rows
            rows={draft.seasons}
            addText={t('addSeason')}
            blank={{ name: t('names.summer'), from: '06-01', to: '08-31', price: '' }}
            onChange={(seasons) => change({ seasons })}
          >
            {(season, set) => (
              <>
                <TextField label={t('name')} value={season.name} onChange={({ target }) => set({ name: target.value })} />
                <TextField
                  label={t('firstDay')}
                  placeholder="10-01"
                  value={season.from}
                  onChange={({ target }) => set({ from: target.value })}
                />
                <TextField
                  label={t('lastDay')}
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
          addText={t('addBlock')}
          blank={{ upTo: '', price: '' }}
          onChange={(blocks) => change({ blocks })}
        >
          {(block, set, index) => (
            <>
              {index < draft.blocks.length - 1 ? (
                <TextField
                  label={t('upTo')}
                  inputMode="decimal"
                  value={block.upTo}
                  onChange={({ target }) => set({ upTo: target.value })}
                />
              ) : (
                <p className="self-end pb-3 text-sm text-ink-soft">{t('aboveAll')}</p>
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
            label={t('multiplier')}
            inputMode="decimal"
            value={draft.multiplier}
            onChange={({ target }) => change({ multiplier: target.value })}
          />
          <TextField
            label={t('surcharge', { unit })}
            inputMode="decimal"
            value={draft.surcharge}
            onChange={({ target }) => change({ surcharge: target.value })}
          />
          <TextField
            label={t('fallback')}
            hint={t('fallbackHint')}
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
  const t = useTranslations('tariffs.form')
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
            <Button look="quiet" aria-label={t('removeLine')} onClick={() => onChange(rows.filter((_, at) => at !== index))}>
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
