import type { ReactNode } from 'react'
import { Mark } from '@/components/ui/wordmark'

interface StateMessageProps { title: string; text: string; action: ReactNode }

/** One thing that is said where a page would be, and one way on. */
export function StateMessage({ title, text, action }: StateMessageProps) {
  return (
    <div className="mx-auto flex min-h-[70dvh] max-w-xl flex-col items-start justify-center gap-4 px-5 py-12">
      <Mark className="size-10" />
      <h1 className="text-3xl font-semibold tracking-[-0.02em]">{title}</h1>
      <p className="text-lg text-ink-soft">{text}</p>
      {action}
    </div>
  )
}

/** The same as a whole page, for where no layout has opened the main part. */
export const StatePage = (props: StateMessageProps) => <main id="content"><StateMessage {...props} /></main>
