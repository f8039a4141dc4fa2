import type { ComponentProps, ReactNode } from 'react'
import { classNames } from '@/components/ui/class-names'
import type { Change } from './use-change'

const CONTROL = 'min-h-11 w-full rounded-lg border border-line-strong/60 bg-surface px-3 text-ink disabled:opacity-60'

/** A labelled text or number. */
export function TextField({ label, hint, className, ...rest }: ComponentProps<'input'> & { label: string; hint?: string }) {
  return (
    <label className={classNames('block min-w-0 text-sm text-ink-soft', className)}>
      <span className="mb-1 block">{label}</span>
      <input className={classNames(CONTROL, 'figures')} {...rest} />
      {hint && <span className="mt-1 block text-[0.8125rem]">{hint}</span>}
    </label>
  )
}

export function SelectField({
  label,
  children,
  className,
  ...rest
}: ComponentProps<'select'> & { label: string; children: ReactNode }) {
  return (
    <label className={classNames('block min-w-0 text-sm text-ink-soft', className)}>
      <span className="mb-1 block">{label}</span>
      <select className={CONTROL} {...rest}>
        {children}
      </select>
    </label>
  )
}

/** How the last change went. */
export function ChangeNote({ change }: { change: Change }) {
  return (
    <div className="text-sm" aria-live="polite">
      {change.problem && (
        <p role="alert" className="text-bad">
          {change.problem}
        </p>
      )}
      {change.done && <p className="text-good">{change.done}</p>}
    </div>
  )
}
