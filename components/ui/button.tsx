import type { ComponentProps } from 'react'
import { classNames } from './class-names'

const BASE =
  'inline-flex items-center justify-center gap-2 rounded-lg font-medium transition-colors duration-150 ' +
  'disabled:cursor-not-allowed disabled:opacity-60'

const LOOKS = {
  primary: 'min-h-11 bg-accent px-4 text-on-accent hover:bg-accent-hover',
  secondary: 'min-h-11 border border-line-strong/60 bg-surface px-4 text-ink hover:bg-sunken',
  /** For what cannot be taken back. */
  danger: 'min-h-11 bg-bad px-4 text-on-accent hover:opacity-90',
  quiet: 'min-h-11 min-w-11 px-3 text-ink-soft hover:bg-sunken hover:text-ink data-[state=open]:bg-sunken',
} as const

export type ButtonLook = keyof typeof LOOKS

export function buttonClass(look: ButtonLook, extra?: string): string {
  return classNames(BASE, LOOKS[look], extra)
}

type ButtonProps = ComponentProps<'button'> & { look?: ButtonLook }

export function Button({ look = 'secondary', className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={buttonClass(look, className)} {...rest} />
}
