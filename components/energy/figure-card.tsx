import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'

/** One figure with its name and what it rests on. */
export function FigureCard({ title, value, beside, children }: {
  title: string
  value: ReactNode
  /** A second figure of the same thing, for instance its cost. */
  beside?: ReactNode
  children?: ReactNode
}) {
  return (
    <Card className="flex min-h-32 flex-col p-4 sm:p-5">
      <h2 className="text-sm font-medium text-ink-soft">{title}</h2>
      <p className="figures mt-1 flex flex-wrap items-baseline gap-x-3 text-2xl font-semibold tracking-[-0.02em]">
        <span>{value}</span>
        {beside && <span className="text-lg font-medium text-ink-soft">{beside}</span>}
      </p>
      {children && <div className="mt-auto pt-2 text-[0.8125rem] leading-5 text-ink-soft">{children}</div>}
    </Card>
  )
}
