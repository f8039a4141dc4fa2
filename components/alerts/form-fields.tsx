'use client'

import { Field } from '@/components/ui/field'

interface NumberFieldProps {
  label: string
  hint?: string
  value: number
  min: number
  max: number
  /** 1 where not given. */
  step?: number | 'any'
  onChange: (value: number) => void
}

export function NumberField({ label, hint, value, min, max, step = 1, onChange }: NumberFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <input
          {...control}
          type="number"
          inputMode="decimal"
          required
          min={min}
          max={max}
          step={step}
          value={Number.isNaN(value) ? '' : value}
          onChange={(event) => onChange(event.target.valueAsNumber)}
        />
      )}
    </Field>
  )
}

interface SelectFieldProps<Value extends string> {
  label: string
  value: Value
  options: readonly (readonly [Value, string])[]
  onChange: (value: Value) => void
}

export function SelectField<Value extends string>({ label, value, options, onChange }: SelectFieldProps<Value>) {
  return (
    <Field label={label}>
      {(control) => (
        <select {...control} value={value} onChange={(event) => onChange(event.target.value as Value)}>
          {options.map(([key, text]) => (
            <option key={key} value={key}>{text}</option>
          ))}
        </select>
      )}
    </Field>
  )
}

export function TimeField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <Field label={label}>
      {(control) => <input {...control} type="time" required value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  )
}

export function CheckField({ label, checked, onChange }: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className="flex min-h-11 items-center gap-3 text-[0.9375rem]">
      <input type="checkbox" className="size-4.5 accent-accent" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  )
}
