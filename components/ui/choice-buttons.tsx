'use client'

import { classNames } from './class-names'

/** A few choices of which one holds, side by side. */
export function ChoiceButtons<Value extends string>({ label, value, choices, isBusy, onChange }: {
  label: string
  value: Value
  choices: readonly { value: Value; label: string }[]
  isBusy?: boolean
  onChange: (value: Value) => void
}) {
  return (
    <div role="group" aria-label={label} className="flex gap-0.5 rounded-lg bg-sunken p-0.5">
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          disabled={isBusy}
          onClick={() => onChange(choice.value)}
          className={classNames(
            'min-h-10 rounded-md px-3 text-sm font-medium',
            choice.value === value ? 'bg-surface text-ink shadow-sm dark:bg-line' : 'text-ink-soft hover:text-ink',
          )}
        >
          {choice.label}
        </button>
      ))}
    </div>
  )
}
