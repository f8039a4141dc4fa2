import type { ReactNode } from 'react'
import { Card } from './card'

interface SectionProps {
  id: string
  title: string
  /** What it is about, in a sentence. */
  text?: ReactNode
  /** One button beside the title. */
  action?: ReactNode
  children?: ReactNode
}

/** A card with a heading, for pages of settings and lists. */
export function Section({ id, title, text, action, children }: SectionProps) {
  return (
    <Card aria-labelledby={`${id}-heading`} className="p-4 sm:p-6">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 id={`${id}-heading`} className="text-lg font-semibold tracking-[-0.01em]">{title}</h2>
          {text && <p className="mt-0.5 max-w-prose text-sm text-ink-soft">{text}</p>}
        </div>
        {action}
      </div>
      {children}
    </Card>
  )
}

export function PageTitle({ title, text, action }: { title: string; text?: string; action?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-3">
      <div className="space-y-1.5">
        <h1 className="text-2xl font-semibold tracking-[-0.02em] sm:text-3xl">{title}</h1>
        {text && <p className="max-w-prose text-ink-soft">{text}</p>}
      </div>
      {action}
    </div>
  )
}
