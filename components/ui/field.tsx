'use client'

import { useId, type ReactNode } from 'react'

export const FIELD =
  'min-h-11 w-full min-w-0 rounded-lg border border-line-strong/70 bg-surface px-3 text-ink ' +
  'focus-visible:border-accent focus-visible:outline-offset-0 disabled:opacity-60'

interface FieldControl {
  id: string
  className: string
  'aria-describedby': string | undefined
}

interface FieldProps {
  label: string
  /** What is asked for, below the control. */
  hint?: ReactNode
  /** Draws the control with these properties. */
  children: (control: FieldControl) => ReactNode
}

/** A control with its name above and a hint below. */
export function Field({ label, hint, children }: FieldProps) {
  const id = useId()
  const hintId = `${id}-hint`
  return (
    <div className="min-w-0 space-y-1.5">
      <label htmlFor={id} className="block text-sm font-medium">{label}</label>
      {children({ id, className: FIELD, 'aria-describedby': hint ? hintId : undefined })}
      {hint && <p id={hintId} className="text-[0.8125rem] leading-5 text-ink-soft">{hint}</p>}
    </div>
  )
}
