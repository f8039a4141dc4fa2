import type { ReactNode } from 'react'
import { classNames } from '@/components/ui/class-names'

/** Names with their figures, side by side as far as there is room. */
export function FactList({ facts, className }: {
  facts: readonly (readonly [name: string, value: ReactNode])[]
  className?: string
}) {
  return (
    <dl className={classNames('flex flex-wrap gap-x-8 gap-y-3', className)}>
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-[0.8125rem] text-ink-soft">{name}</dt>
          <dd className="figures font-medium wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A table that scrolls by itself where it is too wide. */
export function DataTable({ label, columns, children }: {
  label: string
  columns: readonly { name: string; isNumber?: boolean }[]
  children: ReactNode
}) {
  return (
    <div role="group" aria-label={label} tabIndex={0} className="-mx-4 mt-3 scroll-shade overflow-x-auto px-4 sm:-mx-6 sm:px-6">
      <table className="w-full text-left text-sm">
        <thead>
          <tr className="border-b border-line text-[0.8125rem] text-ink-soft">
            {columns.map(({ name, isNumber }) => (
              <th
                key={name}
                scope="col"
                className={classNames('py-2 pr-4 font-medium whitespace-nowrap last:pr-0', isNumber && 'text-right')}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

export function DataRow({ children }: { children: ReactNode }) {
  return <tr className="border-b border-line/60 align-baseline last:border-0">{children}</tr>
}

export function DataCell({ isNumber, isHead, className, children }: {
  isNumber?: boolean
  /** Names the row. */
  isHead?: boolean
  className?: string
  children: ReactNode
}) {
  const name = classNames('py-2 pr-4 last:pr-0', isNumber && 'figures text-right whitespace-nowrap', className)
  if (isHead) return <th scope="row" className={classNames(name, 'font-medium')}>{children}</th>
  return <td className={name}>{children}</td>
}
