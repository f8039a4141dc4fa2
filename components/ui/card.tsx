import type { ComponentPropsWithoutRef } from 'react'
import { classNames } from './class-names'

/** @param as a div where only that may stand, as in a list of definitions */
export function Card({ as: Tag = 'section', className, ...rest }: ComponentPropsWithoutRef<'section'> & { as?: 'section' | 'div' }) {
  return <Tag className={classNames('rounded-2xl border border-line bg-surface shadow-card', className)} {...rest} />
}
