import type { ReactNode } from 'react'
import { Mark } from '@/components/ui/wordmark'

/** A whole page that says one thing and offers one way on. */
export function StatePage({ title, text, action }: { title: string; text: string; action: ReactNode }) {
  return (
    <main id="content" className="mx-auto flex min-h-[70dvh] max-w-xl flex-col items-start justify-center gap-4 px-5 py-12">
      <Mark className="size-10" />
      <h1 className="text-3xl font-semibold tracking-[-0.02em]">{title}</h1>
      <p className="text-lg text-ink-soft">{text}</p>
      {action}
    </main>
  )
}
